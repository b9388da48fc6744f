import Base
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import RAG
import ServiceLifecycleTestKit
import Testing

@testable import Server

/// Answers that take their time, on real sockets.
@Suite(.timeLimit(.minutes(5))) struct StreamServingTests {
    @Test("A client that goes away ends the model's work", arguments: [true, false])
    func departure(isStreamed: Bool) async throws {
        let gate = Gate()
        let service = StreamingService(middle: .waits(gate))
        struct Leaves: Error {}
        try await withServer(
            service: service, options: ServerOptions(port: 0, shutdownSeconds: 280, verbosity: .errors)
        ) { port in
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

    @Test("An answer in flight finishes after the signal to stop")
    func finishes() async throws {
        let gate = Gate()
        let feed = AnswerFeed(
            service: StreamingService(middle: .waits(gate)), options: ServerOptions(), clients: ConnectedClients())
        try await testGracefulShutdown { trigger in
            async let answer = feed.answer(Query("What?"), for: ObjectIdentifier(gate))
            await gate.waitForArrival()
            trigger.triggerGracefulShutdown()
            gate.open()
            let text = try await answer.generated?.text
            #expect(text == "It is the second [2]. It is the first [1, 3].")
        }
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
