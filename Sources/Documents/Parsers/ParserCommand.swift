/// A program that turns a file into text, as a line of `neo.yaml`: `markitdown {input}`.
///
/// The line is split at white space, quotes hold words together, and no shell ever sees it: `{input}` becomes the
/// file's absolute path within one argument, whatever that path holds. A program that writes files instead of
/// standard output is given a folder as `{output}`.
package struct ParserCommand: Sendable, Hashable {
    /// The line as it was written.
    package let template: String
    /// The program and its arguments, before anything is replaced.
    let words: [String]

    /// Reads a line.
    ///
    /// - Throws: `DocumentsError` where it has no program, no `{input}`, or a quote that is not closed.
    package init(_ template: String) throws(DocumentsError) {
        self.template = template
        words = try Self.split(template)
        guard words.count > 1, words.dropFirst().contains(where: { $0.contains("{input}") }) else {
            throw DocumentsError(
                .badParser,
                "The parser \"\(template)\" must be a program with its arguments, one of which holds {input}, such as "
                    + "\"markitdown {input}\"."
            )
        }
    }

    /// The program.
    package var executable: String { words[0] }

    /// Whether it writes into a folder.
    var writesFiles: Bool { words.contains { $0.contains("{output}") } }

    /// The arguments for a file.
    func arguments(input: String, output: String) -> [String] {
        words.dropFirst().map { word in
            // One pass: a path that holds "{output}" is a path.
            var result = ""
            var rest = word[...]
            while let brace = rest.firstIndex(of: "{") {
                result += rest[..<brace]
                rest = rest[brace...]
                if rest.hasPrefix("{input}") {
                    result += input
                    rest = rest.dropFirst(7)
                } else if rest.hasPrefix("{output}") {
                    result += output
                    rest = rest.dropFirst(8)
                } else {
                    result.append(rest.removeFirst())
                }
            }
            return result + rest
        }
    }

    private static func split(_ template: String) throws(DocumentsError) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        for character in template {
            if let mark = quote {
                if character == mark { quote = nil } else { word?.append(character) }
            } else if character == "\"" || character == "'" {
                quote = character
                word = word ?? ""
            } else if character.isWhitespace {
                if let word { words.append(word) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        if quote != nil {
            throw DocumentsError(.badParser, "The parser \"\(template)\" has a quote that is not closed.")
        }
        if let word { words.append(word) }
        return words
    }
}
