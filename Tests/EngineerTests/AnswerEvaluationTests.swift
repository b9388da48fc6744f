import Base
import RAG
import Testing

@testable import Engineer

@Suite struct AnswerEvaluationTests {
    private func measurement(
        answerable: Bool = true, answered: Bool = true, foundAt: Int? = nil, withheld: Bool? = nil
    ) -> AnswerMeasurement {
        AnswerMeasurement(
            id: "q", isAnswerable: answerable, isAnswered: answered, foundAt: foundAt, quotes: answered ? 2 : 0,
            quotedBytes: answered ? 100 : 0, evidenceBytes: foundAt == nil ? 0 : 40, isAnsweredWithheld: withheld
        )
    }

    @Test func `the figures count answers found and abstentions`() {
        let evaluation = AnswerEvaluation([
            measurement(foundAt: 1, withheld: false), measurement(foundAt: 2, withheld: true),
            measurement(withheld: true), measurement(answered: false, withheld: false),
            measurement(answerable: false, answered: false), measurement(answerable: false),
        ])
        #expect(
            evaluation.figures == [
                "answer_found": 0.5, "answer_found_first": 0.25, "answer_found_if_answered": 2.0 / 3, "answered": 0.75,
                "abstention_precision": 0.5, "abstention_recall": 0.5, "abstention_recall_withheld": 0.5, "quotes": 2,
                "quoted_evidence": 80.0 / 300,
            ])
        #expect(evaluation.text.contains("0.500  answer_found: "))
        #expect(evaluation.json["questions"]?.array?.count == 6)
    }

    @Test func `a figure that no question can be judged by is left out`() {
        let figures = AnswerEvaluation([measurement(foundAt: 1)]).figures
        #expect(figures["abstention_recall"] == nil)
        #expect(figures["abstention_precision"] == nil)
        #expect(figures["answer_found"] == 1)
    }

    @Test func `Texts are compared with golden answers where there are some`() {
        func text(_ answer: String, golden: [String], answerable: Bool = true) -> AnswerMeasurement {
            AnswerMeasurement(
                id: "q", isAnswerable: answerable, isAnswered: !answer.isEmpty,
                item: JudgeItem(id: "q", question: "Q", answer: answer, goldenAnswers: golden),
                citations: answer.isEmpty ? nil : CitationScore([[]], evidence: []))
        }
        let evaluation = AnswerEvaluation(
            [
                text("The two minutes.", golden: ["two minutes"]), text("", golden: ["two minutes"]),
                text("Something", golden: []), text("Else", golden: ["x"], answerable: false),
            ], similarities: [1, 0.5, nil, nil])
        #expect(evaluation.figures["exact_match"] == 0.5)
        #expect(evaluation.figures["token_f1"] == 0.5)
        #expect(evaluation.figures["rouge_l"] == 0.4)
        #expect(evaluation.figures["answer_similarity"] == 0.75)
        #expect(evaluation.figures["citation_recall"] == nil)
        #expect(evaluation.json["questions"]?.array?.map { $0["exact_match"]?.number } == [1, 0, nil, nil])
        #expect(evaluation.text.contains("0.500  exact_match: "))
    }
}
