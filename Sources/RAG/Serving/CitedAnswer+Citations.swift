package import Base
internal import Retrieval

extension CitedAnswer {
    /// A citation as clients read it.
    package func body(of citation: Citation) -> JSONValue {
        var members: [String: JSONValue] = ["number": .integer(citation.number)]
        if let isSupported = citation.isSupported { members["supported"] = .bool(isSupported) }
        guard let position = citation.passage else { return .object(members) }
        let passage = answer.passages[position]
        let quoted = quotes.first { $0.citation == citation.number }
        members["passage"] = .string(passage.id)
        members["document"] = .string(passage.document.rawValue)
        members["title"] = .string(passage.title)
        members["headings"] = .array(passage.headings.map { .string($0) })
        members["line"] = .integer(passage.line)
        if citation.isSupported != nil {
            // Of what a model wrote: the sentence that comes nearest; where none does, the passage.
            members["line"] = .integer(quoted?.quote.line ?? passage.line)
            let range = quoted?.quote.range ?? passage.range
            members["start_idx"] = .integer(range.lowerBound)
            members["end_idx"] = .integer(range.upperBound)
            members["text"] = .string(quoted?.quote.text ?? passage.text)
        }
        if let page = quoted?.page ?? passage.page { members["page"] = .integer(page) }
        if let url = Self.link(passage.metadata) { members["url"] = .string(url) }
        return .object(members)
    }

    /// The address in the metadata; only of the web, because pages make links of it.
    package static func link(_ metadata: [String: JSONValue]) -> String? {
        for key in ["url", "source_url"] {
            if let url = metadata[key]?.string, url.hasPrefix("https://") || url.hasPrefix("http://") { return url }
        }
        return nil
    }
}
