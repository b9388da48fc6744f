internal import Base
internal import Storage

/// A session's file: one checksummed line an event, appended before anybody is told of it.
package final class SessionJournal: Sendable {
    private let log: LineLog

    private init(_ log: LineLog) { self.log = log }

    /// Opens a session for this process alone, and reads what has happened.
    ///
    /// - Returns: the journal, its events, and how many bytes of an unfinished line were taken away.
    /// - Throws: `AgentsError` or `StorageError` where the file is damaged in its middle, is of a newer version, or is
    ///   open in another process.
    package static func open(
        _ path: String
    ) throws -> (journal: SessionJournal, events: [SessionEvent], mendedBytes: Int) {
        let (log, contents) = try LineLog.open(path, purpose: "The session \(path)", isWhole: EventLine.isWhole)
        return (SessionJournal(log), try events(of: contents.lines, path), contents.mendedBytes)
    }

    /// The events of a file that is left as it is; a torn end is passed over.
    ///
    /// - Parameter count: how many, from the first; what stands behind them may be damaged. Nil for all.
    package static func read(_ path: String, first count: Int? = nil) throws -> [SessionEvent] {
        let text = try TextFile.read(path)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        lines.removeLast()
        if let last = lines.last, !EventLine.isWhole(last) { lines.removeLast() }
        return try events(of: count.map { Array(lines.prefix(max(0, $0))) } ?? lines, path)
    }

    /// How a session began, with the model that was chosen since; nil where the file is empty or not there.
    package static func start(of path: String) throws -> SessionStart? {
        guard var start = try start(ofFirstLine: path) else { return nil }
        if let model = try SessionGlance.lastModel(path) { start.model = model }
        return start
    }

    /// How a session began; nil where the file is empty or not there.
    static func start(ofFirstLine path: String) throws -> SessionStart? {
        guard let line = TextFile.firstLine(path),
            case .session(let start)? = try events(of: [line], path).first?.kind
        else { return nil }
        return start
    }

    /// Appends an event; what begins or ends something is on the disk when this returns.
    package func append(_ event: SessionEvent) throws {
        try log.append([EventLine.text(of: event)], isDurable: event.kind.isBoundary)
    }

    /// Appends events together, on the disk when this returns.
    package func append(_ events: [SessionEvent]) throws {
        try log.append(events.map { EventLine.text(of: $0) }, isDurable: true)
    }

    /// The event of a line that is as it was written; nil where it is not.
    static func event(of line: Substring) -> SessionEvent? {
        let line = String(line)
        return EventLine.isWhole(line) ? try? SessionEvent(json: JSONValue(parsing: line)) : nil
    }

    private static func events(of lines: [String], _ path: String) throws -> [SessionEvent] {
        var events: [SessionEvent] = []
        events.reserveCapacity(lines.count)
        for (position, line) in lines.enumerated() {
            guard EventLine.isWhole(line) else {
                throw AgentsError.damaged(path, linesBefore: position)
            }
            do {
                let event = try SessionEvent(json: try JSONValue(parsing: line))
                if case .session(let start) = event.kind, start.version > SessionStart.currentVersion {
                    throw AgentsError(
                        .session,
                        "was written by a newer neo (version \(start.version) of its form; this neo knows "
                            + "\(SessionStart.currentVersion)): update neo")
                }
                guard event.number == position else {
                    throw AgentsError(.session, "is event \(event.number), where \(position) should be")
                }
                events.append(event)
            } catch {
                throw AgentsError(
                    .session, "\(path):\(position + 1) \((error as? AgentsError)?.message ?? sentence(for: error)).")
            }
        }
        return events
    }
}

extension SessionEvent.Kind {
    /// Whether the event must be on the disk before the next thing happens: after it, something has an effect, or had one.
    var isBoundary: Bool {
        switch self {
        case .session, .message, .turn, .toolCall, .toolResult, .compaction, .checkpoint, .resumed, .model, .end: true
        case .usage, .delta, .approval: false
        }
    }
}
