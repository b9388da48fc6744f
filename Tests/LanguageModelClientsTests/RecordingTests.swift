import Base
import LanguageModelClients
import LanguageModels
import Storage
import TestSupport
import Testing

@Suite struct RecordingTests {
    static let model = RecordedModel(family: "chat", model: "fake-1")

    private static func question(_ text: String) -> LanguageModelRequest {
        LanguageModelRequest(messages: [.system("Be brief."), .user(text)], maxOutputTokens: 20, temperature: 0)
    }

    private static func with(
        _ body: (_ store: ResponseStore, _ cached: (RecordingMode) -> CachedLanguageModel) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { folder async throws in
            let store = ResponseStore(path: "\(folder)/r.db", diagnostics: DiagnosticCollector())
            let base = FakeModel()
            try await body(store) { CachedLanguageModel(base, as: Self.model, in: store, mode: $0) }
        }
    }

    @Test func `A conversation is the same after it was written to a file and read`() async throws {
        var seen: [[LanguageModelEvent]] = []
        var text = ""
        try await Self.with { store, cached async throws in
            for word in ["Why?", "How \"so\"?\n☀️"] {
                seen.append(try await cached(.use).events(Self.question(word)))
            }
            text = await Recording(of: store).text
        }
        #expect(text.split(separator: "\n").count == 2)
        try await Self.with { store, cached async throws in
            let recording = try Recording(parsing: text + "\n \n", file: "conversation.jsonl")
            #expect(recording.count == 2)
            await recording.keep(in: store)
            #expect(await Recording(of: store).text == text)
            #expect(try await cached(.replayOnly).events(Self.question("Why?")) == seen[0])
            #expect(try await cached(.replayOnly).events(Self.question("How \"so\"?\n☀️")) == seen[1])
        }
    }

    @Test(arguments: ["{", "null", "{}", #"{"request":{}}"#, #"{"request":{},"events":[{"text":"a"}]}"#])
    func `A line that is no recorded answer is named`(line: String) {
        let error = #expect(throws: LanguageModelError.self) { try Recording(parsing: "\n\(line)\n", file: "c.jsonl") }
        #expect(error?.message.hasPrefix("c.jsonl:2 is no recorded answer.") == true)
    }

    @Test func `What is not recorded is an error that shows where the nearest request differs`() async throws {
        try await Self.with { store, cached async throws in
            func miss(_ request: LanguageModelRequest, bucket: Int = 0) async -> String {
                let model = cached(.replayOnly).sample(bucket)
                do {
                    return try await model.text(request)
                } catch {
                    #expect((error as? LanguageModelError)?.code == .notRecorded)
                    let streamed = await #expect(throws: LanguageModelError.self) { try await model.events(request) }
                    #expect(streamed?.message == sentence(for: error))
                    return sentence(for: error)
                }
            }
            #expect(await miss(Self.question("Why?")).contains("Nothing is recorded there. Ask it once without"))
            _ = try await cached(.use).respond(to: Self.question("Which colour has the sky on a clear day in June?"))
            _ = try await cached(.use).respond(to: LanguageModelRequest(messages: [.user("Other")]))

            let other = await miss(Self.question("Which colour has the sky on a clear day in July?"))
            #expect(
                other.contains(
                    """
                    differs first at `request.messages[1].content[0].text`: asked is …on a clear day in July?", recorded is \
                    …on a clear day in June?".
                    """))
            var longer = Self.question("Which colour has the sky on a clear day in June?")
            longer.maxOutputTokens = nil
            #expect(await miss(longer).contains("at `request.max_output_tokens`: asked is nothing, recorded is 20."))
            longer.maxOutputTokens = 20
            longer.messages.append(.user("x"))
            let turn = await miss(longer)
            #expect(
                turn.contains(
                    "at `request.messages[2]`: asked is {\"content\":[{\"text\":\"x\"}],\"role\":\"user\"}, recorded is nothing."
                ))
            let sample = await miss(Self.question("Which colour has the sky on a clear day in June?"), bucket: 3)
            #expect(sample.contains("at `bucket`: asked is 3, recorded is 0."))
        }
    }
}
