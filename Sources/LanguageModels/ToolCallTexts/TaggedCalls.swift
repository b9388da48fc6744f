internal import Base

/// Calls between tags: `<tool_call>{"name": …}</tool_call>` (Hermes, Qwen, SmolLM), `<function=NAME>{…}</function>`
/// (Llama 3.1) and `<function=NAME><parameter=KEY>…</parameter></function>` (Qwen Coder).
enum TaggedCalls {
    private static let closings: [StaticString] = [
        "</tool_call>", "</function_call>", "<|/tool_call|>", "</function>",
    ]

    /// Behind `<tool_call>` or one of its kin.
    static func read(_ scanner: inout LooseScanner, _ reader: WrittenCallReader) -> [WrittenCall]? {
        var calls: [WrittenCall] = []
        scanner.skipSpace()
        let isFenced = scanner.skip("```json") || scanner.skip("```")
        while true {
            scanner.skipSpace()
            let start = scanner.position
            let more: [WrittenCall]?
            if scanner.skip("<function=") {
                more = function(&scanner, reader)
            } else if scanner.next == UInt8(ascii: "{") || scanner.next == UInt8(ascii: "[") {
                more = json(&scanner, reader)
            } else {
                more = nil
            }
            guard let more else {
                scanner.position = start
                break
            }
            calls += more
            scanner.skipSpace()
            _ = scanner.skip(",")
        }
        guard !calls.isEmpty else { return nil }
        if isFenced { _ = scanner.skip("```") }
        scanner.skipSpace()
        if closings.contains(where: { scanner.skip($0) }) { return calls }
        // Some close with the opening tag.
        let end = scanner.position
        if scanner.skip("<tool_call>") {
            scanner.skipSpace()
            if scanner.next == UInt8(ascii: "{") { scanner.position = end }
        }
        return calls
    }

    /// Behind `<function=`.
    static func function(_ scanner: inout LooseScanner, _ reader: WrittenCallReader) -> [WrittenCall]? {
        guard let name = scanner.text(before: ">", longest: 200), !name.isEmpty else { return nil }
        scanner.skipSpace()
        var arguments: [String: JSONValue] = [:]
        if scanner.next == UInt8(ascii: "{") {
            guard let members = scanner.value()?.object else { return nil }
            arguments = members
        } else {
            while scanner.skip("<parameter=") {
                guard let key = scanner.text(before: ">", longest: 200),
                    let text = scanner.text(before: "</parameter>")
                else { return nil }
                arguments[key] = value(text, of: reader.tools[name]?.parameters["properties"]?[key])
                scanner.skipSpace()
            }
        }
        scanner.skipSpace()
        guard scanner.skip("</function>") else { return nil }
        return [WrittenCall(name: name, arguments: arguments)]
    }

    private static func json(_ scanner: inout LooseScanner, _ reader: WrittenCallReader) -> [WrittenCall]? {
        let start = scanner.position
        if let value = scanner.value() { return reader.calls(from: value, isMarked: true) }
        scanner.position = start
        return PythonCalls.read(&scanner, reader, isMarked: true)
    }

    /// A parameter between tags is text, unless the tool wants something else.
    private static func value(_ text: String, of schema: JSONValue?) -> JSONValue {
        var trimmed = text[...]
        if trimmed.first?.isNewline == true { trimmed.removeFirst() }
        if trimmed.last?.isNewline == true { trimmed.removeLast() }
        let isText = schema?["type"] == "string"
        var scanner = LooseScanner(isText ? [] : Array(trimmed.utf8))
        guard let value = scanner.value() else { return .string(String(trimmed)) }
        scanner.skipSpace()
        return scanner.next == nil ? value : .string(String(trimmed))
    }
}
