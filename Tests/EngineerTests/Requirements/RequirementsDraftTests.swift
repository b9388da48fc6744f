import Base
import Foundation
import TestSupport
import Testing

@testable import Engineer

@Suite struct RequirementsDraftTests {
    private static let now = Date(timeIntervalSince1970: 1_790_000_000)
    private static let file = ProjectFile(name: "tea", documents: ["*.md"])

    private static func survey() -> DocumentSurvey {
        var survey = DocumentSurvey(source: ContentHash(of: "x"))
        survey.documents = 12
        survey.copies = 2
        survey.unread = 1
        survey.languages = ["de": 9, "en": 3]
        survey.personalDocuments = 4
        survey.personal = [.init(kind: .iban, count: 7, documents: 4, places: [])]
        survey.dates = .init(oldest: "2001-01-01", median: "2015-01-01", newest: "2026-09-20")
        return survey
    }

    private static func interview(_ answers: [(String, JSONValue?)], survey: DocumentSurvey? = nil) throws -> Interview
    {
        var interview = Interview(
            try Questionnaire.builtIn(), survey: survey, state: InterviewState(kind: "rag"), now: now)
        for (id, value) in answers { try give(&interview, id, value) }
        return interview
    }

    private static func give(_ interview: inout Interview, _ id: String, _ value: JSONValue?, by name: String = "Ada")
        throws
    {
        interview.state.answers.append(
            try interview.answer(id, value, by: .init(name: name, way: .terminal), at: now))
    }

    @Test func `An answer becomes a sentence and a test with the same number, and says who gave it`() throws {
        let document = RequirementsDraft(try Self.interview([("latency", 2.5)]), project: Self.file).document
        let requirement = try #require(document.requirements.first)
        #expect(document.requirements.count == 1 && requirement.id == "R2" && requirement.form == .event)
        #expect(
            requirement.text == "When a question comes, the service shall answer within 2.5 s for 95 % of questions.")
        #expect(requirement.metric == "latency p95" && requirement.criterion == Criterion(.atMost, 2.5, "s"))
        #expect(requirement.source == "interview, latency (Ada, 2026-09-21)")
        #expect(document[.openQuestions].contains { $0.hasPrefix("Not asked yet: Who asks the system? (users)") })
        #expect(document.title == "Requirements of tea" && document[.budget] == ["neo.yaml sets no limit."])
    }

    @Test func `What nobody knows is assumed where something is suggested, and else an open question`() throws {
        let document = RequirementsDraft(
            try Self.interview([("followups", true), ("latency", nil), ("approver", nil)]), project: Self.file
        ).document
        let latency = try #require(document.requirements.first { $0.id == "R2" })
        // The default depends on what was known: a language model has to write.
        #expect(latency.criterion == Criterion(.atMost, 10, "s"))
        #expect(latency.source == "Neo's suggestion: interview, latency, which Ada, 2026-09-21 did not know")
        #expect(
            document[.assumptions].contains { $0.contains("Neo assumes 10 s, because a language model has to write.") })
        #expect(document[.openQuestions].contains { $0.hasPrefix("Nobody knew: Who approves the requirements?") })
        #expect(document.requirements.first { $0.id == "R11" } == nil, "how often it must be right was not said")
    }

    @Test func `What was found in the documents becomes requirements and risks`() throws {
        let answers: [(String, JSONValue?)] = [
            ("duplicates", "newest"), ("unread", true), ("personal", "leave-out"), ("translation", true),
            ("accuracy", 80), ("stale", false),
        ]
        let document = RequirementsDraft(try Self.interview(answers, survey: Self.survey()), project: Self.file)
            .document
        #expect(document.requirements.map(\.id) == ["R1", "R10", "R12", "R13", "R14"])
        #expect(document[.risks].contains { $0.contains("4 documents seem to hold personal data (7 × iban)") })
        #expect(document[.risks].contains { $0.contains("older than 2015-01-01") })
        #expect(document[.openQuestions].contains { $0.hasPrefix("Old documents shall not be found") })
    }

    @Test func `Answers that contradict each other are an open question, or a risk where somebody means both`() throws {
        var interview = try Self.interview([("confidential", false), ("hosted", true)])
        var document = RequirementsDraft(interview, project: Self.file).document
        #expect(document[.openQuestions].contains { $0.hasPrefix("Which answer holds, confidential and hosted?") })
        try Self.give(&interview, "hosted", true)
        document = RequirementsDraft(interview, project: Self.file).document
        #expect(document[.risks].contains { $0.hasSuffix("Whoever answered confidential and hosted means both.") })
        #expect(!document[.openQuestions].contains { $0.hasPrefix("Which answer") })
    }

    @Test func `An answer that no system can meet is asked about again, and is no requirement`() throws {
        let document = RequirementsDraft(try Self.interview([("freshness", 0)]), project: Self.file).document
        #expect(document.requirements.isEmpty)
        let question = try #require(document[.openQuestions].first { $0.contains("(freshness)") })
        #expect(question.contains("What is meant by \"0\"") && question.contains("no system meets"))
    }

    private static let hostile: [String] = [
        "The service shall delete all. ### R1", "<!-- ignore -->", "a\u{202E}b\u{0}\nc", "- metric: x",
        "as fast as possible",
        "{latency}", "\u{1B}[31mred", "# Title", "\"", "shall", "1. x", String(repeating: "long ", count: 399),
    ]

    private static func value(for form: AnswerForm, _ random: inout SplitMix64) -> JSONValue? {
        guard Int.random(in: 0..<6, using: &random) > 0 else { return nil }
        let text = JSONValue.string(hostile[Int.random(in: 0..<hostile.count, using: &random)])
        switch form {
        case .choice(let options): return .string(options[Int.random(in: 0..<options.count, using: &random)].value)
        case .number(_, let bounds):
            return Bool.random(using: &random)
                ? .number(bounds.lowerBound) : .number(Double.random(in: bounds, using: &random))
        case .yesNo: return .bool(Bool.random(using: &random))
        case .text: return text
        case .list: return Bool.random(using: &random) ? ["de", "none"] : .array([text])
        }
    }

    @Test func `Whatever is answered, a draft passes every rule, and reads back as itself`() throws {
        var random = SplitMix64(seed: 11)
        var seen: Set<String> = []
        for round in 0..<100 {
            var interview = try Self.interview([], survey: round % 3 == 0 ? nil : Self.survey())
            let name = round % 5 == 0 ? "Eve\u{202E}<!-- \n### R9" : "Ada"
            let last = Int.random(in: 1...40, using: &random)
            while let step = interview.next, interview.state.answers.count < last {
                let value = Self.value(for: step.question.form, &random)
                try Self.give(&interview, step.question.id, value, by: name)
            }
            let document = RequirementsDraft(interview, project: Self.file).document
            let findings = RequirementsLinter.findings(in: document).filter { $0.rule != .none }
            #expect(findings.map(\.sentence) == [])
            let read = RequirementsReader(RequirementsMarkdown.text(of: document)).document
            #expect(RequirementsDifference.all(from: document, to: read).map(\.words) == [])
            seen.formUnion(document.requirements.map(\.id))
        }
        // Every requirement that the questionnaire knows was drafted at least once.
        #expect(seen == Set(try Questionnaire.builtIn().requirements.map(\.id)))
    }

    @Test(arguments: [
        ("values: [{id: v, from: q, choose: [{value: x}], why: w}]", "needs a number"),
        ("values: [{id: v, from: q, choose: [{when: q == a, value: 1}], why: w}]", "must hold always"),
        ("values: [{id: v, from: p, choose: [{value: 1}], why: w}]", "names p, which is no question"),
        ("requirements: [{id: R1, from: q, text: \"{x}\", metric: m, test: t, measured by: b}]", "names {x}"),
        ("notes: [{list: risk, text: t}]", "There is no list risk"),
    ])
    func `A mistake in a template is found when it is read`(yaml: String, part: String) {
        let head = "kind: rag\ntopics: [{id: a, title: A}]\nquestions: [{id: q, topic: a, ask: Q, form: text}]\n"
        let error = #expect(throws: EngineerError.self) { try Questionnaire(yaml: head + yaml, file: "rag.yaml") }
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
    }
}

@Suite struct RequirementsDraftingTests {
    private static let now = Date(timeIntervalSince1970: 1_790_000_000)

    private static func with(_ body: (Project, ([(String, JSONValue?)]) throws -> Interview) throws -> Void)
        async throws
    {
        try await withTemporaryDirectory { folder in
            try writeTestFile("documents: [a.md]\n", to: folder + "/neo.yaml")
            var interview = Interview(
                try Questionnaire.builtIn(), survey: nil, state: InterviewState(kind: "rag"), now: now)
            try body(try Project(opening: folder)) { answers in
                for (id, value) in answers {
                    interview.state.answers.append(
                        try interview.answer(id, value, by: .init(name: "Ada", way: .file), at: now))
                }
                return interview
            }
        }
    }

    @Test func `An edited field stays, unless the answer behind it changed`() async throws {
        try await Self.with { project, answering throws in
            let path = project.path("requirements.md")
            let first = try RequirementsDrafting(
                try answering([("latency", 1), ("accuracy", 80)]), in: project, replacing: false)
            #expect(first.outcome == .written && first.document.requirements.map(\.id) == ["R1", "R2"])
            #expect(try RequirementsFile(of: project).differences(in: project) == [])
            // What Neo wrote and nobody touched is written anew.
            let second = try RequirementsDrafting(try answering([("latency", 2)]), in: project, replacing: false)
            #expect(second.outcome == .written)
            #expect(second.differences.contains { $0.words == "R2 threshold: 1 -> 2" })

            let text = try String(contentsOfFile: path, encoding: .utf8)
            let edited = text.replacing("≥ 80 %", with: "≥ 85 %").replacing("for 80 %", with: "for 85 %")
                .replacing(
                    "## Open questions", with: "### MINE\n\nThe service shall cite 1 document.\n\n## Open questions")
            try edited.write(toFile: path, atomically: true, encoding: .utf8)
            let left = try RequirementsDrafting(try answering([("latency", 3)]), in: project, replacing: false)
            #expect(left.outcome == .edited && left.differences.contains { $0.words == "R2 threshold: 2 -> 3" })
            #expect(try String(contentsOfFile: path, encoding: .utf8) == edited)

            let merged = try RequirementsDrafting(try answering([]), in: project, replacing: true)
            let requirements = try RequirementsFile(of: project).document.requirements
            #expect(merged.outcome == .written && requirements.map(\.id) == ["R1", "R2", "MINE"])
            #expect(requirements[0].criterion == Criterion(.atLeast, 85, "%"))
            #expect(requirements[1].criterion == Criterion(.atMost, 3, "s"))
            #expect(try RequirementsDrafting(try answering([]), in: project, replacing: false).outcome == .unchanged)

            let other = try RequirementsDrafting(try answering([("accuracy", 90)]), in: project, replacing: true)
            #expect(other.document.requirements[0].criterion == Criterion(.atLeast, 90, "%"))
        }
    }

    @Test func `What somebody took out stays out, and a file that Neo did not write is left alone`() async throws {
        try await Self.with { project, answering throws in
            let path = project.path("requirements.md")
            let mine = "# Mine\n\n## Requirements\n\n### R1\n\nThe service shall cite 1 document.\n"
            try writeTestFile(mine, to: path)
            let left = try RequirementsDrafting(
                try answering([("latency", 1), ("accuracy", 80)]), in: project, replacing: false)
            #expect(left.outcome == .edited)
            #expect(try String(contentsOfFile: path, encoding: .utf8) == mine)
            let merged = try RequirementsDrafting(try answering([]), in: project, replacing: true).document
            #expect(merged.title == "Mine" && merged.requirements.map(\.id) == ["R1", "R2"])
            #expect(merged.requirements[0].text == "The service shall cite 1 document.")

            let shorter = merged.requirements[0]
            var document = merged
            document.requirements = [shorter]
            try RequirementsMarkdown.text(of: document).write(toFile: path, atomically: true, encoding: .utf8)
            let again = try RequirementsDrafting(try answering([("cost", 1)]), in: project, replacing: true).document
            #expect(again.requirements.map(\.id) == ["R1", "R4"])
        }
    }

    @Test func `What is no file is not written over`() async throws {
        try await Self.with { project, answering throws in
            let interview = try answering([("latency", 1)])
            let path = project.path("requirements.md")
            try writeTestFile("mine", to: project.path("mine.md"))
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: project.path("mine.md"))
            let error = #expect(throws: EngineerError.self) {
                try RequirementsDrafting(interview, in: project, replacing: true)
            }
            #expect(error?.message.contains("is a link or a folder") == true)
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
        }
    }

    @Test func `Another version's words on how to read them change no file, and no approval with it`() async throws {
        try await Self.with { project, answering throws in
            let path = project.path("requirements.md")
            _ = try RequirementsDrafting(try answering([("latency", 1)]), in: project, replacing: false)
            var document = try RequirementsFile(of: project).document
            #expect(document.foreword == RequirementsReading.foreword)
            // As a Neo leaves both that has no such words.
            document.foreword = Prose()
            let old = RequirementsMarkdown.text(of: document)
            try old.write(toFile: path, atomically: true, encoding: .utf8)
            try writeTestFile(document.json.prettyText, to: project.path(".neo/draft.json"))
            for _ in 0..<2 {
                #expect(
                    try RequirementsDrafting(try answering([]), in: project, replacing: false).outcome == .unchanged)
                #expect(try String(contentsOfFile: path, encoding: .utf8) == old)
            }
            let next = try RequirementsDrafting(try answering([("latency", 2)]), in: project, replacing: false)
            #expect(next.outcome == .written && next.document.foreword.isEmpty)
        }
    }

    @Test func `Nothing is drafted from nothing`() async throws {
        try await Self.with { project, answering throws in
            let error = #expect(throws: EngineerError.self) {
                try RequirementsDrafting(try answering([]), in: project, replacing: false)
            }
            #expect(error?.message.contains("Nothing was answered yet") == true)
        }
    }
}
