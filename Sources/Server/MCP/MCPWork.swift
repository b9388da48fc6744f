internal import Base
internal import HTTPTypes
internal import Hummingbird
internal import MCP
internal import NIOCore
internal import ServiceLifecycle
internal import Synchronization

/// Works on a request for as long as its client waits for the answer, and the server is there.
struct MCPWork: Sendable {
    private enum Step: Sendable {
        /// Nothing has come for a while.
        case waiting
        /// The answer; nil where it is not wanted any more.
        case done(MCPResponse?)
    }

    /// Tools that run at the same time.
    private final class Places: Sendable {
        private static let most = 16
        private let taken = Mutex(0)

        func take() -> Bool {
            taken.withLock { taken in
                guard taken < Self.most else { return false }
                taken += 1
                return true
            }
        }
        func giveBack() { taken.withLock { $0 -= 1 } }
    }

    let server: MCPServer
    let options: ServerOptions
    let clients: ConnectedClients
    private let places = Places()

    init(server: MCPServer, options: ServerOptions, clients: ConnectedClients) {
        self.server = server
        self.options = options
        self.clients = clients
    }

    /// The response to a request: one object where the answer comes soon, else events, so that nobody in between takes the
    /// connection for dead.
    ///
    /// - Parameters:
    ///   - takesEvents: whether the client reads events.
    ///   - status: that of an answer.
    func response(
        to request: MCPRequest, in session: MCPServedSession, for client: ConnectedClients.Connection,
        takesEvents: Bool, status: @escaping @Sendable (MCPResponse) -> HTTPResponse.Status
    ) async throws -> Response {
        let isCall = request.method == "tools/call"
        guard !isCall || places.take() else {
            throw RequestFailure(
                .tooManyRequests, code: "too_many_calls", "Too many tools are running; call again in a few seconds.",
                headers: [.retryAfter: "5"])
        }
        let steps = steps(request, session, client, isCall: isCall)
        var iterator = steps.makeAsyncIterator()
        while let step = try await iterator.next() {
            switch step {
            case .done(let answer?): return .json(answer.json, status: status(answer))
            // Its client has said that it does not want it.
            case .done(nil): return Response(status: .accepted)
            case .waiting: if takesEvents { return events(steps) }
            }
        }
        throw CancellationError()
    }

    private func events(_ steps: AsyncThrowingStream<Step, any Error>) -> Response {
        var headers: HTTPFields = [.contentType: "text/event-stream; charset=utf-8"]
        if let name = HTTPField.Name("x-accel-buffering") { headers[name] = "no" }
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody { writer in
                // A comment, which clients pass over.
                try await writer.write(ByteBuffer(string: ": waiting\n\n"))
                for try await step in steps {
                    switch step {
                    case .waiting: try await writer.write(ByteBuffer(string: ": waiting\n\n"))
                    case .done(let answer):
                        if let answer {
                            try await writer.write(
                                ByteBuffer(string: "event: message\ndata: \(answer.json.canonicalText)\n\n"))
                        }
                    }
                }
                try await writer.finish(nil)
            })
    }

    private func steps(
        _ request: MCPRequest, _ session: MCPServedSession, _ client: ConnectedClients.Connection, isCall: Bool
    ) -> AsyncThrowingStream<Step, any Error> {
        let work = session.begin(request)
        return AsyncThrowingStream { continuation in
            let task = Task {
                defer { if isCall { places.giveBack() } }
                do {
                    try await withThrowingTaskGroup(of: Void.self) { tasks in
                        defer { tasks.cancelAll() }
                        tasks.addTask { continuation.yield(.done(await session.answer(work, by: server))) }
                        tasks.addTask {
                            try await clients.departure(of: client)
                            throw AnswerFeed.ClientLeft()
                        }
                        tasks.addTask { try await waitForStop() }
                        tasks.addTask {
                            while true {
                                try await Task.sleep(for: .seconds(options.waitingSeconds))
                                continuation.yield(.waiting)
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

    /// After the signal to stop there is time to finish, a little less than all that the server has.
    private func waitForStop() async throws {
        try await gracefulShutdown()
        try await Task.sleep(for: .milliseconds(options.shutdownSeconds * 750))
        throw RequestFailure.stopping
    }
}

extension MCPResponse {
    /// The response as a message.
    var json: JSONValue { MCPMessage.response(self).json }
}
