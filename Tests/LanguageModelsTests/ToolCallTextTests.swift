import Base
import LanguageModels
import TestSupport
import Testing

@Suite struct ToolCallTextTests {
    @Test(arguments: WrittenCallTexts.families.map(\.family))
    func `Calls are found in the texts of a family`(family: String) throws {
        let texts = WrittenCallTexts.families.first { $0.family == family }?.texts ?? []
        let shown = texts.map { name, text in
            let pieces = ToolCallText.pieces(of: text, tools: WrittenCallTexts.tools).map(Self.line)
            return "== \(name)\n\(text)\n--\n\(pieces.joined(separator: "\n"))\n"
        }
        let golden = GoldenFile("tool-calls/\(family).txt", beside: #filePath)
        if let difference = try golden.difference(from: shown.joined(separator: "\n")) { Issue.record("\(difference)") }
    }

    @Test func `A fence of a shell is a call where the model was told so, and no other call stands in the answer`()
        throws
    {
        let shown = WrittenCallTexts.fences.map { name, text in
            let pieces = ToolCallText.pieces(of: text, tools: [WrittenCallTexts.shell], takesCommands: true)
            #expect(
                !ToolCallText.pieces(of: text, tools: [WrittenCallTexts.shell]).contains {
                    if case .call(_, let arguments) = $0 { arguments["command"] != "pwd" } else { false }
                })
            return "== \(name)\n\(text)\n--\n\(pieces.map(Self.line).joined(separator: "\n"))\n"
        }
        let golden = GoldenFile("tool-calls/fences.txt", beside: #filePath)
        if let difference = try golden.difference(from: shown.joined(separator: "\n")) { Issue.record("\(difference)") }
    }

    @Test func `A name with dots means the tool whose name has underscores there`() {
        func tool(_ name: String) -> ToolDefinition { ToolDefinition(name: name, description: "", parameters: [:]) }
        let text = "```json\n{\"name\": \"staff.find\", \"arguments\": {\"id\": 5}}\n```"
        #expect(
            ToolCallText.pieces(of: text, tools: [tool("staff_find")]) == [
                .call(name: "staff_find", arguments: ["id": 5])
            ])
        #expect(
            ToolCallText.pieces(of: text, tools: [tool("staff_find"), tool("staff.find")])
                == [.call(name: "staff.find", arguments: ["id": 5])])
        #expect(ToolCallText.pieces(of: text, tools: [tool("staff")]) == [.text(text)])
    }

    @Test(arguments: [#"{"l": [1, 2}"#, #"{"l": {"a": 1]}"#, #"{{"l": 1}"#, #"{"l": [1"#])
    func `Arguments whose brackets do not match are no call with null in their place`(arguments: String) {
        let tool = ToolDefinition(name: "f", description: "", parameters: [:])
        let text = #"{"name": "f", "arguments": \#(arguments)}"#
        #expect(ToolCallText.pieces(of: text, tools: [tool]) == [.text(text)])
    }

    private static func line(_ piece: ToolCallText.Piece) -> String {
        switch piece {
        case .text(let text): "text  \(JSONValue.string(text).canonicalText)"
        case .call(let name, let arguments): "call  \(name) \(arguments.canonicalText)"
        }
    }

    /// Texts whose reading would take a time that grows with the square of their length, if each beginning of a call were
    /// read to the end.
    static let hostile: [(String, String)] = [
        ("<tool_call>", ""), ("<tool_call>{", ""), ("<tool_call>{\"a\":", ""), ("{\"name\":", ""), ("[", ""),
        ("<tool_call>[\"", ""), ("<tool_call>['\",\"", ""), ("<function=a><parameter=b>", ""), ("```\n{", ""),
        ("\n[weather(city=[", ""), ("\nweather(city=\"", ""), ("[TOOL_CALLS][[", ""), ("<|python_tag|>{'a':['", ""),
        (" ", "<tool_call>"), ("\n", "{"), ("`", ""), ("<", "tool_call>"), ("w", "eather("), ("1", "{\"name\":"),
        ("<tool_call>{\"name\":\"f\"}", ""), ("\\u", ""), ("{", ""), ("{{\"name\":", ""), ("```bash\nls\n", ""),
    ]

    @Test(.timeLimit(.minutes(5)), arguments: hostile.indices)
    func `Hostile texts take no time that grows with their square, in whole or in pieces`(index: Int) async throws {
        let (part, end) = Self.hostile[index]
        let text = String(repeating: part, count: (1 << 15) / part.utf8.count) + end
        _ = ToolCallText.pieces(of: text, tools: WrittenCallTexts.tools)
        _ = ToolCallText.pieces(of: text, tools: [WrittenCallTexts.shell], takesCommands: true)
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
