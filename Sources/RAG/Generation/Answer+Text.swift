package import Retrieval

extension Answer {
    /// What it says, without numbers of passages: the written text, or the quotes one behind the other.
    package var plainText: String {
        guard let generated else { return quotes.map(\.text).joined(separator: " ") }
        var bytes = Array(generated.text.utf8)
        for mark in CitationMarks.all(in: generated.text).reversed() { bytes.removeSubrange(mark.range) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// For each statement, a quote or a written sentence, the passages that it cites.
    package var citedSpans: [[EvidenceSpan]] {
        func span(_ position: Int) -> EvidenceSpan {
            EvidenceSpan(document: passages[position].document, range: passages[position].range)
        }
        guard let generated else { return quotes.map { [span($0.passage)] } }
        return CitationMarks.statements(of: generated.text).map { statement in
            statement.numbers.map { $0 - 1 }.filter(passages.indices.contains).map(span)
        }
    }
}
