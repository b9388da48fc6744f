import Base
import TestSupport
import Testing

@testable import Engineer

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct InterviewTests {
    private let now = Date(timeIntervalSince1970: 1_790_000_000)
    private let person = InterviewState.Source(name: "ada", way: .terminal)

    private func interview(_ survey: DocumentSurvey? = nil) throws -> Interview {
        Interview(try Questionnaire.builtIn(), survey: survey, state: InterviewState(kind: "rag"), now: now)
    }

    private func survey(_ change: (inout DocumentSurvey) -> Void = { _ in }) -> DocumentSurvey {
        var survey = DocumentSurvey(source: ContentHash(of: "x"))
        survey.documents = 12
        survey.languages = ["de": 9, "unknown": 3]
        change(&survey)
        return survey
    }

    private func give(_ interview: inout Interview, _ id: String, _ value: JSONValue?) throws {
        interview.state.answers.append(try interview.answer(id, value, by: person, at: now))
    }

    @Test func `one question after the other, until every topic is clear`() throws {
        var interview = try interview(survey())
        var asked: [String] = []
        while let step = interview.next {
            asked.append(step.question.id)
            try #require(asked.count < 60)
            try give(&interview, step.question.id, step.suggestion?.value ?? "Ada")
        }
        #expect(asked.first == "users" && asked.last == "approver" && Set(asked).count == asked.count)
        #expect(interview.coverage.allSatisfy { $0.coverage == .clear })
        #expect(interview.isComplete && interview.open.isEmpty)
        // Nothing was found of which these would ask.
        #expect(Set(asked).isDisjoint(with: ["personal", "duplicates", "unread", "translation", "stale"]))
    }

    @Test func `what was found in the documents is asked about, with its figures`() throws {
        let found = survey {
            $0.copies = 2
            $0.unread = 1
            $0.languages["en"] = 3
            $0.personalDocuments = 4
            $0.personal = [.init(kind: .iban, count: 7, documents: 4, places: [])]
            $0.dates = .init(oldest: "2001-01-01", median: "2015-01-01", newest: "2026-09-20")
        }
        let interview = try interview(found)
        let asked = interview.questionnaire.questions.filter(interview.applies).map { interview.step($0) }
        let words = Dictionary(uniqueKeysWithValues: asked.map { ($0.question.id, $0) })
        #expect(words["personal"]?.asked == "4 documents seem to hold personal data (7 × iban). May users see them?")
        #expect(words["duplicates"]?.asked.contains("Of 12 documents, 2 are copies") == true)
        #expect(words["stale"]?.asked.contains("2015-01-01") == true && words["unread"] != nil)
        #expect(
            words["languages"]?.suggestion == .init(value: ["de"], why: "most of the 12 documents are written in it"))
        #expect(words["changes"]?.suggestion?.value == "daily")
    }

    @Test func `an earlier answer decides what is asked and suggested later`() throws {
        var interview = try interview()
        try give(&interview, "changes", "never")
        #expect(!interview.applies(try interview.questionnaire.question("freshness")))
        try give(&interview, "changes", "daily")
        let freshness = try interview.questionnaire.question("freshness")
        #expect(interview.applies(freshness) && interview.step(freshness).suggestion?.value == 24)
        #expect(interview.state.answers.count == 2)
        // What was said before is what is suggested.
        try give(&interview, "freshness", 3)
        #expect(interview.step(freshness).suggestion == .init(value: 3, why: "ada said so on 2026-09-21"))
    }

    @Test func `nobody has to know an answer, and what is not known stays open`() throws {
        var interview = try interview()
        // A caller may mean the same by null, which is a value of JSON and looks like nil.
        try give(&interview, "good", JSONValue.null)
        while let step = interview.next { try give(&interview, step.question.id, Optional.none) }
        #expect(interview.isComplete && interview.open.contains("latency"))
        #expect(interview.coverage.allSatisfy { $0.coverage == .partial })
    }

    @Test func `answers that contradict each other are asked about until somebody means them`() throws {
        var interview = try interview()
        try give(&interview, "confidential", false)
        try give(&interview, "hosted", true)
        #expect(interview.next?.conflict?.id == "egress" && interview.next?.question.id == "hosted")
        #expect(interview.coverage.first { $0.topic.id == "privacy" }?.coverage == .partial)
        var changed = interview
        try give(&changed, "hosted", false)
        #expect(changed.conflicts.isEmpty)
        try give(&interview, "hosted", true)
        #expect(interview.conflicts.isEmpty && interview.state.current("hosted")?.conflict == "egress")
    }

    @Test(arguments: ["egress", "offline", "exposed", "laptop", "instant"])
    func `each pair of contradicting answers is found`(id: String) throws {
        let answers: [String: [(String, JSONValue)]] = [
            "egress": [("confidential", false), ("hosted", true)], "offline": [("place", "offline"), ("hosted", true)],
            "exposed": [("users", "public"), ("personal", "yes-all")], "laptop": [("place", "laptop"), ("load", 121)],
            "instant": [("followups", true), ("latency", 0.1)],
        ]
        var interview = try interview(survey { $0.personalDocuments = 1 })
        for (question, answer) in try #require(answers[id]) {
            #expect(interview.conflicts.isEmpty)
            try give(&interview, question, answer)
        }
        #expect(interview.conflicts.map(\.id) == [id])
    }

    @Test func `answers are kept with who gave them, and a second writer loses none`() async throws {
        try await withTemporaryDirectory { folder in
            try "documents: [d*.md]\n".write(toFile: folder + "/neo.yaml", atomically: true, encoding: .utf8)
            let file = InterviewFile(try Project(opening: folder))
            var interview = try interview()
            interview.state = try file.read(kind: "rag")
            let first = try interview.answer("users", "staff", by: person, at: now)
            _ = try file.add([first], kind: "rag")
            // It does not know of the first answer.
            let second = try interview.answer("load", nil, by: .init(name: "codex", way: .agent), at: now)
            #expect(try file.add([second], kind: "rag").answers == [first, second])
            #expect(try file.read(kind: "rag").current("load")?.source.way == .agent)

            for damaged in ["{", #"{"kind": "rag"}"#, #"{"kind": "kernel", "version": 1, "answers": []}"#] {
                try damaged.write(toFile: folder + "/.neo/interview.json", atomically: true, encoding: .utf8)
                let error = #expect(throws: EngineerError.self) { try file.read(kind: "rag") }
                #expect(error?.message.contains("interview.json is ") == true)
                #expect(throws: EngineerError.self) { try file.add([first], kind: "rag") }
                #expect(try String(contentsOfFile: folder + "/.neo/interview.json", encoding: .utf8) == damaged)
            }
        }
    }

    @Test func `an answer to a question that does not exist names the nearest`() throws {
        let interview = try interview()
        let error = #expect(throws: EngineerError.self) { try interview.answer("latancy", 1, by: person, at: now) }
        #expect(error?.message.contains("Did you mean latency?") == true)
    }
}
