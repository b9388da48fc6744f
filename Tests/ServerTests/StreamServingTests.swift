import Base
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import RAG
import ServiceLifecycleTestKit
import Testing

@testable import Server

/// Answers that take their time, on real sockets.
@Suite(.timeLimit(.minutes(1))) struct StreamServingTests {
    @Test("A client that goes away ends the model's work", arguments: [true, false])
    func departure(isStreamed: Bool) async throws {
        let gate = Gate()
        let service = StreamingService(middle: .waits(gate))
        struct Leaves: Error {}
        try await withServer(service: service, options: ServerOptions(port: 0, verbosity: .errors)) { port in
            await #expect(throws: Leaves.self) {
                try await TestClient.withClient(host: "localhost", port: port) { client in
                    let request = Self.request(port, isStreamed: isStreamed)
                    Task { try? await client.execute(request) }
                    await gate.waitForArrival()
                    throw Leaves()
                }
            }
            // Nobody opens the gate: only the departure ends the work.
            try await service.ended.pass()
        }
    }

    @Test("A stream finishes after the signal to stop")
    func finishes() async throws {
        let gate = Gate()
        let service = StreamingService(middle: .waits(gate))
        let reply = try await withThrowingTaskGroup(of: String.self) { tasks in
            try await withServer(service: service, options: ServerOptions(port: 0, verbosity: .errors)) { port in
                tasks.addTask { try await Self.ask(port) }
                await gate.waitForArrival()
                // The gate opens only when the server, told to stop behind this closure, takes no one new.
                tasks.addTask {
                    while (try? await Self.isHealthy(port)) != nil {}
                    gate.open()
                    return ""
                }
            }
            return try await tasks.reduce("", +)
        }
        #expect(try ReceivedEvents(reply).data.last == "[DONE]")
    }

    @Test("An answer that does not finish in the time for that ends with the reason")
    func cutOff() async throws {
        let gate = Gate()
        let feed = AnswerFeed(
            service: StreamingService(middle: .waits(gate)), options: ServerOptions(shutdownSeconds: 1),
            clients: ConnectedClients())
        await testGracefulShutdown { trigger in
            trigger.triggerGracefulShutdown()
            let client = ObjectIdentifier(gate)
            let failure = await #expect(throws: RequestFailure.self) {
                try await feed.answer(Query("What?"), for: client)
            }
            #expect(failure?.code == "stopping")
        }
    }

    private static func isHealthy(_ port: Int) async throws -> Bool {
        try await TestClient.withClient(host: "localhost", port: port) { client in
            try await client.execute(TestClient.Request("/healthz", method: .get, authority: "localhost:\(port)"))
                .status == .ok
        }
    }

    private static func ask(_ port: Int) async throws -> String {
        try await TestClient.withClient(host: "localhost", port: port) { client in
            let response = try await client.execute(request(port, isStreamed: true))
            return response.body.map { String(buffer: $0) } ?? ""
        }
    }

    private static func request(_ port: Int, isStreamed: Bool) -> TestClient.Request {
        TestClient.Request(
            "/v1/chat/completions", method: .post, authority: "localhost:\(port)",
            headers: [.contentType: "application/json"],
            body: ByteBuffer(
                string: """
                    {"model": "neo", "stream": \(isStreamed), "messages": [{"role": "user", "content": "What?"}]}
                    """))
    }
}
