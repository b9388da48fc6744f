/// What the beginning and the end of a session's file say, without all that is between.
struct SessionGlance {
    /// What is read of each end; most events are shorter than a thousandth of it.
    private static let reach = 256 << 10

    /// The summary of a session.
    ///
    /// Nil where the file is short, where its ends do not tell, or where they are damaged: it is then read whole.
    static func summary(_ path: String) throws -> SessionSummary? {
        guard let size = TextFile.size(path), size > 4 * reach,
            let head = TextFile.bytes(path, from: 0, count: reach),
            let start = try SessionJournal.start(ofFirstLine: path),
            let began = lines(head, isEnd: false).first.flatMap(SessionJournal.event)?.time,
            let task = lines(head, isEnd: false).lazy.compactMap({ SessionJournal.event(of: $0) })
                .compactMap(\.words).first,
            let end = end(of: path, size)
        else { return nil }
        return SessionSummary(
            id: start.id, began: began, task: SessionSummary.line(task), model: end.totals.model, mode: start.mode,
            state: end.state, turns: end.totals.turns, tokens: end.totals.tokens, dollars: end.totals.dollars,
            parent: start.parent)
    }

    /// The model that was chosen last; nil where it is the one that the session began with.
    static func lastModel(_ path: String) throws -> String? {
        let size = TextFile.size(path) ?? 0
        if size > 4 * reach, let end = end(of: path, size) { return end.totals.model }
        guard let bytes = TextFile.bytes(path, from: 0, count: size) else { return nil }
        // Most lines are of other kinds, and need not be parsed.
        for line in lines(bytes, isEnd: false).reversed() where line.contains(#""type":"model""#) {
            if case .model(let name)? = SessionJournal.event(of: line)?.kind { return name }
        }
        return nil
    }

    /// Why it ended, and what it has taken; nil where the end of the file does not tell.
    private static func end(of path: String, _ size: Int) -> (state: String, totals: SessionTotals)? {
        guard let bytes = TextFile.bytes(path, from: max(0, size - reach), count: reach) else { return nil }
        var state: String?
        var isResumed = false
        var model: String?
        var turns = 0
        for (position, line) in lines(bytes, isEnd: true).reversed().enumerated() {
            guard let event = SessionJournal.event(of: line) else {
                // The last line may be torn; no other one.
                if position == 0 { continue }
                return nil
            }
            switch event.kind {
            case .resumed(let record):
                guard record.rewoundTo == nil else { return nil }
                isResumed = true
            case .end(let end):
                // What ended for another reason than that all was said is open when it is taken up again.
                state = state ?? (isResumed && end.reason != .done ? "open" : end.reason.rawValue)
            case .model(let name): model = model ?? name
            case .checkpoint, .delta: break
            case .usage(let note):
                guard var totals = note.total else { return nil }
                totals.turns += turns
                totals.model = model ?? totals.model
                return (state ?? "open", totals)
            case .turn:
                turns += 1
                state = state ?? "open"
            case .session, .message, .toolCall, .toolResult, .approval, .compaction: state = state ?? "open"
            }
        }
        return nil
    }

    /// The whole lines of a piece of a file.
    private static func lines(_ bytes: [UInt8], isEnd: Bool) -> [Substring] {
        var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        // The first line of the end may be half of one; so may the last one of all.
        if isEnd { lines.removeFirst() }
        if !lines.isEmpty { lines.removeLast() }
        return lines
    }
}

extension SessionEvent {
    /// What the user says; nil for all other events.
    fileprivate var words: String? {
        if case .message(let said) = kind, said.source == .user { said.text } else { nil }
    }
}
