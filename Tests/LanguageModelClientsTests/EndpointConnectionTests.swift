import Base
import LanguageModelClients
import LanguageModels
import TestSupport
import Testing

/// Certificates, headers and connections.
@Suite struct EndpointConnectionTests {
    private static let request = LanguageModelRequest(messages: [.user("Hi")])

    private static func words(_ model: EndpointLanguageModel) async throws -> [String] {
        var texts = [try await model.respond(to: request).message.text]
        for try await event in model.stream(request) {
            if case .completed(let response) = event { texts.append(response.message.text) }
        }
        return texts
    }

    @Test func `A server whose authority is named is trusted, and no other`() async throws {
        try await TestCertificates.with { certificates async throws in
            let script = ScriptedModel(counts: true)
            let server = LoopbackModel(tls: try certificates.server()) { request, _ in script.chatCompletion(request) }
            try await server.run { url in
                let ask = { @Sendable (authority: String?) in
                    let endpoint = LanguageModelEndpoint(
                        api: .chatCompletions(.vLLM), url: url, key: Secret("k"), certificateAuthority: authority)
                    return try await EndpointLanguageModel.with(endpoint) { try await Self.words($0) }
                }
                let answers = try await ask(certificates.authority)
                #expect(answers == ["The sky is blue.", "The sky is blue."])
                for (authority, sentence) in [
                    (nil, "is not signed by an authority that this machine trusts"),
                    (certificates.otherAuthority, "signed neither by the authority in \(certificates.otherAuthority)"),
                    (certificates.noCertificate, "holds no certificate in PEM"),
                    ("/nowhere/ca.pem", "/nowhere/ca.pem is not there"),
                ] as [(String?, String)] {
                    let error = await #expect(throws: LanguageModelError.self) { _ = try await ask(authority) }
                    #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
                }
            }
            #expect(server.requests.count == 2)
        }
    }

    @Test(arguments: LanguageModelClientConformanceTests.clients)
    func `Streams and whole answers share a connection`(client: LanguageModelClientConformanceTests.Client) async throws
    {
        let script = ScriptedModel(counts: true)
        let server = LoopbackModel { request, _ in client.reply(script, request) }
        try await server.run { url in
            let endpoint = LanguageModelEndpoint(api: client.api, url: url, model: "m", key: Secret("k"))
            try await EndpointLanguageModel.with(endpoint) { model in
                for _ in 0..<3 { _ = try await Self.words(model) }
            }
        }
        #expect(server.requests.count == 6)
        #expect(server.connections == 1)
    }

    @Test(.timeLimit(.minutes(5)))
    func `A server that leaves its stream open behind the answer is not waited for`() async throws {
        let pieces = ["data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n", "data: [DONE]\n\n"]
        let server = LoopbackModel { _, _ in .held(pieces) }
        try await server.run { url in
            try await EndpointLanguageModel.with(
                LanguageModelEndpoint(api: .chatCompletions(.vLLM), url: url, concurrentRequests: 1)
            ) { model in
                for _ in 0..<2 {
                    for try await _ in model.stream(Self.request) {}
                }
                for try await event in model.stream(Self.request) {
                    if case .completed = event { break }
                }
                // A server must not be stopped while it still speaks.
                var closings = server.closings.makeAsyncIterator()
                for _ in 0..<3 { await closings.next() }
            }
        }
        #expect(server.requests.count == 3)
    }

    @Test(arguments: [LanguageModelEndpoint.API.chatCompletions(.openAI), .responses, .anthropicMessages])
    func `Headers of one's own reach the server, and come before those of the protocol`(
        api: LanguageModelEndpoint.API
    ) async throws {
        let server = LoopbackModel { _, _ in .status(400, [:], retryAfter: nil) }
        try await server.run { url in
            let endpoint = LanguageModelEndpoint(
                api: api, url: url, key: Secret("key"),
                headers: [
                    "x-project": try #require(Secret("p-1")), "authorization": try #require(Secret("Basic own")),
                ])
            _ = await #expect(throws: LanguageModelError.self) {
                try await EndpointLanguageModel.with(endpoint) { try await Self.words($0) }
            }
            _ = await #expect(throws: LanguageModelError.self) {
                try await EndpointLanguageModel.with(endpoint) { model in
                    for try await _ in model.stream(Self.request) {}
                }
            }
        }
        #expect(server.requests.count == 2)
        for request in server.requests {
            #expect(request.headers["x-project"] == "p-1" && request.authorization == "Basic own")
        }
    }
}
