import Base
import Retrieval
import Testing

@testable import RAG

@Suite struct AnswerEvaluatorTests {
    private static let evidence = EvidenceSpan(document: DocumentID("a.md"), range: 0..<20)

    private func question(_ id: String, isAnswerable: Bool = true) -> ResolvedQuestion {
        ResolvedQuestion(
            question: GoldenQuestion(id: id, question: id, isAnswerable: isAnswerable),
            evidence: isAnswerable ? [[Self.evidence]] : [], relevance: [:], isComplete: true
        )
    }

    /// An answer that quotes these ranges of a document.
    private static func answer(_ ranges: [Range<Int>], document: String = "a.md") -> Answer {
        let passage = RetrievedPassage(
            id: "p", document: DocumentID(document), title: "", headings: [], text: String(repeating: "x", count: 100),
            range: 0..<100, line: 1, score: 1
        )
        return Answer(
            abstained: ranges.isEmpty,
            quotes: ranges.map { Answer.Quote(text: "x", passage: 0, range: $0, line: 1) }, passages: [passage]
        )
    }

    @Test(
        "Evidence is found where the quotes cover half of it together",
        arguments: [
            ([0..<10], 1), ([0..<9], nil), ([0..<9, 50..<60, 15..<30], 3), ([30..<40, 0..<20], 2), ([], nil),
        ] as [([Range<Int>], Int?)]
    )
    func found(_ ranges: [Range<Int>], _ at: Int?) {
        #expect(AnswerEvaluator.judge(Self.answer(ranges), question("q")).foundAt == at)
    }

    @Test("The same place of another document is no evidence")
    func otherDocument() {
        let measurement = AnswerEvaluator.judge(Self.answer([0..<20], document: "b.md"), question("q"))
        #expect(measurement.foundAt == nil)
        #expect(measurement.evidenceBytes == 0)
        #expect(measurement.quotedBytes == 20)
    }

    @Test("Each question with evidence is asked again without the documents that hold it")
    func withheld() async throws {
        let measured = try await AnswerEvaluator(Service()).measure([question("q"), question("n", isAnswerable: false)])
        #expect(measured.map(\.isAnswered) == [true, true])
        #expect(measured.map(\.isAnsweredWithheld) == [false, nil])
    }

    /// Quotes the evidence, unless its document is withheld.
    private struct Service: QueryService {
        let summary: [String: JSONValue] = [:]

        @concurrent
        func retrieve(_ query: Query) async throws -> [RetrievedPassage] { [] }

        @concurrent
        func answer(_ query: Query) async throws -> Answer {
            AnswerEvaluatorTests.answer(query.excluding.contains(evidence.document) ? [] : [0..<20])
        }
    }
}
