internal import Base

/// Calls as Python writes them: `weather(city="Rome")`, alone or in a list (Llama 4, Gemma, xLAM).
enum PythonCalls {
    /// A list of calls, or one or several that are not in a list.
    static func read(_ scanner: inout LooseScanner, _ reader: WrittenCallReader, isMarked: Bool) -> [WrittenCall]? {
        var calls: [WrittenCall] = []
        let isList = scanner.skip("[")
        var end = scanner.position
        while true {
            scanner.skipSpace()
            guard let call = call(&scanner, reader, isMarked: isMarked) else { break }
            calls.append(call)
            end = scanner.position
            scanner.skipSpace()
            guard scanner.skip(isList ? "," : ";") || !isList else { break }
        }
        scanner.position = end
        guard isList else { return isMarked || endsLine(scanner) ? calls.isEmpty ? nil : calls : nil }
        scanner.skipSpace()
        // A comma may stand behind the last one.
        if scanner.skip(",") { scanner.skipSpace() }
        return !calls.isEmpty && scanner.skip("]") ? calls : nil
    }

    /// Whether only blanks follow in the line: a sentence may begin with what looks like a call.
    private static func endsLine(_ scanner: LooseScanner) -> Bool {
        let next = scanner.bytes[scanner.position...].prefix(40).first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }
        return next == nil || next == 0x0A
    }

    private static func call(
        _ scanner: inout LooseScanner, _ reader: WrittenCallReader, isMarked: Bool
    ) -> WrittenCall? {
        guard var name = scanner.name() else { return nil }
        // Llama 3.1 calls the tools that it was trained on by a method, and others name the module.
        if name.hasSuffix(".call") { name.removeLast(5) }
        if reader.tools[name] == nil, let last = name.split(separator: ".").last, reader.tools[String(last)] != nil {
            name = String(last)
        }
        guard isMarked || reader.tools[name] != nil, scanner.skip("(") else { return nil }
        return arguments(&scanner, reader.tools[name]).map { WrittenCall(name: name, arguments: $0) }
    }

    private static func arguments(_ scanner: inout LooseScanner, _ tool: ToolDefinition?) -> [String: JSONValue]? {
        var arguments: [String: JSONValue] = [:]
        while true {
            scanner.skipSpace()
            if scanner.skip(")") { return arguments }
            let start = scanner.position
            let key = scanner.name()
            scanner.skipSpace()
            if let key, scanner.skip("=") {
                guard let value = scanner.value() else { return nil }
                arguments[key] = value
            } else {
                scanner.position = start
                // The order of parameters is not known; where there is one only, there is nothing to confuse.
                guard arguments.isEmpty, let only = onlyParameter(of: tool), let value = scanner.value() else {
                    return nil
                }
                arguments[only] = value
            }
            scanner.skipSpace()
            guard scanner.skip(",") || scanner.next == UInt8(ascii: ")") else { return nil }
        }
    }

    private static func onlyParameter(of tool: ToolDefinition?) -> String? {
        let names = tool?.parameters["properties"]?.object?.keys
        return names?.count == 1 ? names?.first : nil
    }
}
