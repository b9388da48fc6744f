internal import Base
internal import RAG
internal import Storage

/// Puts questions to a system that is not Neo's, one after the other, and keeps what it answers.
struct ExternalQuestioning: Sendable {
    /// What became of a question.
    enum Outcome: Sendable, Hashable {
        case answered(ExternalReply, milliseconds: Double)
        /// Why not, as a sentence on one line.
        case failed(String)
    }

    /// So many failures at the start, and no success, mean that the system is not there or misunderstood.
    static let mostFailuresAtStart = 10
    private static let sentenceLength = 300

    let setting: ExternalSetting
    let folder: String
    let external: Workspace.External
    /// Where answers are kept; nil where each question is to be asked anew.
    let database: NeoDatabase?
    let time: TimeSource
    /// Hears how many questions are done.
    let onAsking: @Sendable (_ done: Int, _ all: Int) -> Void

    /// Asks; what was answered before is read back. Every answer is on disk before the next question is asked.
    ///
    /// - Parameter isStart: whether ten failures at the beginning end it.
    /// - Throws: `EngineerError` with the first failure where the first ten questions fail; errors of the database.
    @concurrent
    func ask(_ questions: [(id: String, text: String)], isStart: Bool) async throws -> [String: Outcome] {
        let system = setting.identity(in: folder)
        var known: [String: Outcome] = [:]
        for (id, text) in questions {
            let key = ContentHash(of: setting.request(for: text, id: id))
            if let stored = try await database?.reply(of: system, to: key),
                let reply = try? ExternalReply(stored.reply)
            {
                known[id] = .answered(reply, milliseconds: stored.milliseconds)
            }
        }
        let rest = questions.filter { known[$0.id] == nil }
        guard !rest.isEmpty else { return known }
        let fresh = Collected()
        let before = known.count
        try await external(setting, folder) { ask in
            for (id, text) in rest {
                onAsking(before + fresh.count, questions.count)
                let request = setting.request(for: text, id: id)
                let outcome = try await outcome(of: request, ask)
                if case .answered(let reply, let milliseconds) = outcome {
                    try await database?.recordReply(
                        StoredReply(reply: reply.json, milliseconds: milliseconds), of: system,
                        to: ContentHash(of: request))
                }
                fresh.add(outcome, to: id)
                // Not where others were answered before: those that are left may be the ones that always fail.
                if isStart, before == 0, let first = fresh.firstOfFailuresAlone(Self.mostFailuresAtStart) {
                    throw failure(first)
                }
            }
        }
        onAsking(questions.count, questions.count)
        return known.merging(fresh.all) { known, _ in known }
    }

    private func outcome(of request: JSONValue, _ ask: Workspace.ExternalAsk) async throws -> Outcome {
        try Task.checkCancellation()
        let start = time.nanoseconds()
        do {
            let text = try await ask(request)
            let end = time.nanoseconds()
            let reply = try ExternalReply(parsing: text)
            return .answered(reply, milliseconds: end > start ? Double(end - start) / 1e6 : 0)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            try Task.checkCancellation()
            let message = (error as? any DescribedError)?.message ?? String(describing: error)
            return .failed(ReportText.shortened(ReportText.line(message), to: Self.sentenceLength))
        }
    }

    private func failure(_ first: String) -> EngineerError {
        let remedy =
            switch setting.source {
            case .url: "Start it, or correct its `url`"
            case .command:
                setting.walls.isOff
                    ? "Correct its `command`"
                    : "It runs inside walls, which `read`, `write`, `net` and `environment` open. Correct these or its "
                        + "`command`"
            }
        return EngineerError(
            code: .invalidRequest,
            message:
                "The external system \(setting.name) failed on the first \(Self.mostFailuresAtStart) questions. The "
                + "first failure: \(first) \(remedy) under `search: external:` in neo.yaml, or take it out there; "
                + "docs/external-systems.md says what it is asked."
        )
    }
}
