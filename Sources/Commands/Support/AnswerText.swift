internal import Base
internal import RAG

/// An answer as people read it.
enum AnswerText {
    /// The answer with its sources, or the reason why there is none.
    static func whole(_ answer: Answer) -> String {
        var lines: [String] = []
        if answer.abstained {
            lines.append("No answer: \(answer.reason ?? "The evidence is weak.")")
            lines.append("The nearest passages:")
            for passage in answer.passages.prefix(3) { lines.append("  \(place(passage))") }
        }
        if let generated = answer.generated {
            return Terminal.harmless(generated.text) + "\n\n" + sources(answer, generated)
        }
        for quote in answer.quotes {
            lines.append(Terminal.harmless(quote.text))
            if answer.passages.indices.contains(quote.passage) {
                lines.append(Terminal.dim("    — \(place(answer.passages[quote.passage], quote: quote))"))
            }
        }
        return lines.joined(separator: "\n")
    }

    /// Where the numbers in a written answer lead, and what is wrong with it.
    static func sources(_ answer: Answer, _ generated: GeneratedText) -> String {
        var lines: [String] = []
        for citation in generated.citations {
            let position = citation.number - 1
            guard answer.passages.prefix(generated.readPassages).indices.contains(position) else {
                lines.append("[\(citation.number)] There is no such passage.")
                continue
            }
            let quote = answer.quotes.first { $0.passage == position }
            let doubt = citation.isSupported ? "" : "  (does not hold what is said)"
            lines.append("[\(citation.number)] \(place(answer.passages[position], quote: quote))\(doubt)")
            if let quote { lines.append(Terminal.dim("    \(Terminal.harmless(quote.text))")) }
        }
        if generated.citations.isEmpty { lines.append("The answer names no passage.") }
        if generated.isUnsupported { lines.append("Careful: the passages do not support all of this answer.") }
        if generated.isCut { lines.append("The answer was cut off at its greatest length.") }
        lines.append(Terminal.dim("Written by \(Terminal.harmless(generated.model))."))
        return lines.joined(separator: "\n")
    }

    /// `file:line`, or the page; of a text that was read out of its file, only the file.
    private static func place(_ passage: RetrievedPassage, quote: Answer.Quote? = nil) -> String {
        let headings = passage.headings.joined(separator: " › ")
        let isFile = ["markdown", "text", "code", "collection"].contains(passage.metadata["kind"]?.string ?? "text")
        let page = quote.map { passage.page(of: $0.text) } ?? passage.page
        let place = page.map { ", page \($0)" } ?? (isFile ? ":\(quote?.line ?? passage.line)" : "")
        return Terminal.harmless("\(passage.document)\(place)\(headings.isEmpty ? "" : "  \(headings)")")
    }
}
