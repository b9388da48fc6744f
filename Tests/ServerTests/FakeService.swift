import Base
import LanguageModels
import RAG
import Retrieval
import Synchronization

/// A release that answers what a test wants, and remembers what it was asked.
final class FakeService: QueryService {
    /// How it behaves.
    enum Behaviour: Sendable {
        case answers, abstains, fails
        /// A model writes about the two passages, and cites them and a third.
        case writes
        /// The model behind it cannot be asked.
        case modelFails(LanguageModelError.Code)
        /// Answers only when the gate opens.
        case waits(Gate)
    }

    let summary: [String: JSONValue] = ["documents": 2]
    let behaviour: Behaviour
    private let asked = Mutex<[Query]>([])
    private let meanwhile: @Sendable () -> Void

    /// - Parameter meanwhile: what happens while it looks for passages.
    init(_ behaviour: Behaviour = .answers, meanwhile: @escaping @Sendable () -> Void = {}) {
        self.behaviour = behaviour
        self.meanwhile = meanwhile
    }

    /// What it was asked, in order.
    var queries: [Query] { asked.withLock { $0 } }

    @concurrent
    func retrieve(_ query: Query) async throws -> [RetrievedPassage] {
        asked.withLock { $0.append(query) }
        meanwhile()
        switch behaviour {
        case .fails: throw Failure(text: query.text)
        default: return Array(Self.passages.prefix(query.limit))
        }
    }

    @concurrent
    func answer(_ query: Query) async throws -> Answer {
        let passages = try await retrieve(query)
        switch behaviour {
        case .abstains: return Answer(abstained: true, reason: "Too weak.", quotes: [], passages: passages)
        case .waits(let gate): try await gate.pass()
        case .writes: return Self.written(passages)
        case .modelFails(let code): throw LanguageModelError(code, "http://10.0.0.7:9 said no to \(query.text).")
        default: break
        }
        let quotes = [("Second.", 1), ("First.", 0), ("Second again.", 1)]
        return Answer(
            abstained: false,
            quotes: quotes.map {
                Answer.Quote(text: $0.0, passage: $0.1, range: 0..<$0.0.utf8.count, line: 1)
            },
            passages: passages
        )
    }

    /// The first citation is held, the second is not, and there is no third passage.
    static func written(_ passages: [RetrievedPassage]) -> Answer {
        var answer = Answer(
            abstained: false, quotes: [Answer.Quote(text: "Second again.", passage: 1, range: 18..<31, line: 4)],
            passages: passages)
        answer.generated = GeneratedText(
            text: "It is the second [2]. It is the first [1, 3].", model: "tiny",
            citations: [
                .init(number: 2, isSupported: true), .init(number: 1, isSupported: false),
                .init(number: 3, isSupported: false),
            ], isUnsupported: true, isCut: false, readPassages: 2)
        answer.usage = AnswerUsage(model: "tiny", inputTokens: 100, outputTokens: 12)
        return answer
    }

    /// An error whose text holds the question, as errors do.
    struct Failure: Error, CustomStringConvertible {
        var text: String
        var description: String { "cannot find \(text) in /secret/path" }
    }

    static let passages = [
        passage("a.md", "First. More.", ["kind": "guide", "url": "https://example.org/a"]),
        passage("b.md", "Second. Second again.", ["url": "javascript:alert(1)", "page": 7]),
    ]

    private static func passage(_ name: String, _ text: String, _ metadata: [String: JSONValue]) -> RetrievedPassage {
        RetrievedPassage(
            id: "\(name)#10-\(10 + text.utf8.count)", document: DocumentID(name), title: "Title of \(name)",
            headings: ["Outer", "Inner"], text: text, range: 10..<10 + text.utf8.count, line: 3, score: 0.5,
            similarity: 0.75, metadata: metadata
        )
    }
}

/// A door that is opened once; whoever comes tells that they wait.
final class Gate: Sendable {
    private let arrivals: AsyncStream<Void>
    private let arrived: AsyncStream<Void>.Continuation
    private let openings: AsyncStream<Void>
    private let opened: AsyncStream<Void>.Continuation

    init() {
        (arrivals, arrived) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        (openings, opened) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Waits until the gate is open.
    func pass() async throws {
        arrived.yield()
        guard await openings.first(where: { _ in true }) != nil else { throw CancellationError() }
    }

    /// Waits until somebody waits.
    func waitForArrival() async {
        _ = await arrivals.first { _ in true }
    }

    /// Opens the gate.
    func open() {
        opened.yield()
    }
}
