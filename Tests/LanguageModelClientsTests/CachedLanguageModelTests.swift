import Base
import LanguageModelClients
import LanguageModels
import Storage
import TestSupport
import Testing

@Suite struct CachedLanguageModelTests {
    static let model = RecordedModel(family: "chat", model: "fake-1")
    static let question = LanguageModelRequest(messages: [.system("Be brief."), .user("Why?")], temperature: 1)

    /// A cache in a folder of its own.
    private static func with(
        _ body: (_ store: ResponseStore, _ diagnostics: DiagnosticCollector) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { folder async throws in
            let diagnostics = DiagnosticCollector()
            try await body(ResponseStore(path: "\(folder)/a/responses.db", diagnostics: diagnostics), diagnostics)
            #expect(diagnostics.all.isEmpty)
        }
    }

    @Test func `A stream is replayed in the pieces in which it came, and as a whole`() async throws {
        try await Self.with { store, _ async throws in
            let base = FakeModel()
            let seen = try await CachedLanguageModel(base, as: Self.model, in: store).events(Self.question)
            #expect(seen.count == 3)
            let other = CachedLanguageModel(base, as: Self.model, in: store)
            #expect(try await other.events(Self.question) == seen)
            #expect(.completed(try await other.respond(to: Self.question)) == seen.last)
            #expect(base.asked == 1)
        }
    }

    @Test func `A whole answer is replayed as a stream of its parts`() async throws {
        try await Self.with { store, _ async throws in
            let base = FakeModel()
            let cached = CachedLanguageModel(base, as: Self.model, in: store)
            let whole = try await cached.respond(to: Self.question)
            #expect(try await cached.events(Self.question) == [.text("answer 1"), .completed(whole)])
            #expect(base.asked == 1)
        }
    }

    @Test func `A stream of all kinds of pieces is replayed as it was`() async throws {
        try await Self.with { store, _ async throws in
            let events: [LanguageModelEvent] =
                [
                    .reasoning("Hm"), .reasoning("…\n"), .text(""), .text("a \u{0}\r\n\"☀️"), .text("b"), .refusal("No"),
                    .toolCall(index: 0, id: "c 0", name: "f"), .toolCallArguments(index: 0, fragment: "{"),
                    .toolCallArguments(index: 0, fragment: "}"), .toolCall(index: 1, id: "", name: "call 1"),
                    .toolCall(index: 2, id: "x", name: "g"), .toolCallArguments(index: 1, fragment: "text"),
                    .toolCallArguments(index: 2, fragment: ""), .text("end"),
                ] + FakeModel.events(["whole"]).suffix(1)
            let cached = CachedLanguageModel(FakeModel { _, _ in events }, as: Self.model, in: store)
            #expect(try await cached.events(Self.question) == events)
            #expect(try await cached.events(Self.question) == events)
            #expect(try await cached.text(Self.question) == "whole")
            let copy = ResponseStore(path: store.path + ".copy", diagnostics: DiagnosticCollector())
            try await Recording(parsing: await Recording(of: store).text, file: "f").keep(in: copy)
            let replayed = CachedLanguageModel(FakeModel(), as: Self.model, in: copy, mode: .replayOnly)
            #expect(try await replayed.events(Self.question) == events)
        }
    }

    @Test func `Each bucket is a sample that stays what it is`() async throws {
        try await Self.with { store, _ async throws in
            let cached = CachedLanguageModel(FakeModel(), as: Self.model, in: store)
            for _ in 0..<2 {
                var texts: [String] = []
                for bucket in 0..<3 { texts.append(try await cached.sample(bucket).text(Self.question)) }
                #expect(texts == ["answer 1", "answer 2", "answer 3"])
            }
        }
    }

    @Test func `Another model, protocol, setting, seed or request is another answer`() async throws {
        try await Self.with { store, _ async throws in
            let base = FakeModel()
            var seeded = Self.question
            seeded.seed = 1
            let others = [
                Self.model, RecordedModel(family: "anthropic", model: "fake-1"),
                RecordedModel(family: "chat", model: "fake-2"),
                RecordedModel(family: "chat", model: "fake-1", settings: ContentHash(of: "x")),
            ]
            for model in others {
                _ = try await CachedLanguageModel(base, as: model, in: store).respond(to: Self.question)
            }
            _ = try await CachedLanguageModel(base, as: Self.model, in: store).respond(to: seeded)
            #expect(base.asked == 5)
        }
    }

    @Test func `An endpoint's address is no part of the key, and its secrets are not written down`() {
        func model(_ url: String, _ extra: [String: JSONValue] = [:]) -> RecordedModel {
            RecordedModel(
                LanguageModelEndpoint(
                    api: .chatCompletions(.llamaServer), url: url, model: "m", key: Secret("k"), extraFields: extra))
        }
        #expect(model("http://127.0.0.1:1/v1") == model("http://127.0.0.1:2/v1"))
        #expect(model("http://a") == RecordedModel(family: "chat", model: "m"))
        #expect(model("http://a", ["password": "p"]) != model("http://a"))
        #expect(!"\(model("http://a", ["password": "p"]))".contains("\"p\""))
    }

    @Test func `Modes: off neither reads nor writes, record asks always`() async throws {
        try await Self.with { store, _ async throws in
            let base = FakeModel()
            func cached(_ mode: RecordingMode) -> CachedLanguageModel {
                CachedLanguageModel(base, as: Self.model, in: store, mode: mode)
            }
            #expect(try await cached(.off).text(Self.question) == "answer 1")
            #expect(try await cached(.off).events(Self.question).count == 3)
            #expect(try await cached(.use).text(Self.question) == "answer 3")
            #expect(try await cached(.record).text(Self.question) == "answer 4")
            #expect(try await cached(.use).text(Self.question) == "answer 4")
            #expect(try await cached(.replayOnly).text(Self.question) == "answer 4")
        }
    }

    @Test func `What fails or breaks off is not kept`() async throws {
        try await Self.with { store, _ async throws in
            let base = FakeModel { _, number in
                if number == 1 { throw LanguageModelError(.rateLimited, "Slower, please.") }
                return number == 2 ? [.text("half an")] : FakeModel.events(["whole"])
            }
            let cached = CachedLanguageModel(base, as: Self.model, in: store)
            await #expect(throws: LanguageModelError.self) { try await cached.respond(to: Self.question) }
            await #expect(throws: LanguageModelError.self) { try await cached.events(Self.question) }
            #expect(await store.responses().isEmpty)
            #expect(try await cached.text(Self.question) == "whole")
            #expect(await store.responses().count == 1)
        }
    }

    @Test(.timeLimit(.minutes(5))) func `Equal requests at the same time are asked once`() async throws {
        try await Self.with { store, _ async throws in
            let (gate, open) = AsyncStream.makeStream(of: Void.self)
            let base = FakeModel { _, number in
                _ = await gate.first { _ in true }
                return FakeModel.events(["answer", " \(number)"])
            }
            let hits = Collected<String>()
            let (joined, join) = AsyncStream.makeStream(of: Void.self)
            // Every task asks for the time when it begins; 20 beginnings open the gate.
            let time = TimeSource(
                now: { TimeSource.system.now() },
                nanoseconds: {
                    join.yield()
                    return 0
                })
            let cached = CachedLanguageModel(base, as: Self.model, in: store, time: time) { _, response, _ in
                hits.add(response.message.text)
            }
            try await withThrowingTaskGroup(of: String.self) { group in
                for index in 0..<20 {
                    group.addTask {
                        if index.isMultiple(of: 2) { return try await cached.text(Self.question) }
                        return try await cached.events(Self.question).dropLast().reduce(into: "") {
                            if case .text(let text) = $1 { $0 += text }
                        }
                    }
                }
                var begun = joined.makeAsyncIterator()
                for _ in 0..<20 { await begun.next() }
                open.yield()
                for try await text in group { #expect(text == "answer 1") }
            }
            #expect(base.asked == 1)
            #expect(hits.all == Array(repeating: "answer 1", count: 19))
        }
    }

    @Test(.timeLimit(.minutes(5))) func `The last one who leaves ends the answer`() async throws {
        try await Self.with { store, _ async throws in
            let (begun, begin) = AsyncStream.makeStream(of: Void.self)
            let (ended, end) = AsyncStream.makeStream(of: Void.self)
            let base = FakeModel { _, _ in
                begin.yield()
                // It never answers; a cancelled task leaves the loop.
                for await _ in AsyncStream<Void>.makeStream().stream {}
                end.yield()
                throw CancellationError()
            }
            let cached = CachedLanguageModel(base, as: Self.model, in: store)
            let tasks = (0..<3).map { _ in Task { try await cached.respond(to: Self.question) } }
            _ = await begun.first { _ in true }
            for task in tasks {
                task.cancel()
                await #expect(throws: CancellationError.self) { try await task.value }
            }
            _ = await ended.first { _ in true }
            #expect(await store.responses().isEmpty)
        }
    }

    @Test func `A recording that cannot be read is asked anew`() async throws {
        try await Self.with { store, _ async throws in
            let base = FakeModel()
            let cached = CachedLanguageModel(base, as: Self.model, in: store)
            _ = try await cached.respond(to: Self.question)
            let kept = try #require(await store.responses().first)
            for damage in ["", "[]", "{", "{}\n[\"text\",\"a\"]"] {
                await store.keep(StoredResponse(request: kept.request, answer: damage))
                let asked = base.asked
                _ = try await cached.respond(to: Self.question)
                #expect(base.asked == asked + 1)
            }
            for damage in ["[]", "[1]", "{}", #"["text"#, #"["word","a"]"#, #"["call 0","a"]"#, #"["call x","a","b"]"#]
            {
                await store.keep(StoredResponse(request: kept.request, answer: kept.answer + "\n" + damage))
                let asked = base.asked
                _ = try await cached.events(Self.question)
                #expect(base.asked == asked + 1)
            }
        }
    }

    @Test(arguments: LanguageModelClientConformanceTests.clients)
    func `Every client holds to the suite also behind a cache, recorded and replayed`(
        client: LanguageModelClientConformanceTests.Client
    ) async throws {
        try await Self.with { store, _ async throws in
            let script = ScriptedModel(counts: true)
            let server = LoopbackModel { request, _ in client.reply(script, request) }
            try await server.run { url in
                let endpoint = LanguageModelEndpoint(api: client.api, url: url, model: "scripted")
                try await EndpointLanguageModel.with(endpoint) { model async throws in
                    let cached = CachedLanguageModel(model, as: RecordedModel(endpoint), in: store)
                    #expect(try await LanguageModelConformance(cached).violations() == [])
                    let replayed = CachedLanguageModel(
                        model, as: RecordedModel(endpoint), in: store, mode: .replayOnly)
                    #expect(try await LanguageModelConformance(replayed).violations() == [])
                }
            }
        }
    }
}
