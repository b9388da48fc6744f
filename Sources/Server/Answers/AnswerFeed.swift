internal import Base
internal import HTTPTypes
internal import RAG
internal import ServiceLifecycle

/// An answer as it is given, for as long as its client waits for it and the server's limits allow.
///
/// What ends it early is an error that says why: the client has left, the answer takes too long, or the server stops.
/// The work of the model ends with it.
struct AnswerFeed: Sendable {
    /// A step.
    enum Step: Sendable {
        /// More of the text.
        case text(String)
        /// Nothing has come for a while.
        case waiting
        /// The whole answer; always the last step.
        case completed(Answer)
    }

    /// The client has closed its end.
    struct ClientLeft: Error {}

    let service: any QueryService
    let options: ServerOptions
    let clients: ConnectedClients

    /// Whether a model writes the answers. Sentences are found in milliseconds; nobody has to be waited for.
    private var isWritten: Bool { service.summary["generator"]?.string != nil }

    /// The whole answer.
    func answer(_ query: Query, for client: ConnectedClients.Connection) async throws -> Answer {
        for try await step in steps(query, for: client) {
            if case .completed(let answer) = step { return answer }
        }
        throw CancellationError()
    }

    /// The answer step by step; may be iterated once.
    func steps(_ query: Query, for client: ConnectedClients.Connection) -> AsyncThrowingStream<Step, any Error> {
        AsyncThrowingStream { continuation in
            let task = Task {
                do {
                    try await withThrowingTaskGroup(of: Void.self) { tasks in
                        defer { tasks.cancelAll() }
                        tasks.addTask { try await forward(query, to: continuation) }
                        tasks.addTask { try await sayWaiting(continuation) }
                        tasks.addTask { try await waitForLimit() }
                        tasks.addTask { try await waitForStop() }
                        if isWritten {
                            tasks.addTask {
                                try await clients.departure(of: client)
                                throw ClientLeft()
                            }
                        }
                        try await tasks.next()
                    }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    private func forward(
        _ query: Query, to continuation: AsyncThrowingStream<Step, any Error>.Continuation
    ) async throws {
        do {
            for try await event in service.events(query) {
                switch event {
                case .text(let text): continuation.yield(.text(text))
                case .completed(let answer):
                    continuation.yield(.completed(answer))
                    return
                }
            }
        } catch let error as CancellationError {
            throw error
        } catch {
            // An error of the service must not be mistaken for one of the request, whatever type it has.
            throw ServiceFailure(cause: error)
        }
        throw CancellationError()
    }

    /// Tells again and again that nothing has come, so that nobody in between takes the connection for dead.
    private func sayWaiting(_ continuation: AsyncThrowingStream<Step, any Error>.Continuation) async throws {
        while true {
            try await Task.sleep(for: .seconds(options.waitingSeconds))
            continuation.yield(.waiting)
        }
    }

    private func waitForLimit() async throws {
        try await Task.sleep(for: .seconds(options.answerSeconds))
        throw RequestFailure(
            .gatewayTimeout, code: "answer_timeout",
            "The answer was not finished within \(options.answerSeconds) s (--answer-seconds); ask for less."
        )
    }

    /// After the signal to stop there is time to finish. A little of it is kept to say that the rest will not come.
    private func waitForStop() async throws {
        try await gracefulShutdown()
        let milliseconds = options.shutdownSeconds * 1000
        try await Task.sleep(for: .milliseconds(milliseconds - min(2000, milliseconds / 4)))
        throw RequestFailure.stopping
    }
}
