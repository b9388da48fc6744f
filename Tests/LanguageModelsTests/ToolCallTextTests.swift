import Base
import LanguageModels
import TestSupport
import Testing

@Suite struct ToolCallTextTests {
    @Test(arguments: WrittenCallTexts.families.map(\.family))
    func `Calls are found in the texts of a family`(family: String) throws {
        let texts = WrittenCallTexts.families.first { $0.family == family }?.texts ?? []
        let shown = texts.map { name, text in
            let pieces = ToolCallText.pieces(of: text, tools: WrittenCallTexts.tools).map { piece in
                switch piece {
                case .text(let text): "text  \(JSONValue.string(text).canonicalText)"
                case .call(let name, let arguments): "call  \(name) \(arguments.canonicalText)"
                }
            }
            return "== \(name)\n\(text)\n--\n\(pieces.joined(separator: "\n"))\n"
        }
        let golden = GoldenFile("tool-calls/\(family).txt", beside: #filePath)
        if let difference = try golden.difference(from: shown.joined(separator: "\n")) { Issue.record("\(difference)") }
    }

    /// Texts whose reading would take a time that grows with the square of their length, if each beginning of a call were
    /// read to the end.
    static let hostile: [(String, String)] = [
        ("<tool_call>", ""), ("<tool_call>{", ""), ("<tool_call>{\"a\":", ""), ("{\"name\":", ""), ("[", ""),
        ("<tool_call>[\"", ""), ("<tool_call>['\",\"", ""), ("<function=a><parameter=b>", ""), ("```\n{", ""),
        ("\n[weather(city=[", ""), ("\nweather(city=\"", ""), ("[TOOL_CALLS][[", ""), ("<|python_tag|>{'a':['", ""),
        (" ", "<tool_call>"), ("\n", "{"), ("`", ""), ("<", "tool_call>"), ("w", "eather("), ("1", "{\"name\":"),
        ("<tool_call>{\"name\":\"f\"}", ""), ("\\u", ""),
    ]

    @Test(.timeLimit(.minutes(5)), arguments: hostile.indices)
    func `Hostile texts take no time that grows with their square, in whole or in pieces`(index: Int) async throws {
        let (part, end) = Self.hostile[index]
        let text = String(repeating: part, count: (1 << 15) / part.utf8.count) + end
        _ = ToolCallText.pieces(of: text, tools: WrittenCallTexts.tools)
        let model = ToolTextModel(FixedModel(text, pieceLength: 4))
        var heard = ""
        for try await event in model.stream(FixedModel.request) {
            if case .text(let more) = event { heard += more }
            if case .completed(let response) = event { #expect(response.message.text == heard) }
        }
    }

    @Test func `What is longer than a megabyte, or nested deeper than 64 levels, is left as it is`() {
        let call = "<tool_call>{\"name\": \"weather\", \"arguments\": {}}</tool_call>"
        let long = call + String(repeating: " ", count: 1 << 20)
        #expect(ToolCallText.pieces(of: long, tools: []) == [.text(long)])
        let deep = { (levels: Int) in
            "<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": "
                + String(repeating: "[", count: levels) + String(repeating: "]", count: levels) + "}}"
        }
        #expect(ToolCallText.pieces(of: deep(60), tools: []) != [.text(deep(60))])
        #expect(ToolCallText.pieces(of: deep(70), tools: []) == [.text(deep(70))])
    }
}
