internal import Base

/// How a call begins, as far as can be told from its first bytes.
enum ToolCallOpening {
    case hermes, function, mistral, llama, fence, object, list, python
    /// A fence with a command line for the shell.
    case command

    /// What the bytes at a place are.
    enum Verdict: Equatable {
        /// No beginning of a call.
        case no
        /// More bytes must come before it can be told.
        case undecided
        /// The beginning of what may be a call.
        case yes(ToolCallOpening)
    }

    private static let markers: [(text: [UInt8], opening: ToolCallOpening)] = {
        let markers: [(String, ToolCallOpening)] = [
            ("<tool_call>", .hermes), ("<function_call>", .hermes), ("<|tool_call|>", .hermes),
            ("<function=", .function), ("[TOOL_CALLS]", .mistral), ("<|python_tag|>", .llama),
            ("<|python_start|>", .llama),
        ]
        return markers.map { (Array($0.utf8), $1) }
    }()

    /// The first words of fences in which calls stand.
    private static let languages: Set<String> = ["", "json", "python", "py", "tool_call", "tool_code", "tool"]
    /// What stands between a fence and its call, or before a key, is no longer than this.
    private static let longestSpace = 40

    /// Looks at a place.
    ///
    /// - Parameters:
    ///   - takesCommands: whether a fence of a shell's language may be a call.
    ///   - isLineStart: whether only blanks stand before it in its line.
    ///   - isWhole: whether no more bytes will come.
    ///   - names: by which the tools may be called.
    static func at(
        _ position: Int, of bytes: [UInt8], isLineStart: Bool, isWhole: Bool, names: [[UInt8]], takesCommands: Bool
    ) -> Verdict {
        let verdict: Verdict
        switch bytes[position] {
        case UInt8(ascii: "<"): verdict = marker(position, bytes)
        case UInt8(ascii: "["):
            let marker = marker(position, bytes)
            verdict = marker == .no && isLineStart ? list(position, bytes, names) : marker
        case UInt8(ascii: "{") where isLineStart: verdict = object(position, bytes)
        case UInt8(ascii: "`") where isLineStart: verdict = fence(position, bytes, names, takesCommands)
        case _ where isLineStart: verdict = python(position, bytes, names)
        default: verdict = .no
        }
        return verdict == .undecided && isWhole ? .no : verdict
    }

    private static func marker(_ position: Int, _ bytes: [UInt8]) -> Verdict {
        var verdict = Verdict.no
        for (text, opening) in markers {
            let seen = bytes[position..<min(position + text.count, bytes.count)]
            guard seen.elementsEqual(text.prefix(seen.count)) else { continue }
            if seen.count == text.count { return .yes(opening) }
            verdict = .undecided
        }
        return verdict
    }

    /// An object whose first key is one of a call: all others may be handed on at once.
    private static func object(_ position: Int, _ bytes: [UInt8]) -> Verdict {
        guard var quote = afterSpace(position + 1, bytes) else { return .no }
        guard quote < bytes.count else { return .undecided }
        if bytes[quote] == UInt8(ascii: "{") {
            guard let second = afterSpace(quote + 1, bytes) else { return .no }
            guard second < bytes.count else { return .undecided }
            quote = second
        }
        guard bytes[quote] == UInt8(ascii: "\"") || bytes[quote] == UInt8(ascii: "'") else { return .no }
        let key = bytes[(quote + 1)...].prefix(20)
        guard let end = key.firstIndex(of: bytes[quote]) else { return key.count < 20 ? .undecided : .no }
        let isKnown = WrittenCallReader.firstKeys.contains(String(decoding: key[..<end], as: UTF8.self))
        return isKnown ? .yes(.object) : .no
    }

    private static func list(_ position: Int, _ bytes: [UInt8], _ names: [[UInt8]]) -> Verdict {
        guard let next = afterSpace(position + 1, bytes) else { return .no }
        guard next < bytes.count else { return .undecided }
        return bytes[next] == UInt8(ascii: "{") ? .yes(.list) : python(next, bytes, names)
    }

    private static func fence(
        _ position: Int, _ bytes: [UInt8], _ names: [[UInt8]], _ takesCommands: Bool
    ) -> Verdict {
        let ticks = bytes[position..<min(position + 3, bytes.count)]
        guard ticks.allSatisfy({ $0 == UInt8(ascii: "`") }) else { return .no }
        let line = bytes[(position + ticks.count)...].prefix(longestSpace)
        guard let end = line.firstIndex(of: 0x0A) else {
            return line.count < longestSpace ? .undecided : .no
        }
        let language = String(decoding: line[..<end].filter { !$0.isSpace }, as: UTF8.self)
        if takesCommands, ShellFence.languages.contains(language.lowercased()) { return .yes(.command) }
        guard languages.contains(language.lowercased()), let next = afterSpace(end, bytes) else { return .no }
        guard next < bytes.count else { return .undecided }
        if bytes[next] == UInt8(ascii: "{") { return .yes(.fence) }
        let inner = bytes[next] == UInt8(ascii: "[") ? list(next, bytes, names) : python(next, bytes, names)
        return inner == .no || inner == .undecided ? inner : .yes(.fence)
    }

    /// The name of a tool and a parenthesis.
    private static func python(_ position: Int, _ bytes: [UInt8], _ names: [[UInt8]]) -> Verdict {
        var end = position
        while end < bytes.count, end - position < 200, bytes[end].isWordPart { end += 1 }
        let word = bytes[position..<end]
        if end == bytes.count { return names.contains { $0.starts(with: word) } ? .undecided : .no }
        return bytes[end] == UInt8(ascii: "(") && names.contains { $0.elementsEqual(word) } ? .yes(.python) : .no
    }

    /// The names by which these tools may be called as in Python: some models name the module, too.
    static func names(of tools: [ToolDefinition]) -> [[UInt8]] {
        ["", "functions.", "tools.", "default_api."].flatMap { module in tools.map { Array((module + $0.name).utf8) } }
    }

    /// The next place without white space; nil where there is too much of it.
    private static func afterSpace(_ position: Int, _ bytes: [UInt8]) -> Int? {
        var next = position
        while next < bytes.count, bytes[next].isSpace { next += 1 }
        return next - position > longestSpace ? nil : next
    }

    /// Reads the calls; the scanner stands at the opening, and behind the calls afterwards.
    func read(_ scanner: inout LooseScanner, _ reader: WrittenCallReader) -> [WrittenCall]? {
        switch self {
        case .hermes:
            _ = scanner.skip("<tool_call>") || scanner.skip("<function_call>") || scanner.skip("<|tool_call|>")
            return TaggedCalls.read(&scanner, reader)
        case .function:
            return scanner.skip("<function=") ? TaggedCalls.function(&scanner, reader) : nil
        case .mistral: return scanner.skip("[TOOL_CALLS]") ? MistralCalls.read(&scanner, reader) : nil
        case .llama:
            _ = scanner.skip("<|python_tag|>") || scanner.skip("<|python_start|>")
            return BareCalls.tagged(&scanner, reader)
        case .fence:
            while let byte = scanner.next, byte != 0x0A { scanner.position += 1 }
            scanner.skipSpace()
            return BareCalls.fenced(&scanner, reader)
        case .object, .list: return BareCalls.read(&scanner, reader, isMarked: false)
        case .python: return PythonCalls.read(&scanner, reader, isMarked: false)
        case .command: return ShellFence.read(&scanner)
        }
    }
}
