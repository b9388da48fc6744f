package import Base

/// An answer with the numbers of its citations.
///
/// An answer made of quotes numbers its passages in the order in which it quotes them. One that a model wrote keeps the
/// numbers that stand in its text: n is the nth of the passages.
package struct CitedAnswer {
    /// A citation.
    package struct Citation {
        /// The number in the text.
        package var number: Int
        /// The position of its passage; nil where the model made up the number.
        package var passage: Int?
        /// Whether the passage holds what is said in its name; nil of quotes, which are the passage.
        package var isSupported: Bool?
    }

    /// The answer as it came.
    package let answer: Answer
    /// In the order in which the text names them.
    package let citations: [Citation]
    /// The quotes, each with the number of its citation.
    package let quotes: [(quote: Answer.Quote, citation: Int, page: Int?)]

    /// Numbers what an answer quotes or names.
    package init(_ answer: Answer) {
        var citations: [Citation] = []
        var quotes: [(quote: Answer.Quote, citation: Int, page: Int?)] = []
        if let generated = answer.generated {
            let read = answer.passages.prefix(generated.readPassages)
            citations = generated.citations.map { citation in
                let position = citation.number - 1
                return Citation(
                    number: citation.number, passage: read.indices.contains(position) ? position : nil,
                    isSupported: citation.isSupported)
            }
        }
        for quote in answer.quotes where answer.passages.indices.contains(quote.passage) {
            var number = quote.passage + 1
            if answer.generated == nil {
                number = citations.first { $0.passage == quote.passage }?.number ?? citations.count + 1
                if number > citations.count { citations.append(Citation(number: number, passage: quote.passage)) }
            }
            quotes.append((quote, number, answer.passages[quote.passage].page(of: quote.text)))
        }
        self.answer = answer
        self.citations = citations
        self.quotes = quotes
    }

    /// What the model wrote; else the quotes one after the other, each followed by `[n]`. Empty where the answer is an
    /// abstention.
    package var text: String {
        if let generated = answer.generated { return generated.text }
        return quotes.map { "\($0.quote.text) [\($0.citation)]" }.joined(separator: " ")
    }

    /// The text, or a sentence that says why there is none.
    package var spokenText: String {
        answer.abstained ? answer.reason ?? "The documents do not answer this." : text
    }

    /// The body of `POST /v1/answer`.
    package var body: JSONValue {
        let members: [String: JSONValue] = [
            "answer": .string(text),
            "abstained": .bool(answer.abstained),
            "reason": answer.reason.map { .string($0) } ?? .null,
            "quotes": .array(
                quotes.map { entry in
                    var members: [String: JSONValue] = [
                        "text": .string(entry.quote.text), "citation": .integer(entry.citation),
                    ]
                    if let page = entry.page { members["page"] = .integer(page) }
                    return .object(members)
                }),
            "citations": .array(citations.map(body(of:))),
            "passages": .array(answer.passages.map(PassageBody.full)),
        ]
        return .object(members.merging(generation) { $1 })
    }

    /// The body of `POST /v1/run`.
    package var autoRAGBody: JSONValue {
        let members: [String: JSONValue] = [
            "result": .string(answer.abstained ? answer.reason ?? "" : text),
            "retrieved_passage": .array(answer.passages.map(PassageBody.autoRAG)),
        ]
        return .object(members.merging(generation) { $1 })
    }

    /// What is known of an answer that a model wrote; nothing of others, whose form stays as it was.
    private var generation: [String: JSONValue] {
        guard let generated = answer.generated else { return [:] }
        return [
            "model": .string(generated.model), "unsupported": .bool(generated.isUnsupported),
            "cut": .bool(generated.isCut), "read_passages": .integer(generated.readPassages),
        ]
    }
}
