internal import Base
internal import Synchronization

/// What one client has agreed on, and what is under way for it.
package final class MCPServedSession: Sendable {
    private let state = Mutex((hasBegun: false, running: [String: AsyncStream<Void>.Continuation]()))

    package init() {}

    /// A request that has come.
    package struct Work: Sendable {
        fileprivate let request: MCPRequest
        fileprivate let hasSession: Bool
        /// Ends when the answer is not wanted any more.
        fileprivate let ends: AsyncStream<Void>
    }

    /// Notes a request: from now on it can be taken back.
    package func begin(_ request: MCPRequest) -> Work {
        let (ends, end) = AsyncStream<Void>.makeStream()
        return state.withLock { state in
            state.running[request.id.canonicalText] = end
            if request.method == "initialize" { state.hasBegun = true }
            return Work(request: request, hasSession: state.hasBegun, ends: ends)
        }
    }

    /// The answer; nil where the client says that it is not wanted any more, or the task is cancelled.
    package func answer(_ work: Work, by server: MCPServer) async -> MCPResponse? {
        defer { end(work.request.id) }
        return await withTaskGroup(of: MCPResponse?.self) { group in
            group.addTask { try? await server.answer(to: work.request, hasSession: work.hasSession) }
            group.addTask {
                for await _ in work.ends {}
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    /// Takes what a client tells: requests can be taken back.
    package func take(_ notification: MCPNotification) {
        guard notification.method == "notifications/cancelled", let id = notification.params?["requestId"] else {
            return
        }
        end(id)
    }

    /// Nobody wants any answer any more.
    package func endAll() {
        for end in state.withLock({ Array($0.running.values) }) { end.finish() }
    }

    private func end(_ id: JSONValue) {
        state.withLock { $0.running.removeValue(forKey: id.canonicalText) }?.finish()
    }
}
