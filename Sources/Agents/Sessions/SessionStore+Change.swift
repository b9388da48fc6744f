internal import LanguageModels
internal import Storage

/// What is done to sessions as a whole.
extension SessionStore {
    /// Makes a new session of another one's first events, with checkpoints of its own: what is taken back in one of the two
    /// leaves the other as it is.
    ///
    /// - Parameters:
    ///   - count: how many of its events the new one has; nil for all that can be read.
    ///   - new: the new one's name.
    /// - Throws: `AgentsError` where it has fewer, or a line among them is damaged.
    package func fork(_ id: String, to count: Int?, as new: String) throws {
        var events = try SessionJournal.read(path(of: id), first: count)
        if let count, events.count < count || count < 1 {
            throw AgentsError(
                .usage,
                "--to \(count) is no number of events of \(id): it is 1 or more\(count < 1 ? "" : ", at most \(events.count)")."
            )
        }
        guard let first = events.first, case .session(var start) = first.kind else {
            throw AgentsError(.session, "\(path(of: id)) holds no session: it was cut off at its start.")
        }
        start.id = new
        start.parent = id
        events[0].kind = .session(start)
        try prepare()
        let (journal, before, _) = try SessionJournal.open(path(of: new))
        guard before.isEmpty else { throw AgentsError(.usage, "There is a session \(new) already.") }
        do {
            try copyCheckpoints(of: id, to: new)
            if let mode = mode(of: id) { try keep(mode, for: new) }
            try journal.append(events)
        } catch {
            // Half a session is none.
            forget(new)
            throw error
        }
    }

    /// What a rewinding would take back; the file is only read.
    package func rewinding(of id: String, to target: RewindTarget) throws -> Rewinding {
        try SessionHistory(SessionJournal.read(path(of: id))).rewinding(to: target, of: id)
    }

    /// Takes something back. It stays in the file, and what it cost stays spent.
    ///
    /// - Parameter restore: brings back the files of a checkpoint, before the session says that it was rewound; gives
    ///   back the checkpoint of the files as they were before that.
    package func rewind(
        _ id: String, to target: RewindTarget, at time: Double,
        restore: (String) async throws -> String? = { _ in nil }
    ) async throws -> Rewinding {
        let (journal, events, mendedBytes) = try SessionJournal.open(path(of: id))
        let rewinding = try SessionHistory(events).rewinding(to: target, of: id)
        var files: String?
        if let checkpoint = rewinding.files { files = try await restore(checkpoint) }
        try journal.append(
            SessionEvent(
                number: events.count, time: time,
                kind: .resumed(
                    ResumeRecord(mendedBytes: mendedBytes, rewoundTo: rewinding.event, files: files))))
        return rewinding
    }
}
