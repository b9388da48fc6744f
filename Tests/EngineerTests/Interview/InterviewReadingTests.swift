import Base
import TestSupport
import Testing

@testable import Engineer

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct InterviewReadingTests {
    private let now = Date(timeIntervalSince1970: 1_790_000_000)

    @Test func `before the documents are read only that is asked which no finding can change`() throws {
        let questionnaire = try Questionnaire.builtIn()
        var interview = Interview(questionnaire, survey: nil, state: InterviewState(kind: "rag"), now: now)
        var survey = DocumentSurvey(source: ContentHash(of: "x"))
        (survey.documents, survey.languages, survey.personalDocuments) = (12, ["de": 12], 3)
        var asked: [String] = []
        while let step = interview.nextBeforeDocuments {
            try #require(asked.count < 60)
            asked.append(step.question.id)
            let same = Interview(questionnaire, survey: survey, state: interview.state, now: now)
            #expect(same.applies(step.question) && same.step(step.question) == step, "\(step.question.id)")
            let source = InterviewState.Source(name: "ada", way: .browser)
            interview.state.answers.append(
                try interview.answer(step.question.id, step.suggestion?.value ?? "Ada", by: source, at: now))
        }
        #expect(asked.first == "users" && asked.contains("latency") && asked.contains("approver"))
        // The price of a question is suggested by whether texts may leave, and that by what was found.
        #expect(Set(asked).isDisjoint(with: ["languages", "changes", "confidential", "cost", "hosted", "freshness"]))
        #expect(interview.next?.question.id == "languages")
    }

    @Test func `an answer is kept only where the one who keeps it agrees to what stands there`() async throws {
        try await withTemporaryDirectory { folder in
            try "documents: [d*.md]\n".write(toFile: folder + "/neo.yaml", atomically: true, encoding: .utf8)
            let project = try Project(opening: folder)
            let file = InterviewFile(project)
            let interview = Interview(
                try Questionnaire.builtIn(), survey: nil, state: InterviewState(kind: "rag"), now: now)
            let answer = try interview.answer("load", 5, by: .init(name: "ada", way: .browser), at: now)
            _ = try file.add([answer], kind: "rag") { #expect($0.answers.isEmpty) }
            #expect(throws: CancellationError.self) {
                try file.add([answer], kind: "rag") { _ in throw CancellationError() }
            }
            #expect(try file.read(kind: "rag").answers == [answer])
        }
    }

    @Test func `how far the interview has come is known without the documents being read`() async throws {
        try await withTemporaryDirectory { folder in
            try "documents: [d*.md]\n".write(toFile: folder + "/neo.yaml", atomically: true, encoding: .utf8)
            let reader = ProjectReader(FoundProject(folder: folder))
            let (project, questionnaire) = (try Project(opening: folder), try Questionnaire.builtIn())
            var stamps = [await reader.stamp()]
            var view = await reader.overview()
            #expect(view.interview?.isBegun == false && view.waiting.map(\.place) == [.interview])
            var interview = Interview(questionnaire, survey: nil, state: InterviewState(kind: "rag"), now: now)
            func give(_ id: String) throws {
                let answer = try interview.answer(id, nil, by: .init(name: "ada", way: .browser), at: now)
                interview.state = try InterviewFile(project).add([answer], kind: "rag")
            }
            try give("users")
            stamps.append(await reader.stamp())
            #expect(stamps[0] != stamps[1])
            view = await reader.overview()
            #expect(view.waiting.first?.sentence.hasPrefix("The interview is not over: Users") == true)
            #expect(view.interview?.unclear.count == 13 && view.interview?.isComplete == false)
            while let step = interview.next { try give(step.question.id) }
            view = await reader.overview()
            #expect(view.interview?.isComplete == true && view.waiting.isEmpty)
        }
    }
}
