internal import Synchronization

/// Tells open pages that something changed. What a page does not take in time is told once: it looks at how things stand,
/// not at what happened.
final class LiveHub: Sendable {
    /// The most pages that are told; each costs a connection.
    static let most = 64

    private struct Listener {
        let project: String?
        let continuation: AsyncStream<Void>.Continuation
    }

    private struct State {
        var listeners: [Int: Listener] = [:]
        var next = 0
        var isClosed = false
    }

    private let state = Mutex(State())

    /// How many pages listen.
    var count: Int { state.withLock { $0.listeners.count } }

    /// Whether anybody wants to know of a project.
    func isWatched(_ project: String) -> Bool {
        state.withLock { state in state.listeners.values.contains { $0.project == nil || $0.project == project } }
    }

    /// A stream with an element whenever something changed in a project, or in any where nil, and one now and then; nil
    /// where too many listen. It ends when nobody holds it any more.
    func listen(to project: String?) -> AsyncStream<Void>? {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number: Int? = state.withLock { state in
            guard !state.isClosed, state.listeners.count < Self.most else { return nil }
            state.next += 1
            state.listeners[state.next] = Listener(project: project, continuation: continuation)
            return state.next
        }
        guard let number else { return nil }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.listeners.removeValue(forKey: number) }
        }
        continuation.yield()
        return stream
    }

    /// Something changed in a project; in all of them where nil.
    func tell(_ project: String? = nil) {
        let told = state.withLock { state in
            state.listeners.values.filter { project == nil || $0.project == nil || $0.project == project }
        }
        for listener in told { listener.continuation.yield() }
    }

    /// Ends all streams, for good.
    func close() {
        let told = state.withLock { state in
            state.isClosed = true
            return Array(state.listeners.values)
        }
        for listener in told { listener.continuation.finish() }
    }
}
