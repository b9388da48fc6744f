internal import Agents
internal import Base
internal import Synchronization

/// What the editor is asked, until it answers.
final class EditorAsks: Sendable {
    private struct State {
        var last = 0
        var waiting: [JSONValue: AsyncStream<JSONValue>.Continuation] = [:]
        var isEnded = false
    }

    private let state = Mutex(State())
    private let output: EditorOutput

    init(_ output: EditorOutput) { self.output = output }

    /// Asks, and waits for as long as it takes.
    ///
    /// - Returns: the result; nil where it is an error or makes no sense, the editor is gone, or the task is cancelled.
    func ask(_ method: String, _ params: JSONValue) async -> JSONValue? {
        let (answers, continuation) = AsyncStream<JSONValue>.makeStream()
        let id = state.withLock { state -> JSONValue? in
            guard !state.isEnded else { return nil }
            state.last += 1
            let id = JSONValue.string("neo-\(state.last)")
            state.waiting[id] = continuation
            return id
        }
        guard let id else { return nil }
        output.send(ACPMessage.request(id: id, method: method, params: params).line)
        defer { _ = state.withLock { $0.waiting.removeValue(forKey: id) } }
        for await answer in answers { return answer }
        return nil
    }

    /// Takes in an answer; one that nobody waits for is none.
    func answered(_ id: JSONValue, _ result: JSONValue?) {
        guard let continuation = state.withLock({ $0.waiting.removeValue(forKey: id) }) else { return }
        if let result { continuation.yield(result) }
        continuation.finish()
    }

    /// Nobody will answer any more.
    func endAll() {
        let waiting = state.withLock { state in
            defer { (state.waiting, state.isEnded) = ([:], true) }
            return Array(state.waiting.values)
        }
        for continuation in waiting { continuation.finish() }
    }
}
