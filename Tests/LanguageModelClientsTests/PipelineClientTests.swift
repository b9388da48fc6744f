import Base
import LanguageModelClients
import Testing

/// A served retrieval, against a server on this machine.
@Suite struct PipelineClientTests {
    private func endpoint(_ url: String, seconds: Double = 30, bytes: Int = 1_000) -> PipelineEndpoint {
        PipelineEndpoint(url: url, timeLimitSeconds: seconds, replyBytes: bytes)
    }

    @Test func `a question is posted once, with the headers, and the answer comes back as it is`() async throws {
        let server = LoopbackModel { _, _ in .text("{\"passages\": [ ]}") }
        try await server.run { url in
            var endpoint = endpoint(url + "/ask")
            endpoint.headers = ["Authorization": try #require(Secret("Bearer abc"))]
            let reply = try await PipelineClient.with(endpoint) { try await $0.ask(["question": "Why?"]) }
            #expect(String(decoding: reply, as: UTF8.self) == "{\"passages\": [ ]}")
        }
        #expect(server.requests.map(\.path) == ["/ask"])
        #expect(server.requests[0].authorization == "Bearer abc")
        #expect(server.requests[0].body == ["question": "Why?"])
    }

    @Test func `what is no answer is a sentence, and is not asked again`() async throws {
        let server = LoopbackModel { request, _ in
            switch request.path {
            case "/500": .status(500, ["error": "out\u{1B}[31m of memory"], retryAfter: "0")
            case "/302": .status(302, [:], retryAfter: nil)
            default: .text(String(repeating: "x", count: 1_001))
            }
        }
        try await server.run { url in
            for (path, sentence) in [
                ("/500", "answered 500: out"), ("/302", "redirects are not followed"),
                ("/long", "more than 1000 bytes"),
            ] {
                let error = await #expect(throws: EndpointError.self) {
                    try await PipelineClient.with(endpoint(url + path)) { try await $0.ask([:]) }
                }
                #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
                #expect(error?.message.contains("\u{1B}") == false)
            }
        }
        #expect(server.requests.count == 3)
    }

    @Test func `a header is not sent where others can read it, and an address must be one`() async throws {
        var open = endpoint("http://example.com/ask")
        open.headers = ["Authorization": try #require(Secret("Bearer abc"))]
        for endpoint in [open, endpoint("ftp://example.com"), endpoint("http://")] {
            let error = await #expect(throws: EndpointError.self) {
                try await PipelineClient.with(endpoint) { try await $0.ask([:]) }
            }
            #expect(error?.code == .settings)
            #expect(error?.message.contains("abc") == false)
        }
    }

    @Test func `where nobody listens, that is said`() async throws {
        let error = await #expect(throws: EndpointError.self) {
            try await PipelineClient.with(endpoint("http://127.0.0.1:1/ask")) { try await $0.ask([:]) }
        }
        #expect(error?.message.contains("is the server running?") == true)
    }

    @Test func `a server that does not answer in time is given up`() async throws {
        let (never, end) = AsyncStream.makeStream(of: Void.self)
        let server = LoopbackModel(
            waiting: { _ = await never.first { _ in true } }, answer: { _, _ in .json([:]) })
        try await server.run { url in
            let error = await #expect(throws: EndpointError.self) {
                try await PipelineClient.with(endpoint(url, seconds: 0.2)) { try await $0.ask([:]) }
            }
            #expect(error?.message.contains("did not answer within 0.2 s") == true, "\(error?.message ?? "")")
            end.finish()
        }
    }
}
