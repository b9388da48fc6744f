import LanguageModels
import TestSupport
import Testing

/// The suite finds what it is there for.
@Suite struct LanguageModelConformanceTests {
    /// A model that says the same to everything.
    private struct Parrot: LanguageModel {
        let identity = "parrot"
        var whole: LanguageModelResponse
        var events: [LanguageModelEvent]

        func respond(to request: LanguageModelRequest) async throws -> LanguageModelResponse { whole }

        func stream(_ request: LanguageModelRequest) -> LanguageModelStream {
            LanguageModelStream { [events] in Iterator(events: events[...]) }
        }

        struct Iterator: AsyncIteratorProtocol {
            var events: ArraySlice<LanguageModelEvent>
            mutating func next() async throws -> LanguageModelEvent? { events.popFirst() }
        }
    }

    private static func response(_ parts: AssistantMessage.Part..., tokens: Int = 1) -> LanguageModelResponse {
        LanguageModelResponse(
            message: AssistantMessage(parts: parts), stopReason: .stop,
            usage: TokenUsage(inputTokens: tokens, outputTokens: 1))
    }

    @Test(
        arguments: [
            ([], "does not end in the whole"),
            ([.text("b"), .completed(response(.text("a")))], "“b” in pieces, “a” as a whole"),
            ([.text("b"), .completed(response(.text("b")))], "as a stream, and"),
            ([.text("a"), .completed(response(.text("a"))), .completed(response(.text("a")))], "completes 2 times"),
            ([.toolCallArguments(index: 0, fragment: "{}"), .completed(response(.text("a")))], "before they begin"),
            ([.text("a"), .completed(response(.text("a"), tokens: 0))], "used nothing"),
            ([.text("a"), .completed(response(.text("a")))], "must be called is not"),
            ([.text("a"), .completed(response(.text("a")))], "cancelled task gets its stream"),
        ] as [([LanguageModelEvent], String)])
    func `A model that breaks a rule is found`(events: [LanguageModelEvent], sentence: String) async throws {
        let parrot = Parrot(whole: Self.response(.text("a")), events: events)
        let violations = try await LanguageModelConformance(parrot).violations()
        #expect(violations.contains { $0.contains(sentence) }, "\(violations)")
    }
}
