package import Base
package import Retrieval

/// A passage that was found for a question, with all that is needed to cite it.
package struct RetrievedPassage: Sendable, Hashable, Codable {
    /// Names the passage within this release: `document#lower-upper`.
    package var id: String
    /// The document that it stands in.
    package var document: DocumentID
    /// The document's title.
    package var title: String
    /// The headings above it, outermost first.
    package var headings: [String]
    /// The passage itself.
    package var text: String
    /// Where it stands in the file, as UTF-8 offsets; of HTML, PDF and the like, in the text that was read from it.
    package var range: Range<Int>
    /// The line of that text on which it begins, from 1.
    package var line: Int
    /// The score; greater is better. Comparable only within one answer.
    package var score: Double
    /// The cosine of question and passage, where the release has an encoder.
    package var similarity: Double?
    /// The document's metadata.
    package var metadata: [String: JSONValue]
    /// The page of the file on which it begins, from 1; nil where there are no pages.
    package var page: Int?
    /// The pages that begin within the passage, as UTF-8 offsets in `text`.
    package var pageBreaks: [Int]?

    /// A passage.
    package init(
        id: String, document: DocumentID, title: String, headings: [String], text: String, range: Range<Int>,
        line: Int, score: Double, similarity: Double? = nil, metadata: [String: JSONValue] = [:],
        page: Int? = nil, pageBreaks: [Int]? = nil
    ) {
        self.id = id
        self.document = document
        self.title = title
        self.headings = headings
        self.text = text
        self.range = range
        self.line = line
        self.score = score
        self.similarity = similarity
        self.metadata = metadata
        self.page = page
        self.pageBreaks = pageBreaks
    }

    /// The page on which a quote from the passage begins; nil where there are no pages.
    package func page(of quote: String) -> Int? {
        guard let page else { return nil }
        let start = ByteSearch(Array(quote.utf8)).starts(in: Array(text.utf8), limit: 1).first
        guard let breaks = pageBreaks, let start else { return page }
        return page + breaks.count { $0 <= start }
    }
}

/// An answer made of sentences of the documents, or written by a model about them.
package struct Answer: Sendable, Hashable, Codable {
    /// A sentence, quoted to the letter.
    package struct Quote: Sendable, Hashable, Codable {
        /// The sentence.
        package var text: String
        /// The position, from 0, of its passage in `passages`.
        package var passage: Int
        /// Where it stands in the file, as UTF-8 offsets.
        package var range: Range<Int>
        /// The line of the file on which it begins, from 1.
        package var line: Int

        /// A quote.
        package init(text: String, passage: Int, range: Range<Int>, line: Int) {
            self.text = text
            self.passage = passage
            self.range = range
            self.line = line
        }
    }

    /// Whether the evidence was too weak to answer; then there are no quotes.
    package var abstained: Bool
    /// Why, where it was.
    package var reason: String?
    /// The sentences, best first; of what a model wrote, for each passage that it cites the sentence that is nearest.
    package var quotes: [Quote]
    /// What a model wrote; nil where the answer consists of quotes.
    package var generated: GeneratedText?
    /// What a model read and wrote; nil where none was asked.
    package var usage: AnswerUsage?
    /// What was found, best first.
    package var passages: [RetrievedPassage]

    /// An answer.
    package init(abstained: Bool, reason: String? = nil, quotes: [Quote], passages: [RetrievedPassage]) {
        self.abstained = abstained
        self.reason = reason
        self.quotes = quotes
        self.passages = passages
    }
}

/// A question put to a release.
package struct Query: Sendable, Hashable {
    /// The question.
    package var text: String
    /// The turns before it, oldest first.
    package var history: [DialogueTurn]
    /// How many passages at most.
    package var limit: Int
    /// Only documents whose metadata has all of these values (a list in the metadata matches any of its elements).
    package var filter: [String: JSONValue]
    /// Documents that are passed over: what would be said if they were missing is measured so.
    package var excluding: Set<DocumentID>
    /// The groups of who asks; nil where all documents may be seen: by a person at this machine.
    package var groups: Set<AccessGroup>?

    /// A query.
    package init(
        _ text: String, history: [DialogueTurn] = [], limit: Int = 10, filter: [String: JSONValue] = [:],
        excluding: Set<DocumentID> = [], groups: Set<AccessGroup>? = nil
    ) {
        self.text = text
        self.history = history
        self.limit = limit
        self.filter = filter
        self.excluding = excluding
        self.groups = groups
    }
}

/// What the server, the command line and a release's own code talk to.
package protocol QueryService: Sendable {
    /// A sentence a user can recognise the release by: configuration and number of documents and chunks.
    var summary: [String: JSONValue] { get }
    /// The same as members of groups may know it.
    @concurrent
    func summary(for groups: Set<AccessGroup>?) async throws -> [String: JSONValue]
    /// The best passages.
    @concurrent
    func retrieve(_ query: Query) async throws -> [RetrievedPassage]
    /// The best sentences of the best passages, or what a model writes about them, or an abstention.
    @concurrent
    func answer(_ query: Query) async throws -> Answer
    /// The answer as it is given.
    func events(_ query: Query) -> AsyncThrowingStream<AnswerEvent, any Error>
    /// Vectors of questions, a row each, in which near means alike; nil where none can be had for nothing.
    @concurrent
    func meaning(of questions: [String]) async throws -> Matrix?
}

extension QueryService {
    /// One for all.
    @concurrent
    package func summary(for groups: Set<AccessGroup>?) async throws -> [String: JSONValue] { summary }

    /// None.
    @concurrent
    package func meaning(of questions: [String]) async throws -> Matrix? { nil }

    /// The whole answer at once.
    package func events(_ query: Query) -> AsyncThrowingStream<AnswerEvent, any Error> {
        AsyncThrowingStream { continuation in
            let task = Task {
                do {
                    continuation.yield(.completed(try await answer(query)))
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}
