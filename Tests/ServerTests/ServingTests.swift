import Base
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import RAG
import Synchronization
import Testing

@testable import Server

/// The server on real sockets.
@Suite(.timeLimit(.minutes(5))) struct ServingTests {
    @Test("A request in flight finishes after the signal to stop")
    func gracefulShutdown() async throws {
        let gate = Gate()
        let service = FakeService(.waits(gate))
        let reply = try await withThrowingTaskGroup(of: String.self) { tasks in
            let options = ServerOptions(port: 0, shutdownSeconds: 280, verbosity: .errors)
            try await withServer(service: service, options: options) { port in
                tasks.addTask { try await Self.ask(port) }
                await gate.waitForArrival()
                // The gate opens only when the server, told to stop behind this closure, takes no one new.
                tasks.addTask {
                    while (try? await Self.send(port, to: "/healthz")) != nil {}
                    gate.open()
                    return ""
                }
            }
            return try await tasks.reduce("", +)
        }
        #expect(reply.contains("Second. [1]"))
        #expect(service.queries.map(\.text) == ["warm up", "What?"])
    }

    @Test("A release is never described, however large it is")
    func description() async throws {
        let service = DescribedService()
        _ = try await withServer(
            service: service, options: ServerOptions(port: 0, shutdownSeconds: 280, verbosity: .errors)
        ) { port in
            try await Self.send(port, to: "/healthz")
        }
        #expect(service.descriptions.count.withLock { $0 } == 0)
    }

    @Test("A port in use is named, with the option to change")
    func portInUse() async throws {
        try await withServer(
            service: FakeService(), options: ServerOptions(port: 0, shutdownSeconds: 280, verbosity: .errors)
        ) { port in
            let error = await #expect(throws: ServerError.self) {
                try await runServer(service: FakeService(), options: ServerOptions(port: port, verbosity: .errors))
            }
            #expect(error?.code == .portInUse)
            #expect(error?.message.contains("\(port)") == true)
            #expect(error?.message.contains("--port") == true)
        }
    }

    @Test("A host that has no address is named")
    func unknownHost() async {
        let options = ServerOptions(host: "127.0.0.300", port: 0, token: Secret("x"), verbosity: .errors)
        let error = await #expect(throws: ServerError.self) {
            try await runServer(service: FakeService(), options: options)
        }
        #expect(error?.code == .cannotListen)
    }

    @Test("A release that fails at its first query is not served")
    func warmUpFails() async {
        let error = await #expect(throws: ServerError.self) {
            try await withServer(
                service: FakeService(.fails), options: ServerOptions(port: 0, shutdownSeconds: 280, verbosity: .errors)
            ) {
                _ in
            }
        }
        #expect(error?.code == .warmUpFailed)
    }

    @Test("An address of the network needs a token", arguments: ["0.0.0.0", "192.168.1.2", "::", "example.org"])
    func tokenMissing(_ host: String) throws {
        let error = #expect(throws: ServerError.self) { try ServerOptions(host: host).validate() }
        #expect(error?.code == .tokenMissing)
        #expect(throws: Never.self) { try ServerOptions(host: host, token: Secret("x")).validate() }
    }

    @Test("Addresses of this machine need none", arguments: ["127.0.0.1", "localhost", "::1", "127.0.0.53"])
    func loopback(_ host: String) {
        #expect(throws: Never.self) { try ServerOptions(host: host).validate() }
    }

    @Test(
        "Options that make no sense are refused",
        arguments: [
            ServerOptions(host: ""), ServerOptions(port: -1), ServerOptions(port: 65_536),
            ServerOptions(maximumBodyBytes: 0), ServerOptions(maximumConnections: 0), ServerOptions(idleSeconds: 0),
            ServerOptions(requestSeconds: 0), ServerOptions(shutdownSeconds: 0),
            ServerOptions(maximumPassages: 5, defaultPassages: 6), ServerOptions(maximumConnections: 100_001),
            ServerOptions(requestsPerMinutePerClient: 0), ServerOptions(defaultPassages: 0),
        ])
    func invalid(_ options: ServerOptions) {
        let error = #expect(throws: ServerError.self) { try options.validate() }
        #expect(error?.code == .invalidOptions)
        #expect(error?.message.contains("port") == true || error?.message.contains("--") == true)
    }

    @Test("More connections than the process may have files are refused")
    func openFiles() throws {
        #expect(throws: Never.self) { try OpenFiles.makeRoom(connections: 1) }
        let error = #expect(throws: ServerError.self) { try OpenFiles.makeRoom(connections: 1 << 40) }
        #expect(error?.message.contains("ulimit -n") == true)
    }

    @Test("An element of the stream stops the server")
    func stop() async throws {
        let (stop, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        try await runServer(
            service: FakeService(), options: ServerOptions(port: 0, shutdownSeconds: 280, verbosity: .errors),
            stop: stop
        ) { _ in
            continuation.yield()
        }
    }

    @Test("No more connections are open at once than may be, and the others get their turn")
    func connectionLimit() async throws {
        let options = ServerOptions(port: 0, maximumConnections: 2, shutdownSeconds: 280, verbosity: .errors)
        try await withServer(service: FakeService(), options: options) { port in
            try await withThrowingTaskGroup(of: String.self) { tasks in
                for _ in 0..<20 { tasks.addTask { try await Self.send(port, to: "/version") } }
                for try await reply in tasks { #expect(reply.contains("\"neo\"")) }
            }
            let metrics = try await Self.send(port, to: "/metrics")
            #expect(metrics.contains("neo_http_connections_peak 2\n"), "\(metrics)")
        }
    }

    @Test("The body's error comes out, after the server has stopped")
    func bodyThrows() async {
        struct Stop: Error {}
        await #expect(throws: Stop.self) {
            try await withServer(
                service: FakeService(), options: ServerOptions(port: 0, shutdownSeconds: 280, verbosity: .errors)
            ) { _ in
                throw Stop()
            }
        }
    }

    @Test("Cancelling the task stops the server")
    func cancellation() async throws {
        let (ready, continuation) = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingNewest(1))
        let server = Task {
            try await runServer(
                service: FakeService(), options: ServerOptions(port: 0, shutdownSeconds: 280, verbosity: .errors)
            ) {
                continuation.yield($0)
            }
        }
        _ = await ready.first { _ in true }
        server.cancel()
        await #expect(throws: CancellationError.self) { try await server.value }
    }

    private static func ask(_ port: Int) async throws -> String {
        try await send(port, to: "/v1/answer", body: #"{"query": "What?"}"#)
    }

    /// Sends a request on a connection of its own.
    private static func send(_ port: Int, to path: String, body: String? = nil) async throws -> String {
        // The suite has a time limit; the client's own would be over first on a busy machine.
        let patient = TestClient.Configuration(timeout: .seconds(60))
        return try await TestClient.withClient(host: "localhost", port: port, configuration: patient) { client in
            let response = try await client.execute(
                TestClient.Request(
                    path, method: body == nil ? .get : .post, authority: "localhost:\(port)",
                    headers: [.contentType: "application/json"], body: body.map { ByteBuffer(string: $0) }
                )
            )
            return response.body.map { String(buffer: $0) } ?? ""
        }
    }
}

/// A release that counts how often it is described.
private struct DescribedService: QueryService, CustomStringConvertible {
    final class Counter: Sendable {
        let count = Mutex(0)
    }

    let descriptions = Counter()
    let base = FakeService()

    var description: String {
        descriptions.count.withLock { $0 += 1 }
        return "all documents"
    }

    var summary: [String: JSONValue] { base.summary }

    @concurrent
    func retrieve(_ query: Query) async throws -> [RetrievedPassage] { try await base.retrieve(query) }

    @concurrent
    func answer(_ query: Query) async throws -> Answer { try await base.answer(query) }
}
