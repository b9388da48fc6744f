internal import LanguageModels
internal import Storage

/// What is done to sessions as a whole.
extension SessionStore {
    /// Makes a new session of another one's first events.
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
        try journal.append(events)
    }

    /// What a rewinding takes back.
    package struct Rewinding: Sendable, Hashable {
        /// The first event that is taken back.
        package var event: Int
        /// How many events are taken back.
        package var count: Int
        /// The files as they were there, where that was kept.
        package var checkpoint: CheckpointRecord?
    }

    /// Takes back the model's answer `turn` and all behind it, or, without one, what the user said last and all behind it.
    /// What was taken back stays in the file, and what it cost stays spent.
    ///
    /// - Parameter restore: brings back the files of a checkpoint, before the session says that it was rewound.
    package func rewind(
        _ id: String, toTurn turn: Int?, at time: Double, restore: (CheckpointRecord) throws -> Void = { _ in }
    ) throws -> Rewinding {
        let (journal, events, mendedBytes) = try SessionJournal.open(path(of: id))
        let history = SessionHistory(events)
        let place = turn.map { history.beginning(ofTurn: $0) } ?? history.lastMessageOfUser
        guard let place else {
            throw AgentsError(
                .usage,
                turn.map { "\(id) has no turn \($0): its turns are 1 to \(history.lastTurn)." }
                    ?? "\(id) has nothing to take back: the user has said nothing.")
        }
        let rewinding = Rewinding(
            event: place, count: history.events.filter { $0.number >= place }.count,
            checkpoint: history.checkpoint(from: place))
        if let checkpoint = rewinding.checkpoint { try restore(checkpoint) }
        try journal.append(
            SessionEvent(
                number: events.count, time: time,
                kind: .resumed(ResumeRecord(mendedBytes: mendedBytes, rewoundTo: place))))
        return rewinding
    }
}
