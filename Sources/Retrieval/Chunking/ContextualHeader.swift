/// Tells an index where a chunk comes from, which its own text often does not say.
public enum ContextualHeader {
    /// The text to index: the document's title and the chunk's headings, then the chunk's text.
    ///
    /// What the text opens with is not said twice, and neither is a first heading that equals the title. A title that
    /// says nothing, such as the file name `184.txt`, is left out.
    public static func indexText(of chunk: Chunk, title: String) -> String {
        var parts: [String] = []
        let opening = openingLines(of: chunk.text, atMost: chunk.headings.count + 1)
        for part in [telling(title)] + chunk.headings
        where !part.isEmpty && parts.last != part && !opening.contains(part) {
            parts.append(part)
        }
        guard !parts.isEmpty else { return chunk.text }
        return parts.joined(separator: " > ") + "\n\n" + chunk.text
    }

    /// A title, or nothing where it has no letter but those of a file name's ending.
    public static func telling(_ title: String) -> String {
        let stem = title.lastIndex(of: ".").map { title[..<$0] } ?? title[...]
        return stem.contains(where: \.isLetter) ? title : ""
    }

    /// The first lines of a text that have content, without the marks of headings.
    private static func openingLines(of text: String, atMost limit: Int) -> Set<String> {
        var lines: Set<String> = []
        for line in text.split(separator: "\n", maxSplits: 2 * limit, omittingEmptySubsequences: true).prefix(limit) {
            lines.insert(HeadingPaths.title(of: String(line)))
        }
        return lines
    }
}
