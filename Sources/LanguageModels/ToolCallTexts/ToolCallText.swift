package import Base

/// Finds calls of tools in the text of models that write them there.
///
/// Forms that are read: Hermes and Qwen (`<tool_call>`), Qwen Coder (`<function=…><parameter=…>`), Mistral
/// (`[TOOL_CALLS]`), Llama (`<|python_tag|>`, `<function=…>`, a bare object), Llama 4 and Gemma (calls as in Python), and
/// JSON in a fence. What comes without a marker is a call only where it names a tool of the request. Where the model was
/// told that it may, a fence of a shell's language is a call, too, if the text holds no other one.
///
/// Source: the chat templates that these models are published with.
package enum ToolCallText {
    /// A piece of an answer's text.
    package enum Piece: Sendable, Hashable {
        /// Words.
        case text(String)
        /// A call.
        case call(name: String, arguments: JSONValue)
    }

    /// Longer texts are not searched.
    private static let longest = 1 << 20
    /// Tokens that some servers leave in the text behind calls.
    private static let endings: [StaticString] = [
        "<|eom_id|>", "<|eot_id|>", "<|im_end|>", "<|python_end|>", "</s>", "<|eot|>", "<|end|>",
    ]

    /// The pieces of a text; without a call, the text as it is. Text beside calls loses the white space between them.
    ///
    /// - Parameter takesCommands: whether the model was told that fences of a shell's language are run.
    package static func pieces(of text: String, tools: [ToolDefinition], takesCommands: Bool = false) -> [Piece] {
        let bytes = Array(text.utf8)
        guard bytes.count <= longest else { return [.text(text)] }
        if let pieces = pieces(of: bytes, tools, commands: false) { return pieces }
        if takesCommands, let pieces = pieces(of: bytes, tools, commands: true) { return pieces }
        return [.text(text)]
    }

    /// The pieces of a text that holds calls; nil where it holds none.
    ///
    /// - Parameter commands: whether fences of a shell's language are looked for, and nothing else.
    private static func pieces(of bytes: [UInt8], _ tools: [ToolDefinition], commands: Bool) -> [Piece]? {
        let reader = WrittenCallReader(tools)
        let names = ToolCallOpening.names(of: tools)
        var scanner = LooseScanner(bytes)
        var pieces: [Piece] = []
        var textStart = 0
        var position = 0
        var isLineStart = true
        while position < bytes.count, !scanner.isExhausted {
            if bytes[position].isSpace {
                if bytes[position] == 0x0A { isLineStart = true }
                position += 1
                continue
            }
            let verdict = ToolCallOpening.at(
                position, of: bytes, isLineStart: isLineStart, isWhole: true, names: names,
                takesCommands: commands)
            isLineStart = false
            scanner.position = position
            guard case .yes(let opening) = verdict, (opening == .command) == commands,
                let calls = opening.read(&scanner, reader)
            else {
                position += 1
                continue
            }
            pieces += words(bytes[textStart..<position], after: pieces)
            pieces += calls.map { .call(name: $0.name, arguments: .object($0.arguments)) }
            passEndings(&scanner)
            position = scanner.position
            textStart = position
            // A call that ends here may be followed by a bare one.
            isLineStart = true
        }
        guard !pieces.isEmpty else { return nil }
        return pieces + words(bytes[textStart...], after: pieces)
    }

    private static func passEndings(_ scanner: inout LooseScanner) {
        var end = scanner.position
        repeat {
            end = scanner.position
            scanner.skipSpace()
        } while endings.contains { scanner.skip($0) }
        scanner.position = end
    }

    /// The first words keep the white space before them, so that a stream can hand it on before a call is known of.
    private static func words(_ bytes: ArraySlice<UInt8>, after pieces: [Piece]) -> [Piece] {
        guard let first = bytes.firstIndex(where: { !$0.isSpace }), let last = bytes.lastIndex(where: { !$0.isSpace })
        else { return [] }
        if pieces.isEmpty { return [.text(String(decoding: bytes[...last], as: UTF8.self))] }
        let hasWords = pieces.contains { if case .text = $0 { true } else { false } }
        return [.text((hasWords ? "\n" : "") + String(decoding: bytes[first...last], as: UTF8.self))]
    }
}
