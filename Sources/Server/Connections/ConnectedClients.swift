internal import Synchronization

/// Which connections still have a client at their other end, for what takes long enough that it may leave.
final class ConnectedClients: Sendable {
    /// A connection, as its channel is told from others.
    typealias Connection = ObjectIdentifier

    private struct State {
        var waiting: [Connection: [Int: AsyncStream<Void>.Continuation]] = [:]
        var count = 0
        /// Whether there are sockets at all: requests of tests may come without one.
        var hasConnections = false
    }

    private let state = Mutex(State())

    init() {}

    /// A client has come.
    func arrive(_ connection: Connection) {
        state.withLock { state in
            state.hasConnections = true
            state.waiting[connection] = [:]
        }
    }

    /// A client has gone, or says no more.
    func leave(_ connection: Connection) {
        let waiting = state.withLock { $0.waiting.removeValue(forKey: connection) } ?? [:]
        for continuation in waiting.values { continuation.finish() }
    }

    /// Waits until a client leaves, or has left already.
    func departure(of connection: Connection) async throws {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        let number = state.withLock { state in
            state.count += 1
            if state.waiting[connection] == nil, state.hasConnections { continuation.finish() }
            state.waiting[connection]?[state.count] = continuation
            return state.count
        }
        for await _ in stream {}
        state.withLock { _ = $0.waiting[connection]?.removeValue(forKey: number) }
        try Task.checkCancellation()
    }
}
