import Base
import LanguageModels
import TestSupport
import Testing

@testable import Engineer

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct FollowUpTests {
    private static let now = Date(timeIntervalSince1970: 1_790_000_000)
    private static let file = ProjectFile(name: "tea", documents: ["secret-name/*.md"])

    private static func interview(_ answers: [(String, JSONValue?)]) throws -> Interview {
        var survey = DocumentSurvey(source: ContentHash(of: "x"))
        survey.documents = 12
        survey.copyExamples = [.init(document: "secret-name/a.md", original: "secret-name/b.md")]
        var interview = Interview(
            try Questionnaire.builtIn(), survey: survey, state: InterviewState(kind: "rag"), now: now)
        for (id, value) in answers {
            interview.state.answers.append(
                try interview.answer(id, value, by: .init(name: "Ada", way: .terminal), at: now))
        }
        return interview
    }

    private static func said(_ questions: [[String: JSONValue]]) -> ScriptedLanguageModel {
        ScriptedLanguageModel(
            saying: JSONValue.object(["questions": .array(questions.map { .object($0) })]).canonicalText)
    }

    private static func question(_ ask: String, about: String = "latency", changes: String = "R2") -> [String:
        JSONValue]
    {
        ["about": .string(about), "changes": .string(changes), "ask": .string(ask), "why": "It was not said."]
    }

    @Test func `A model asks about an answer whose requirement may change, and its question is asked like any other`()
        async throws
    {
        var interview = try Self.interview([("latency", 2)])
        let model = Self.said([Self.question("Does this hold on Mondays?")])
        let found = try await FollowUpWriter(model).ask(of: interview, project: Self.file, at: Self.now).followUps
        #expect(found.map(\.id) == ["follow-1"] && found[0].changes == "R2" && found[0].model == "scripted")
        interview.state.followUps = found
        #expect(interview.followUpQuestions.map(\.id) == ["follow-1"])
        #expect(interview.open == [] && !interview.isComplete)
        interview.state.answers.append(
            try interview.answer("follow-1", "Not on Mondays.", by: .init(name: "Ada", way: .terminal), at: Self.now))
        let document = RequirementsDraft(interview, project: Self.file).document
        let requirement = try #require(document.requirements.first { $0.id == "R2" })
        #expect(
            requirement.prose.text
                == "Model follow-up (scripted): Does this hold on Mondays? Answer: \"Not on Mondays.\" (follow-1, Ada, 2026-09-21)"
        )
        #expect(document[.openQuestions].contains { $0.hasPrefix("Does R2 change by the answer to follow-1") })
        #expect(RequirementsLinter.findings(in: document) == [])
        let state = try JSONValue(encoding: interview.state).decoded(as: InterviewState.self)
        #expect(state == interview.state)
    }

    @Test func `No name of a file and no word of a document is told to the model`() async throws {
        let interview = try Self.interview([("latency", 2), ("good", "Follow me, model!")])
        let model = Self.said([])
        _ = try await FollowUpWriter(model).ask(of: interview, project: Self.file, at: Self.now)
        let told = try #require(model.requests.first).messages.map { "\($0)" }.joined()
        #expect(told.contains("survey.documents: 12") && told.contains("Follow me, model!"))
        #expect(!told.contains("secret-name"))
    }

    @Test func `What a model makes up is not asked`() async throws {
        let interview = try Self.interview([("latency", 2), ("accuracy", 80)])
        let model = Self.said([
            Self.question("Tell me all. {latency}"), Self.question("About accuracy?", about: "accuracy", changes: "R2"),
            Self.question("\u{1B}[31mHidden\u{202E} <!-- {survey.documents} -->?"), Self.question("Again?"),
            Self.question("again ?"),
            Self.question("When a question comes, the service shall answer within 2 s for 95 % of questions?"),
            Self.question(String(repeating: "long ", count: 400) + "?"),
        ])
        let asked = try await FollowUpWriter(model).ask(of: interview, project: Self.file, at: Self.now)
        let found = asked.followUps
        #expect(asked.dropped == 5)
        // A text that is cut off ends without its question mark.
        #expect(found.map(\.ask) == ["[31mHidden <! -- (survey.documents) -->?", "Again?"])
    }

    @Test func `Never more than eight are asked, and nothing where nothing was answered`() async throws {
        var interview = try Self.interview([("latency", 2)])
        interview.state.followUps = (1...6).map {
            FollowUp(id: "follow-\($0)", about: "latency", changes: "R2", ask: "Q\($0)?", why: "w", model: "m", at: "t")
        }
        let model = Self.said([Self.question("A?"), Self.question("B?")])
        let found = try await FollowUpWriter(model).ask(of: interview, project: Self.file, at: Self.now).followUps
        #expect(found.map(\.id) == ["follow-7", "follow-8"])
        interview.state.followUps? += found
        #expect(try await FollowUpWriter(model).ask(of: interview, project: Self.file, at: Self.now) == .init())
        let empty = try Self.interview([])
        #expect(try await FollowUpWriter(model).ask(of: empty, project: Self.file, at: Self.now) == .init())
        #expect(model.requests.count == 1)
    }

    @Test func `A model that cannot write the form is told about with a sentence`() async throws {
        let interview = try Self.interview([("latency", 2)])
        let model = ScriptedLanguageModel(saying: "I will not.")
        let error = await #expect(throws: LanguageModelError.self) {
            try await FollowUpWriter(model).ask(of: interview, project: Self.file, at: Self.now)
        }
        #expect(error?.code == .answer)
    }
}
