import Base
import Testing

@testable import Engineer

@Suite struct QuestionnaireTests {
    private static let topics = [
        "users", "answers", "conversation", "sources", "freshness", "privacy", "load", "latency",
    ]

    @Test func `the questionnaire for RAG is in order, and asks of every topic`() throws {
        let questionnaire = try Questionnaire.builtIn()
        #expect(questionnaire.kind == "rag")
        #expect(
            questionnaire.topics.map(\.id) == Self.topics + ["cost", "accuracy", "abstention", "place", "approval"])
        #expect(questionnaire.questions.allSatisfy { !$0.decides.isEmpty })
        // Each contradiction can be met: its questions are there, and the last one is asked again.
        #expect(questionnaire.conflicts.allSatisfy { $0.questions.count == 2 })
    }

    @Test func `of another kind nothing is asked`() {
        #expect(throws: EngineerError.self) { try Questionnaire.builtIn("kernel") }
    }

    private static let head = "kind: rag\ntopics: [{id: a, title: A}]\nquestions:\n"

    @Test(arguments: [
        (head + "  - {id: q, topic: b, ask: Q, form: text}\n", "rag.yaml:4: The question q has the topic b"),
        (head + "  - {id: q, topic: a, ask: Q, form: word}\n", "The form word is not known"),
        (head + "  - {id: q, topic: a, ask: Q, form: choice, options: {x: X}}\n", "two or more values"),
        (head + "  - {id: q, topic: a, ask: Q, form: number, unit: s, bounds: [5, 1]}\n", "`bounds`"),
        (head + "  - {id: q, topic: a, ask: Q, form: text, when: later == 1}\n", "names later"),
        (
            head + "  - {id: q, topic: a, ask: Q, form: text, when: survey.document > 1}\n",
            "Did you mean survey.documents"
        ),
        (head + "  - {id: q, topic: a, ask: Q, form: text, when: \"q = 1\"}\n", "cannot be read"),
        (
            head + "  - {id: q, topic: a, ask: Q, form: yesno, suggest: [{value: perhaps, why: w}]}\n",
            "neither yes nor no"
        ),
        (head + "  - {id: q, topic: a, ask: Q, form: text, sugest: []}\n", "Did you mean \"suggest\"?"),
        (
            head + "  - {id: q, topic: a, ask: Q, form: text}\n  - {id: q, topic: a, ask: Q, form: text}\n",
            "Two questions"
        ),
        ("kind: rag\ntopics: [{id: a, title: A}]\n", "The topic a has no question"),
        (
            head + "  - {id: q, topic: a, ask: Q, form: text}\nconflicts: [{id: c, questions: [q], why: w}]\n",
            "under `when`"
        ),
    ])
    func `a mistake in a questionnaire is found when it is read`(yaml: String, part: String) {
        let error = #expect(throws: EngineerError.self) { try Questionnaire(yaml: yaml, file: "rag.yaml") }
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [
        (AnswerForm.yesNo, JSONValue.string(" Y "), JSONValue.bool(true)), (.yesNo, false, false),
        (.number(unit: "s", bounds: 0...10), "2.5 s", 2.5), (.number(unit: "s", bounds: 0...10), 3, 3),
        (.choice([.init(value: "a", words: ""), .init(value: "b", words: "")]), "2", "b"),
        (.choice([.init(value: "a", words: ""), .init(value: "b", words: "")]), "A", "a"),
        (.list, "en, de,", .array(["en", "de"])), (.list, .array(["en"]), .array(["en"])), (.text, "  so ", "so"),
    ])
    func `an answer is read as people type it`(form: AnswerForm, given: JSONValue, expected: JSONValue) throws {
        #expect(try form.answer(given) == expected)
    }

    @Test(arguments: [
        (AnswerForm.yesNo, JSONValue.string("perhaps"), "neither yes nor no"),
        (.number(unit: "s", bounds: 0...10), "2,5", "no number from 0 to 10 (s)"),
        (.number(unit: "s", bounds: 0...10), "nan", "no number"), (.number(unit: "s", bounds: 0...10), 11, "no number"),
        (.choice([.init(value: "team", words: ""), .init(value: "b", words: "")]), "teem", "did you mean team?"),
        (.list, " , ", "1 to 50 parts"), (.text, "   ", "1 to 2000 characters"),
    ])
    func `what is no answer is refused with a sentence`(form: AnswerForm, given: JSONValue, part: String) {
        let error = #expect(throws: EngineerError.self) { try form.answer(given) }
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
    }
}
