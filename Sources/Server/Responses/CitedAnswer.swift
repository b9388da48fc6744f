internal import Base
internal import RAG
internal import Retrieval

/// An answer with its passages numbered in the order in which it quotes them.
struct CitedAnswer {
    /// The answer as it came.
    let answer: Answer
    /// The positions of the passages that are quoted; citation n is `cited[n - 1]`.
    let cited: [Int]
    /// The quotes, each with the number of its citation.
    let quotes: [(text: String, citation: Int, page: Int?)]

    init(_ answer: Answer) {
        var cited: [Int] = []
        var quotes: [(text: String, citation: Int, page: Int?)] = []
        for quote in answer.quotes where answer.passages.indices.contains(quote.passage) {
            let known = cited.firstIndex(of: quote.passage)
            if known == nil { cited.append(quote.passage) }
            let page = answer.passages[quote.passage].page(of: quote.text)
            quotes.append((quote.text, (known ?? cited.count - 1) + 1, page))
        }
        self.answer = answer
        self.cited = cited
        self.quotes = quotes
    }

    /// The quotes one after the other, each followed by `[n]`; empty where the answer is an abstention.
    var text: String {
        quotes.map { "\($0.text) [\($0.citation)]" }.joined(separator: " ")
    }

    /// The body of `POST /v1/answer`.
    var body: JSONValue {
        [
            "answer": .string(text),
            "abstained": .bool(answer.abstained),
            "reason": answer.reason.map { .string($0) } ?? .null,
            "quotes": .array(
                quotes.map { quote in
                    var members: [String: JSONValue] = [
                        "text": .string(quote.text), "citation": .integer(quote.citation),
                    ]
                    if let page = quote.page { members["page"] = .integer(page) }
                    return .object(members)
                }),
            "citations": .array(
                cited.enumerated().map { citation(number: $0.offset + 1, answer.passages[$0.element]) }),
            "passages": .array(answer.passages.map(PassageBody.full)),
        ]
    }

    /// The body of `POST /v1/run`.
    var autoRAGBody: JSONValue {
        [
            "result": .string(answer.abstained ? answer.reason ?? "" : text),
            "retrieved_passage": .array(answer.passages.map(PassageBody.autoRAG)),
        ]
    }

    private func citation(number: Int, _ passage: RetrievedPassage) -> JSONValue {
        var members: [String: JSONValue] = [
            "number": .integer(number),
            "passage": .string(passage.id),
            "document": .string(passage.document.rawValue),
            "title": .string(passage.title),
            "headings": .array(passage.headings.map { .string($0) }),
            "line": .integer(passage.line),
        ]
        let quoted = quotes.first { $0.citation == number }?.page
        if let page = quoted ?? passage.page { members["page"] = .integer(page) }
        if let url = Self.link(passage.metadata) { members["url"] = .string(url) }
        return .object(members)
    }

    /// The address in the metadata; only of the web, because pages make links of it.
    private static func link(_ metadata: [String: JSONValue]) -> String? {
        for key in ["url", "source_url"] {
            if let url = metadata[key]?.string, url.hasPrefix("https://") || url.hasPrefix("http://") { return url }
        }
        return nil
    }
}
