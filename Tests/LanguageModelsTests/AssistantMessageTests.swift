import LanguageModels
import Testing

@Suite struct AssistantMessageTests {
    @Test func `Parts of a kind are found in their order`() {
        let calls = ["1", "2"].map { ToolCall(id: $0, name: "f", arguments: "") }
        let message = AssistantMessage(parts: [
            .reasoning(Reasoning(text: "Hm")), .text("a"), .toolCall(calls[0]), .reasoning(Reasoning(text: "m")),
            .text("b"), .toolCall(calls[1]),
        ])
        #expect(message.text == "ab")
        #expect(message.reasoning == "Hmm")
        #expect(message.toolCalls == calls)
        #expect(message.refusal == nil)
        #expect(AssistantMessage(parts: [.refusal("No"), .refusal(".")]).refusal == "No.")
    }
}
