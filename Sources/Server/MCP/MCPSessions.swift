internal import Base
internal import MCP
internal import Synchronization

/// The clients of the earlier revision that have said `initialize`, by the ids that they were given.
final class MCPSessions: Sendable {
    private struct Entry {
        let session: MCPServedSession
        var lastUse: Double
    }

    private static let most = 256
    /// After this time without a request it is forgotten: clients that go away do not always say so.
    private static let idleSeconds = 3600.0

    private let time: TimeSource
    private let entries = Mutex([String: Entry]())

    init(time: TimeSource) { self.time = time }

    /// A new session, and its id, which nobody can guess. Where there are too many, the one that was used least lately ends.
    func begin() -> (id: String, session: MCPServedSession) {
        let id = (0..<2).map { _ in
            let text = String(UInt64.random(in: 0 ... .max), radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
        let session = MCPServedSession()
        let now = seconds
        let ended: [MCPServedSession] = entries.withLock { entries in
            var gone = entries.filter { now - $0.value.lastUse > Self.idleSeconds }.map(\.key)
            if entries.count - gone.count >= Self.most,
                let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })
            {
                gone.append(oldest.key)
            }
            let ended = gone.compactMap { entries.removeValue(forKey: $0)?.session }
            entries[id] = Entry(session: session, lastUse: now)
            return ended
        }
        for session in ended { session.endAll() }
        return (id, session)
    }

    /// The session of an id; nil where there is none.
    func find(_ id: String) -> MCPServedSession? {
        let now = seconds
        return entries.withLock { entries in
            guard let entry = entries[id], now - entry.lastUse <= Self.idleSeconds else { return nil }
            entries[id]?.lastUse = now
            return entry.session
        }
    }

    /// Ends a session and what is under way in it.
    ///
    /// - Returns: whether there was one.
    func end(_ id: String) -> Bool {
        let entry = entries.withLock { $0.removeValue(forKey: id) }
        entry?.session.endAll()
        return entry != nil
    }

    private var seconds: Double { Double(time.nanoseconds()) / 1e9 }
}
