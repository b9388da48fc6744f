internal import Synchronization

/// Lets a number of requests through at a time; the others wait in the order in which they came.
final class ConcurrencyLimit: Sendable {
    private struct State {
        var free: Int
        var lastTicket = 0
        var waiting: [(ticket: Int, continuation: CheckedContinuation<Void, any Error>)] = []
    }

    private enum Decision { case go, wait, cancelled }

    private let state: Mutex<State>

    /// A limit; at least one request is let through.
    init(_ limit: Int) { state = Mutex(State(free: max(1, limit))) }

    /// Leave to make a request; it is given back when nobody holds the permit any more.
    ///
    /// - Throws: `CancellationError`, also while it waits.
    func permit() async throws -> ConcurrencyPermit {
        let ticket = state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                switch decide(continuation, ticket: ticket) {
                case .go: continuation.resume()
                case .wait: break
                case .cancelled: continuation.resume(throwing: CancellationError())
                }
            }
        } onCancel: {
            let waiting = state.withLock { state in
                state.waiting.firstIndex { $0.ticket == ticket }.map { state.waiting.remove(at: $0) }
            }
            waiting?.continuation.resume(throwing: CancellationError())
        }
        return ConcurrencyPermit(self)
    }

    private func decide(_ continuation: CheckedContinuation<Void, any Error>, ticket: Int) -> Decision {
        state.withLock { state in
            // Inside the lock: a task that is cancelled later finds its continuation in the list.
            if Task.isCancelled { return .cancelled }
            if state.free > 0 {
                state.free -= 1
                return .go
            }
            state.waiting.append((ticket, continuation))
            return .wait
        }
    }

    fileprivate func release() {
        let next = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst().continuation }
            state.free += 1
            return nil
        }
        next?.resume()
    }
}

/// Leave to make a request, for as long as it is held.
final class ConcurrencyPermit: Sendable {
    private let limit: ConcurrencyLimit

    fileprivate init(_ limit: ConcurrencyLimit) { self.limit = limit }

    deinit { limit.release() }
}
