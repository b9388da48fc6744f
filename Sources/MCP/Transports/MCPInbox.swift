internal import Base
internal import Synchronization

/// Takes what a server says, and hands each answer to whoever waits for it. Nothing is kept that nobody waits for.
package final class MCPInbox: Sendable {
    private enum Slot {
        case open
        case waiting(CheckedContinuation<JSONValue, any Error>)
        case done(Result<JSONValue, any Error>)
    }

    private struct State {
        var slots: [String: Slot] = [:]
        var figures = Figures()
    }

    /// What came that nobody had asked for.
    package struct Figures: Sendable, Hashable {
        /// Answers under ids that nobody waits for.
        package var unknownAnswers = 0
        /// Lines that are no message.
        package var malformed = 0
        package var notifications = 0
        /// Times that the server said that its tools have changed.
        package var changes = 0
    }

    private let state = Mutex(State())
    /// Requests of the server, of which only so many wait.
    let requests: AsyncStream<MCPRequest>
    private let arrives: AsyncStream<MCPRequest>.Continuation

    package init() {
        (requests, arrives) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(32))
    }

    /// What came unasked so far.
    package var figures: Figures { state.withLock { $0.figures } }

    /// Takes one message in.
    package func take(_ bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        guard !bytes.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) else { return }
        guard let json = try? bytes.withUnsafeBytes({ try JSONValue(parsing: $0) }), let message = try? MCPMessage(json)
        else {
            state.withLock { $0.figures.malformed += 1 }
            return
        }
        take(message)
    }

    /// Takes one message in.
    package func take(_ message: MCPMessage) {
        switch message {
        case .request(let request): arrives.yield(request)
        case .notification(let notification):
            state.withLock { state in
                state.figures.notifications += 1
                if notification.method == "notifications/tools/list_changed" { state.figures.changes += 1 }
            }
        case .response(let response):
            guard let id = response.id?.string else {
                state.withLock { $0.figures.unknownAnswers += 1 }
                return
            }
            let result: Result<JSONValue, any Error> = response.outcome.mapError { $0 }
            if !finish(id, result) { state.withLock { $0.figures.unknownAnswers += 1 } }
        }
    }

    /// Makes room for an answer, before its request is sent.
    func open(_ id: String) { state.withLock { $0.slots[id] = .open } }

    /// Nobody waits for this answer any more.
    func close(_ id: String) {
        let left = state.withLock { $0.slots.removeValue(forKey: id) }
        if case .waiting(let continuation) = left { continuation.resume(throwing: CancellationError()) }
    }

    /// The answer under an id that was opened.
    func answer(to id: String) async throws -> JSONValue {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let ready: Result<JSONValue, any Error>? = state.withLock { state in
                    switch state.slots[id] {
                    case .open where !Task.isCancelled:
                        state.slots[id] = .waiting(continuation)
                        return nil
                    case .done(let result): return result
                    default: return .failure(CancellationError())
                    }
                }
                if let ready { continuation.resume(with: ready) }
            }
        } onCancel: {
            finish(id, .failure(CancellationError()))
        }
    }

    /// Whether a request has its answer, or nobody waits for it any more.
    func isAnswered(_ id: String) -> Bool {
        state.withLock { state in
            switch state.slots[id] {
            case .open, .waiting: false
            case .done, nil: true
            }
        }
    }

    /// Fails a request that has no answer yet.
    package func fail(_ id: String, _ error: any Error) { finish(id, .failure(error)) }

    /// Fails all that wait.
    package func failAll(_ error: any Error) {
        for id in state.withLock({ Array($0.slots.keys) }) { finish(id, .failure(error)) }
    }

    /// - Returns: whether somebody had asked, and had no answer yet.
    @discardableResult
    private func finish(_ id: String, _ result: Result<JSONValue, any Error>) -> Bool {
        let waiting: CheckedContinuation<JSONValue, any Error>?? = state.withLock { state in
            switch state.slots[id] {
            case .open:
                state.slots[id] = .done(result)
                return .some(nil)
            case .waiting(let continuation):
                state.slots[id] = .done(result)
                return .some(continuation)
            case .done, nil: return nil
            }
        }
        guard let waiting else { return false }
        waiting?.resume(with: result)
        return true
    }
}
