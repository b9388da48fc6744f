import Base
import LanguageModelClients
import LanguageModels
import Synchronization
import TestSupport
import Testing

/// Chat completions over a connection: what goes wrong between two machines.
@Suite struct EndpointLanguageModelTests {
    private static let request = LanguageModelRequest(messages: [.user("Hi")])
    private static let whole: JSONValue = [
        "choices": [["message": ["content": "Hello"], "finish_reason": "stop"]],
        "usage": ["prompt_tokens": 3, "completion_tokens": 1],
    ]

    private static func event(_ delta: JSONValue, finish: JSONValue = nil) -> String {
        let chunk: JSONValue = ["choices": [["index": 0, "delta": delta, "finish_reason": finish]]]
        return "data: \(chunk.canonicalText)\n\n"
    }

    private static let stream = [
        ": processing\n\n", event(["content": "Hel"]), event(["content": "lo"]), event([:], finish: "stop"),
        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}\n\n", "data: [DONE]\n\n",
    ]

    private static func with<Result: Sendable>(
        _ url: String, key: String = "", attempts: Int = 3, pauses: Collected<Double> = Collected(),
        concurrentRequests: Int = 8, seconds: Int64 = 300, bytes: Int = 1 << 20,
        _ body: @Sendable (EndpointLanguageModel) async throws -> Result
    ) async throws -> Result {
        let endpoint = LanguageModelEndpoint(
            api: .chatCompletions(.vLLM), url: url + "/v1/", model: "tiny", key: Secret(key),
            headers: key.isEmpty ? [:] : ["x-project": try #require(Secret("p-1"))],
            concurrentRequests: concurrentRequests, attempts: attempts, timeLimitSeconds: seconds, replyBytes: bytes)
        return try await EndpointLanguageModel.with(endpoint, pause: { pauses.add($0) }, jitter: { 0 }, body)
    }

    private static func events(_ model: EndpointLanguageModel) async throws -> [LanguageModelEvent] {
        var events: [LanguageModelEvent] = []
        for try await event in model.stream(request) { events.append(event) }
        return events
    }

    @Test func `A stream and a whole answer say the same, with key and headers`() async throws {
        let server = LoopbackModel { request, _ in
            request.body["stream"] == true ? .stream(Self.stream) : .json(Self.whole)
        }
        try await server.run { url in
            try await Self.with(url, key: "sk-secret") { model in
                let whole = try await model.respond(to: Self.request)
                #expect(whole.message.text == "Hello" && whole.stopReason == .stop && !whole.usage.isEstimated)
                #expect(try await Self.events(model) == [.text("Hel"), .text("lo"), .completed(whole)])
                #expect(model.identity == "chat:\(url)/v1/tiny")
            }
        }
        #expect(server.requests.map(\.path) == ["/v1/chat/completions", "/v1/chat/completions"])
        #expect(server.requests.allSatisfy { $0.authorization == "Bearer sk-secret" })
        #expect(server.requests.allSatisfy { $0.headers["x-project"] == "p-1" })
    }

    @Test func `A server that cannot stream is understood`() async throws {
        let server = LoopbackModel { _, _ in .json(Self.whole) }
        try await server.run { url in
            let events = try await Self.with(url) { try await Self.events($0) }
            #expect(events.count == 2 && events.first == .text("Hello"))
        }
    }

    @Test(arguments: [
        (
            LoopbackModel.Reply.status(401, ["error": ["message": "bad key sk-secret"]], retryAfter: nil),
            LanguageModelError.Code.authentication, "bad key •••; the key is missing or wrong"
        ),
        (.status(404, ["error": "no such model"], retryAfter: nil), .modelNotFound, "is the model there"),
        (.status(429, ["error": ["message": "slow down"]], retryAfter: "1"), .rateLimited, "slow down"),
        (
            .status(429, ["error": ["message": "pay", "code": "insufficient_quota"]], retryAfter: nil), .rateLimited,
            "has nothing left"
        ),
        (
            .status(400, ["error": ["message": "long", "code": "context_length_exceeded"]], retryAfter: nil),
            .contextTooLong, "long"
        ),
        (
            .status(
                400,
                [
                    "error": [
                        "message": "too much", "type": "exceed_context_size_error", "n_prompt_tokens": 900,
                        "n_ctx": 512,
                    ]
                ], retryAfter: nil), .contextTooLong, "900 tokens, 388 more than the 512"
        ),
        (.status(400, ["error": ["message": "bad schema"]], retryAfter: nil), .refused, "answered 400: bad schema"),
        (.status(503, ["error": ["message": "loading"]], retryAfter: nil), .unreachable, "loading"),
        (.page("<!DOCTYPE html><title>Welcome</title>"), .answer, "web page"),
        (.json(["choices": []]), .answer, "no chat completion"),
        (.json([1]), .answer, "no chat completion"),
        (.json(["error": ["message": "no memory", "code": 502]]), .unreachable, "no memory"),
        (
            .json(["choices": [["message": ["content": .string(String(repeating: "x", count: 1 << 20))]]]]), .answer,
            "1 MB"
        ),
    ])
    func `What is no answer is a sentence that names the endpoint, streaming or not`(
        reply: LoopbackModel.Reply, code: LanguageModelError.Code, sentence: String
    ) async throws {
        let server = LoopbackModel { _, _ in reply }
        try await server.run { url in
            try await Self.with(url, key: "sk-secret") { model in
                let whole = await #expect(throws: LanguageModelError.self) {
                    _ = try await model.respond(to: Self.request)
                }
                let streamed = await #expect(throws: LanguageModelError.self) { _ = try await Self.events(model) }
                for error in [whole, streamed] {
                    #expect(error?.code == code)
                    #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
                    #expect(error?.message.contains(url) == true)
                    #expect(error.map { "\($0)".contains("sk-secret") } == false)
                }
            }
        }
    }

    @Test(arguments: [
        (LoopbackModel.Reply.stream(["data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n"]), "broke off"),
        (.stream([]), "broke off"),
        (.cut([]), "broke off"),
        (.stream(["data: hello\n\n"]), "no JSON object: hello"),
        (.stream(["data: {\"error\":{\"message\":\"no\\u001bmemory sk-secret\"}}\n\n"]), "no memory •••"),
        (.stream([String(repeating: "x", count: 1 << 20), "yy"]), "1 MB"),
        (.stream([String(repeating: ": comment\n\n", count: 100_000)]), "1 MB"),
    ])
    func `A stream that goes wrong is a sentence`(reply: LoopbackModel.Reply, sentence: String) async throws {
        let server = LoopbackModel { _, _ in reply }
        try await server.run { url in
            let error = await #expect(throws: LanguageModelError.self) {
                try await Self.with(url, key: "sk-secret") { _ = try await Self.events($0) }
            }
            #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
            #expect(error?.message.contains("sk-secret") == false)
        }
    }

    @Test func `A stream that breaks before its first word is asked for again, later ones are interrupted`()
        async throws
    {
        let server = LoopbackModel { _, earlier in
            switch earlier {
            case 0: .cut([": soon\n\n"])
            case 1: .status(409, [:], retryAfter: nil)
            default: .stream(Self.stream)
            }
        }
        let pauses = Collected<Double>()
        try await server.run { url in
            let events = try await Self.with(url, pauses: pauses) { try await Self.events($0) }
            #expect(events.count == 3)
        }
        #expect(pauses.all == [0.5, 1])
        let breaking = LoopbackModel { _, _ in .cut([Self.event(["content": "Hel"])]) }
        try await breaking.run { url in
            let heard = Collected<LanguageModelEvent>()
            let error = await #expect(throws: LanguageModelError.self) {
                try await Self.with(url) { model in
                    for try await event in model.stream(Self.request) { heard.add(event) }
                }
            }
            #expect(heard.all == [.text("Hel")])
            #expect(error?.code == .interrupted)
            let words = "broke off in the middle of its answer; a part of the answer had come already, so ask again."
            #expect(error?.message.hasSuffix(words) == true, "\(error?.message ?? "")")
        }
        #expect(breaking.requests.count == 1)
    }

    @Test(.timeLimit(.minutes(5)))
    func `Cancelling, or leaving the loop, closes the connection before the server says more`() async throws {
        let server = LoopbackModel { _, _ in .held([Self.event(["content": "Hel"])]) }
        try await server.run { url in
            try await Self.with(url, concurrentRequests: 1) { model in
                var closings = server.closings.makeAsyncIterator()
                let (begun, begin) = AsyncStream.makeStream(of: Void.self)
                let task = Task {
                    for try await _ in model.stream(Self.request) { begin.yield() }
                }
                _ = await begun.first { _ in true }
                task.cancel()
                await #expect(throws: CancellationError.self) { try await task.value }
                await closings.next()
                // The permit is free again, or this would wait for ever.
                for try await event in model.stream(Self.request) where event == .text("Hel") { break }
                await closings.next()
            }
        }
        #expect(server.requests.count == 2)
    }

    @Test func `No more requests are under way than the endpoint allows`() async throws {
        let now = Mutex((under: 0, most: 0))
        let server = LoopbackModel(
            waiting: {
                now.withLock {
                    $0.under += 1
                    $0.most = max($0.most, $0.under)
                }
                for _ in 0..<20 { await Task.yield() }
                now.withLock { $0.under -= 1 }
            }, answer: { _, _ in .json(Self.whole) })
        try await server.run { url in
            try await Self.with(url, concurrentRequests: 2) { model in
                try await withThrowingTaskGroup { group in
                    for _ in 0..<20 { group.addTask { _ = try await model.respond(to: Self.request) } }
                    try await group.waitForAll()
                }
            }
        }
        #expect(server.requests.count == 20)
        #expect(now.withLock { $0.most } <= 2)
    }

    @Test func `An answer that takes too long is given up and not asked for again`() async throws {
        let (never, end) = AsyncStream.makeStream(of: Void.self)
        let server = LoopbackModel(
            waiting: { _ = await never.first { _ in true } }, answer: { _, _ in .json(Self.whole) })
        try await server.run { url in
            let error = await #expect(throws: LanguageModelError.self) {
                try await Self.with(url, seconds: 1) { _ = try await $0.respond(to: Self.request) }
            }
            #expect(error?.message.contains("within 1 s") == true)
            #expect(server.requests.count == 1)
            end.finish()
        }
    }

    @Test func `Nobody at the address, and an address that must not see the key, are sentences`() async throws {
        let nobody = await #expect(throws: LanguageModelError.self) {
            try await Self.with("http://127.0.0.1:1") { _ = try await Self.events($0) }
        }
        #expect(nobody?.code == .unreachable && nobody?.message.contains("is the server running?") == true)
        for (url, key) in [("http://models.example", "sk-secret"), ("ftp://models.example", ""), ("nonsense", "")] {
            let error = await #expect(throws: LanguageModelError.self) {
                try await Self.with(url, key: key) { _ = try await Self.events($0) }
            }
            #expect(error?.code == .request && error?.message.contains("sk-secret") == false)
        }
    }

    @Test func `Anthropic's key and version go into its headers, whether or not the address ends in v1`() async throws {
        let server = LoopbackModel { _, _ in
            .json(["content": [["type": "text", "text": "Hello"]], "stop_reason": "end_turn"])
        }
        try await server.run { url in
            for path in ["", "/v1"] {
                let endpoint = LanguageModelEndpoint(
                    api: .anthropicMessages, url: url + path, model: "tiny", key: Secret("sk-secret"))
                try await EndpointLanguageModel.with(endpoint) { model in
                    let response = try await model.respond(to: Self.request)
                    #expect(response.message.text == "Hello")
                }
            }
        }
        for request in server.requests {
            #expect(request.path == "/v1/messages" && request.authorization == nil)
            #expect(request.headers["x-api-key"] == "sk-secret")
            #expect(request.headers["anthropic-version"] == "2023-06-01")
        }
    }
}
