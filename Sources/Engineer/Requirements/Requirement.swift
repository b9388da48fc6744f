/// One thing that is required: a sentence in one of the forms of EARS, and how one tells that it holds.
package struct Requirement: Sendable, Hashable, Identifiable {
    /// Its name in the document, such as `R7`.
    package var id: String
    /// The sentence.
    package var text: String
    /// What is measured, such as `latency p95`; empty where nobody said it.
    package var metric: String
    /// What the measured value must be; nil where nobody said it.
    package var criterion: Criterion?
    /// How it is measured.
    package var measurement: String
    /// Who said so, and where: `interview, answer 7 (Ada)`.
    package var source: String
    /// What else its author wrote below it.
    package var prose: Prose

    /// A requirement.
    package init(
        id: String, text: String, metric: String = "", criterion: Criterion? = nil, measurement: String = "",
        source: String = "", prose: Prose = Prose()
    ) {
        self.id = id
        self.text = text
        self.metric = metric
        self.criterion = criterion
        self.measurement = measurement
        self.source = source
        self.prose = prose
    }

    /// The form of its sentence; nil where it has none of the six. It is read from the sentence, so that the two cannot
    /// disagree.
    package var form: EARSForm? { try? EARSSentence(parsing: text).form }
}

/// Text of people that no field covers, kept as they wrote it.
package struct Prose: Sendable, Hashable {
    /// Its lines, without blank ones at the beginning and the end.
    package let lines: [String]

    /// A text; line ends of every system count as one.
    package init(_ text: String = "") {
        self.init(lines: MarkdownLines.split(text))
    }

    init(lines: [String]) {
        let isBlank = { (line: String) in line.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
        let kept = lines.drop(while: isBlank)
        self.lines = Array(kept.prefix(kept.lastIndex { !isBlank($0) }.map { $0 - kept.startIndex + 1 } ?? 0))
    }

    /// The lines as one text.
    package var text: String { lines.joined(separator: "\n") }
    /// Whether there is none.
    package var isEmpty: Bool { lines.isEmpty }
}
