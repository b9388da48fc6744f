import AutoML
import Base
import LanguageModels
import RAG
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Engineer

@Suite struct AnswerPhaseTests {
    private static let things = [
        "harbour", "violin", "glacier", "saddle", "lantern", "orchard", "compass", "turbine", "mosaic", "falcon",
        "meadow", "cellar", "anchor", "bridge", "candle", "desert",
    ]

    /// A project of prices, whose questions have short golden answers, and one that the documents do not answer.
    func search(
        _ model: any LanguageModel, yaml: String = "generator: writer", options: SearchOptions = SearchOptions(),
        judge: (any LanguageModel)? = nil, isThere: Bool = true, time: TimeSource = .system,
        onEvent: @escaping @Sendable (SearchEvent) -> Void = { _ in },
        then: (Workspace) async throws -> Void = { _ in }
    ) async throws -> SearchResults {
        try await withTemporaryDirectory { folder async throws -> SearchResults in
            let project = ServedProject(folder: folder)
            for thing in Self.things {
                try project.write("docs/\(thing).md", "# Prices\n\nThe \(thing) costs \(thing.count * 7) coins.\n")
            }
            var rows = Self.things.map { thing -> JSONValue in
                let evidence: JSONValue = ["document": .string("\(thing).md"), "quote": .string("The \(thing) costs")]
                return [
                    "id": .string(thing), "question": .string("What is the price of the \(thing)?"),
                    "answers": [.string("\(thing.count * 7) coins")], "evidence": .array([evidence]),
                ]
            }
            rows.append(["id": "none", "question": "Who sings in winter?", "answerable": false])
            try project.write("golden.jsonl", rows.map(\.canonicalText).joined(separator: "\n") + "\n")
            try project.write(
                "neo.yaml", "documents: [docs/*.md]\nencoder: none\nsearch: {trials: 2, baselines: false}\n\(yaml)\n")
            var options = options
            options.finalists.requests = 0
            var ports = Workspace.Ports(
                storedModel: { _ in throw EndpointSetting.unreachable(EndpointSetting(api: "", url: "")) },
                modelFolder: { _ in throw EndpointSetting.unreachable(EndpointSetting(api: "", url: "")) }, threads: 1)
            let asked = judge
            if isThere { ports.languageModel = { _, purpose in purpose.role == .judge ? asked ?? model : model } }
            let opened = try Project(opening: folder)
            let results = try await SearchSession.run(
                opened, options: options, ports: ports, time: time, onEvent: onEvent)
            try await then(try await Workspace.open(opened, ports: ports))
            return results
        }
    }

    /// Reads the price out of the passages that it was shown; at length where it shall reason.
    private static let reader = ScriptedLanguageModel { request in
        guard case .user(let parts) = request.messages.last, case .text(let text) = parts.first,
            let thing = things.first(where: { text.contains("price of the \($0)") }),
            let mark = text.firstRange(of: "The \(thing) costs "),
            let number = text[..<mark.lowerBound].lastIndex(of: "=").map({ _ in 1 })
        else { return .text("NO ANSWER") }
        let price = text[mark.upperBound...].prefix { $0.isNumber }
        return .text("\(price) coins [\(number)].")
    }

    @Test func `a model that answers better than quotes is chosen, and the report says by how much`() async throws {
        let results = try await search(Self.reader, yaml: "generator: writer\ngeneration: {trials: 4}")
        let answers = try #require(results.answers)
        #expect(answers.writes)
        #expect(answers.chosen["generator"] == "writer" && answers.chosen["chunker"] != nil)
        #expect((answers.difference?.lower ?? 0) > 0)
        #expect(answers.written?.value ?? 0 > answers.quotes.value)
        #expect(answers.unanswerable == 1 && answers.questions == 17)
        let report = MarkdownReport.render(results)
        #expect(report.contains("Answers are written by writer."))
        #expect(report.contains("no judge has read the answers"))
        #expect(SearchSummary.text(results).contains("written minus quotes"))
    }

    @Test func `what each way of answering said is kept for people, at most once a question`() async throws {
        _ = try await search(
            Self.reader, yaml: "generator: writer\ngeneration: {trials: 4}",
            then: { workspace in
                let reader = ProjectReader(FoundProject(folder: workspace.project.folder))
                let found = try #require(await reader.overview().studies.first { $0.purpose == "answers" })
                let study = try #require(try await reader.study(found.id.hex))
                let known = Set(study.trials.map(\.figures.configuration.hash))
                let question = try #require(study.questions.first)
                let kept = try await reader.answers(to: question, study: study.id)
                #expect(kept.count >= known.count && known.isSubset(of: kept.keys))
                #expect(kept.values.contains { $0.text.hasSuffix(" coins [1].") && !$0.quotes.isEmpty })
                #expect(try await reader.answers(to: "nobody's", study: study.id).isEmpty)
            })
    }

    @Test func `what the search chose is what answers, unless somebody says otherwise`() async throws {
        _ = try await search(
            Self.reader, yaml: "generator: writer\ngeneration: {trials: 4}",
            then: { workspace in
                let query = Query("What is the price of the violin?")
                let chosen = try await Release.open(workspace).answer(query)
                #expect(chosen.generated?.text == "42 coins [1].")
                let quoted = try await Release.open(workspace, answering: .quotes).answer(query)
                #expect(quoted.generated == nil && !quoted.quotes.isEmpty)
                let other = Generator(model: ScriptedLanguageModel(saying: "Dear [1]."))
                let written = try await Release.open(workspace, answering: .written(other)).answer(query)
                #expect(written.generated?.text == "Dear [1].")
            })
    }

    @Test func `a model that writes nonsense is not chosen`() async throws {
        let results = try await search(ScriptedLanguageModel(saying: "Penguins, of course [1]."))
        let answers = try #require(results.answers)
        #expect(!answers.writes)
        #expect(answers.chosen["generator"] == "quotes")
        // How bad it is, is said all the same.
        #expect(answers.written != nil && (answers.difference?.upper ?? 0) < 0)
        #expect(MarkdownReport.render(results).contains("Answers are quotes"))
    }

    @Test func `a model that fails counts as the worst, question by question`() async throws {
        let broken = ScriptedLanguageModel { _ in throw LanguageModelError(.unreachable, "Nobody there.") }
        let answers = try #require(try await search(broken).answers)
        #expect(!answers.writes)
        #expect(answers.trials.contains { $0.failures > 0 })
    }

    @Test func `where every request would fail the search of answers stops, and says why`() async throws {
        let locked = ScriptedLanguageModel { _ in throw LanguageModelError(.authentication, "The key is wrong.") }
        let notes = Mutex<[String]>([])
        let results = try await search(locked) { event in
            if case .note(let text) = event { notes.withLock { $0.append(text) } }
        }
        #expect(results.answers == nil)
        #expect(locked.requests.count == 1)
        #expect(notes.withLock { $0 }.contains { $0.contains("The key is wrong. The same search goes on from there.") })
    }

    @Test func `held-out questions decide where there are some`() async throws {
        var options = SearchOptions()
        options.holdsOut = true
        let answers = try #require(try await search(Self.reader, options: options).answers)
        #expect(answers.kind == .heldOut && answers.heldOut > 0 && answers.questions + answers.heldOut == 17)
    }

    @Test func `retrieval and writing can be searched together`() async throws {
        let results = try await search(Self.reader, yaml: "generator: writer\ngeneration: {trials: 3, search: joint}")
        let answers = try #require(results.answers)
        #expect(answers.isJoint)
        #expect(
            answers.trials.allSatisfy { $0.configuration["chunker"] != nil && $0.configuration["retrieval"] == nil })
        #expect(MarkdownReport.render(results).contains("searched together"))
    }

    private static let judged = "generator: writer\ngeneration: {trials: 3, objective: judge_correctness}"

    @Test func `a judge decides where it is the objective, and the report says what it is worth`() async throws {
        let judge = ScriptedLanguageModel(identity: "local:judge@1") { request in
            guard case .user(let parts) = request.messages.last, case .text(let text) = parts.first else {
                return .text("")
            }
            // It gives no verdict on the violin, asked twice.
            if request.messages.contains(where: { "\($0)".contains("price of the violin") }) { return .text("Well.") }
            let answer = text.split(separator: "[begin answer").last ?? ""
            let isRight = answer.contains("coins") && !answer.contains("costs")
            return .text("{\"reason\": \"So.\", \"verdict\": \"\(isRight ? "correct" : "incorrect")\"}")
        }
        let results = try await search(Self.reader, yaml: Self.judged, judge: judge)
        let answers = try #require(results.answers)
        #expect(answers.objective.metric == "judge_correctness" && answers.writes)
        let judging = try #require(answers.judging)
        #expect(judging.name == "judge" && !judging.isAudited && !judging.judgesItself)
        #expect(judging.writtenFailureRate.map { abs($0 - 1.0 / 17) < 1e-9 } == true)
        #expect(answers.writtenMetrics["judge_correctness"].map { abs($0 - 16.0 / 17) < 1e-9 } == true)
        let report = MarkdownReport.render(results)
        #expect(report.contains("The judge is judge, unaudited: No audit has compared this judge with people"))
        #expect(report.contains("On written answers it gave no verdict in a share of 0.059 of the questions"))
        #expect(!report.contains("no judge has read the answers"))
    }

    @Test func `a judge that writes answers itself is refused at once, unless the project insists`() async throws {
        let refused = await #expect(throws: RAGError.self) { try await search(Self.reader, yaml: Self.judged) }
        #expect(refused?.message.contains("insist with `generation: own_answers: true`") == true)
        let yaml = Self.judged.replacing("trials: 3", with: "trials: 3, own_answers: true")
        let insisted = try await search(Self.reader, yaml: yaml)
        #expect(insisted.answers?.judging?.judgesItself == true)
        // A judge that never gives a verdict makes no answer good.
        #expect((insisted.answers?.judging?.writtenFailureRate ?? 0) > 0.9)
    }

    @Test func `one budget of time holds for both phases`() async throws {
        let clock = Mutex<UInt64>(0)
        let generation = GenerationSetting(models: [.init("writer")])
        let time = SearchTime(90, generation: generation) { clock.withLock { $0 } }
        #expect(time.ofRetrieval == 60 && time.ofAnswers == 90 && time.shortage == 90)
        clock.withLock { $0 = 50_000_000_000 }
        #expect(time.ofAnswers == 40)
        clock.withLock { $0 = 100_000_000_000 }
        #expect(time.ofAnswers == 0)
        let open = SearchTime(nil, generation: generation) { clock.withLock { $0 } }
        #expect(open.ofRetrieval == nil && open.ofAnswers == 600 && open.shortage == nil)
        #expect(SearchTime(90, generation: GenerationSetting()) { 0 }.ofRetrieval == 90)
        // A clock on which the time is over before answers begin.
        var options = SearchOptions()
        options.seconds = 0.000_001
        let results = try await search(Self.reader, options: options)
        #expect(results.answers == nil)
        #expect(MarkdownReport.render(results).contains("Answers were not searched: the time of --budget is over."))
    }

    @Test func `calls of the search of answers carry its trial`() async throws {
        let seen = Mutex<Set<Int?>>([])
        let studies = Mutex<Set<Bool>>([])
        let model = ScriptedLanguageModel { _ in
            seen.withLock { _ = $0.insert(MeasuredTrial.number) }
            studies.withLock { _ = $0.insert(CallScope.current.map { $0.study != $0.search } ?? false) }
            return .text("Penguins [1].")
        }
        _ = try await search(model, yaml: "generator: writer\ngeneration: {trials: 3}")
        // Trials of writing, and the held-out part and rewritings outside of trials.
        #expect(seen.withLock { $0 }.count > 1 && studies.withLock { $0 } == [true])
    }

    @Test func `an optional model that is not there is left out with its reason`() async throws {
        let yaml = "generator: {model: writer, optional: true}"
        #expect(try await search(Self.reader, yaml: yaml, isThere: false).answers == nil)
        await #expect(throws: EngineerError.self) {
            try await search(Self.reader, yaml: "generator: writer", isThere: false)
        }
    }
}

@Suite struct PromptOptimiserTests {
    /// Short only where the instruction asks for it.
    private static func writer(improving: Bool) -> ScriptedLanguageModel {
        ScriptedLanguageModel { request in
            guard case .system(let system) = request.messages.first, case .user(let parts) = request.messages.last,
                case .text(let text) = parts.first
            else { return .text("") }
            if system.hasPrefix("You improve instructions") {
                return .text(improving ? "Answer in as FEW words as you can." : "Answer with MANY words, please.")
            }
            guard let mark = text.firstRange(of: " costs ") else { return .text("NO ANSWER") }
            let price = text[mark.upperBound...].prefix { $0.isNumber }
            let padding =
                system.contains("FEW") ? "" : String(repeating: " indeed", count: system.contains("MANY") ? 9 : 1)
            return .text("\(price) coins\(padding) [1].")
        }
    }

    @Test(arguments: [true, false])
    func `a rewriting is taken over only where it is better`(improving: Bool) async throws {
        let yaml = "generator: writer\ngeneration: {trials: 4}\nspace: {prompt.passages: 1}"
        let results = try await AnswerPhaseTests().search(Self.writer(improving: improving), yaml: yaml)
        let answers = try #require(results.answers)
        #expect(answers.rewritings.first?.isAccepted == improving, "\(answers)")
        #expect((answers.chosen["prompt.instruction"] != nil) == improving)
        #expect(MarkdownReport.render(results).contains(improving ? "taken over, " : "not taken over, "))
    }
}
