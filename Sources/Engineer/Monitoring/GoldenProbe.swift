internal import Base
internal import RAG
internal import Retrieval

/// What a service found for a question.
package struct ProbeReply: Sendable, Hashable {
    /// A passage, by its document and its words.
    package struct Passage: Sendable, Hashable {
        package var document: String
        package var text: String

        /// A passage.
        package init(document: String, text: String) {
            self.document = document
            self.text = text
        }
    }

    package var passages: [Passage]
    package var hasAbstained: Bool
    package var milliseconds: Double
    /// The release that answered; nil where there are none.
    package var release: Int?

    /// A reply.
    package init(passages: [Passage], hasAbstained: Bool, milliseconds: Double, release: Int? = nil) {
        self.passages = passages
        self.hasAbstained = hasAbstained
        self.milliseconds = milliseconds
        self.release = release
    }
}

/// A golden question that a service is asked again and again.
struct GoldenProbe: Sendable {
    let question: GoldenQuestion

    /// The golden questions that can be asked alone and whose evidence is known.
    static func all(in set: GoldenSet) -> [GoldenProbe] {
        set.questions.filter { $0.asksForEvidence && $0.history.isEmpty }.map(GoldenProbe.init)
    }

    /// The documents that hold its evidence, as its row calls them.
    var documents: Set<String> {
        Set(question.evidence.joined().map(\.document) + question.relevance.filter { $0.value > 0 }.keys)
    }

    /// Whether its evidence stands in one of these documents.
    func stands(on names: Set<String>) -> Bool {
        documents.contains { document in names.contains { Self.isSame($0, document) } }
    }

    /// Whether two names are of one document: rows may call it by an end of its path, or a beginning of it more.
    private static func isSame(_ left: String, _ right: String) -> Bool {
        left == right || left.hasSuffix("/" + right) || right.hasSuffix("/" + left)
    }

    /// How many of its parts of evidence a reply has; all of them count alike.
    func found(in reply: ProbeReply) -> (found: Int, all: Int) {
        guard !question.evidence.isEmpty else {
            let documents = Set(reply.passages.map(\.document))
            let wanted = question.relevance.filter { $0.value > 0 }.keys
            return (wanted.contains { documents.contains($0) } ? 1 : 0, 1)
        }
        let found = question.evidence.count { part in
            part.contains { quote in reply.passages.contains { Self.holds($0, quote) } }
        }
        return (found, question.evidence.count)
    }

    /// Whether a passage of the document has the quote: all of it, or most of its words where a passage ends within it.
    private static func holds(_ passage: ProbeReply.Passage, _ quote: EvidenceQuote) -> Bool {
        guard isSame(passage.document, quote.document) else { return false }
        let (words, wanted) = (words(of: passage.text), words(of: quote.quote))
        guard !wanted.isEmpty else { return false }
        if words.joined(separator: " ").contains(wanted.joined(separator: " ")) { return true }
        let known = Set(words)
        return wanted.count >= 4 && Double(wanted.count(where: known.contains)) >= 0.8 * Double(wanted.count)
    }

    /// Words in lower case, without marks between them.
    static func words(of text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
}
