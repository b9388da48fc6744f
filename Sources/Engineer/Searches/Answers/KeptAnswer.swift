internal import Base
internal import RAG
internal import Retrieval

/// An answer that a search measured, as it is kept for people who look at it.
package struct KeptAnswer: Sendable, Hashable {
    /// A sentence that the answer quotes or cites.
    package struct Quote: Sendable, Hashable {
        package var document: String
        package var text: String
    }

    /// The most characters of a text that are kept.
    private static let longest = 8000
    /// The most sentences.
    private static let mostQuotes = 20

    /// What it says; where it abstained, why.
    package var text: String
    package var isAbstention: Bool
    package var quotes: [Quote]

    init(_ answer: Answer) {
        let text = answer.abstained ? answer.reason ?? "" : answer.generated?.text ?? answer.plainText
        self.text = String(text.prefix(Self.longest))
        isAbstention = answer.abstained
        quotes = answer.quotes.prefix(Self.mostQuotes).compactMap { quote in
            guard answer.passages.indices.contains(quote.passage) else { return nil }
            return Quote(
                document: answer.passages[quote.passage].document.rawValue,
                text: String(quote.text.prefix(Self.longest)))
        }
    }

    /// An answer that was kept; nil where this is none.
    init?(_ json: JSONValue) {
        guard let text = json["text"]?.string, let isAbstention = json["abstained"]?.bool else { return nil }
        self.text = text
        self.isAbstention = isAbstention
        quotes = (json["quotes"]?.array ?? []).compactMap { quote in
            guard let document = quote["document"]?.string, let text = quote["text"]?.string else { return nil }
            return Quote(document: document, text: text)
        }
    }

    /// As it is kept.
    var json: JSONValue {
        [
            "text": .string(text), "abstained": .bool(isAbstention),
            "quotes": .array(quotes.map { ["document": .string($0.document), "text": .string($0.text)] }),
        ]
    }
}
