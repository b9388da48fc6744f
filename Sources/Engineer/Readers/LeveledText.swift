internal import Base

/// One matter, said for readers at three levels: a part of a Markdown document, with a heading of level 4 for each.
///
/// ```markdown
/// #### New to this
///
/// The search tries many settings and keeps the best.
///
/// #### For practitioners
///
/// TPE over 41 parameters, 200 trials.
/// ```
package struct LeveledText: Sendable, Hashable {
    package var newcomer: String
    package var practitioner: String
    package var expert: String

    /// A text at three levels, in Markdown; a level without a text is left out.
    package init(newcomer: String, practitioner: String, expert: String) {
        self.newcomer = newcomer
        self.practitioner = practitioner
        self.expert = expert
    }

    /// What is said for a level.
    package subscript(level: ReaderLevel) -> String {
        switch level {
        case .newcomer: newcomer
        case .practitioner: practitioner
        case .expert: expert
        }
    }

    /// The lines of the document. Whatever the texts hold, the reader of documents (`LeveledGroup`) finds these three.
    package var lines: [String] {
        var lines: [String] = []
        for level in ReaderLevel.allCases {
            let text = Self.contained(self[level])
            guard !text.isEmpty else { continue }
            if !lines.isEmpty { lines.append("") }
            lines += ["#### \(level.heading)", ""] + text
        }
        return lines
    }

    /// The lines of a text, of which none ends the part that it stands in: a heading that would is shown as it was typed,
    /// and a block of code that nobody closed is closed.
    private static func contained(_ text: String) -> [String] {
        let text = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        var rows = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let known = DocumentLine.lines(of: text)
        for line in known {
            if case .heading(let level) = line.kind, level <= LeveledGroup.headingLevel {
                rows[line.number - 1] = "\\" + rows[line.number - 1].drop { $0 == " " }
            }
        }
        // Fences are no lines: an odd number of them leaves one open.
        let fences = Set(1...rows.count).subtracting(known.map(\.number))
        if fences.count % 2 == 1, let last = fences.max() {
            rows.append(String(rows[last - 1].drop { $0 == " " }.prefix { $0 == "`" || $0 == "~" }))
        }
        let isBlank: (String) -> Bool = { $0.allSatisfy(\.isWhitespace) }
        guard let first = rows.firstIndex(where: { !isBlank($0) }), let last = rows.lastIndex(where: { !isBlank($0) })
        else { return [] }
        return Array(rows[first...last])
    }
}
