import Base
import LanguageModels
import Testing

@Suite struct TokenEstimateTests {
    @Test func `Four bytes are a token, and a message has a frame`() {
        #expect(TokenEstimate.tokens(in: "") == 0)
        #expect(TokenEstimate.tokens(in: "four") == 1)
        #expect(TokenEstimate.tokens(in: "fiver") == 2)
        let request = LanguageModelRequest(messages: [.system("four"), .user("eight ch")])
        #expect(TokenEstimate.inputTokens(of: request) == 3 + 1 + 3 + 2)
    }

    @Test func `Pictures, tools and results of tools count`() {
        let request = LanguageModelRequest(
            messages: [
                .user([.image(.url("https://example.com/a.png"))]),
                .tool(ToolResult(callID: "1", content: [.text("four")])),
            ],
            tools: [ToolDefinition(name: "ab", description: "cd", parameters: [:])])
        #expect(TokenEstimate.inputTokens(of: request) == 3 + TokenEstimate.imageTokens + 3 + 1 + 1 + 1)
        let answer = AssistantMessage(parts: [
            .text("four"), .reasoning(Reasoning(text: "four")),
            .toolCall(ToolCall(id: "1", name: "four", arguments: "")),
        ])
        #expect(TokenEstimate.outputTokens(of: answer) == 4)
    }
}
