internal import AutoML
internal import Base
internal import LanguageModels
internal import RAG
internal import Retrieval
internal import Storage
internal import Synchronization

/// What follows the search of retrieval: whether a language model that reads the passages answers better than quotes
/// from them, and how it is best asked.
struct AnswerPhase {
    let workspace: Workspace
    let golden: ProjectGolden
    let split: GoldenSplit
    let retrieval: StudyDefinition
    let database: NeoDatabase
    let seed: UInt64
    let time: TimeSource
    let allowed: SearchTime
    let onEvent: @Sendable (SearchEvent) -> Void

    var setting: GenerationSetting { workspace.project.file.generation }

    /// What came of it: results, or why there are none; neither, where no model may write.
    struct Outcome {
        var results: AnswerResults?
        var omitted: String?
    }

    /// Searches. Where a model or a budget gives out, or the time is over, the next search goes on from there.
    func run(_ outcome: StudyOutcome, winner: Int) async throws -> Outcome {
        let stop = Mutex<(any Error)?>(nil)
        do {
            return try await search(outcome, winner: winner) { error in stop.withLock { $0 = $0 ?? error } }
        } catch is CancellationError {
            guard let error = stop.withLock({ $0 }) else { throw CancellationError() }
            return unfinished(error)
        } catch let error where isPersistent(error) {
            return unfinished(error)
        }
    }

    private func unfinished(_ error: any Error) -> Outcome {
        omitted("Answers were not searched to the end: \(sentence(for: error)) The same search goes on from there.")
    }

    private func omitted(_ words: String) -> Outcome {
        onEvent(.note(words))
        return Outcome(omitted: words)
    }

    private func search(
        _ outcome: StudyOutcome, winner: Int, onStop: @escaping @Sendable (any Error) -> Void
    ) async throws -> Outcome {
        guard !setting.models.isEmpty else { return Outcome() }
        let shortage = allowed.shortage
        guard allowed.ofAnswers > 0 else {
            return omitted("Answers were not searched: the time of --budget is over. Give it more to search them.")
        }
        let questions = AnswerQuestions(golden, split: split, limit: setting.questions, seed: seed)
        guard questions.areUsable else {
            return omitted("Answers are not searched: no golden question has `answers` to compare with.")
        }
        let (models, missing) = try await models()
        for (name, reason) in missing.sorted(by: { $0.key < $1.key }) {
            onEvent(.note("\(name) writes no answers in this search: \(reason)"))
        }
        guard !models.isEmpty else {
            return omitted("Answers are not searched: no model under `generator` can be had.")
        }
        let judging = try await AnswerJudge(workspace, writers: models)
        let front = RetrievalFront(outcome, winner: winner)
        let space = try space(models.keys.sorted(), front)
        let encoder = try await workspace.encoders.all().first?.encoder
        let objective = Objective(setting.objective ?? AnswerTrialEvaluator.metrics[0])
        let definition = definition(space, models, front, objective, questions, judging)
        let study = ContentHash(of: definition)
        return try await CallScope.$current.withValue(CallScope.current?.at(study: study.hex)) {
            let journal = try await database.openStudy(definition: definition, at: time.now())
            let releases = SingleFlight<ContentHash, LiveService>(capacity: RetrievalFront.limit)
            let evaluator = AnswerTrialEvaluator(
                questions.all, encoder: encoder, judge: judging?.judge, onStop: onStop,
                onAnswer: { configuration, item, answer in
                    // Kept for people who look; what was measured holds without it.
                    try? await database.record(
                        answer: KeptAnswer(answer).json, of: configuration.hash, item: item, study: study)
                },
                service: { try await service($0, front, models, releases) })
            onEvent(
                .note("answers: \(questions.search.count) questions, \(models.keys.sorted().joined(separator: ", "))"))
            let monitor = SearchMonitor(cache: workspace.cache, onEvent: onEvent)
            let (start, seconds) = (time.nanoseconds(), allowed.ofAnswers)
            let found = try await Study(
                space: space, sampler: try NamedSampler.greedy.make(space), objective: objective,
                items: questions.search,
                evaluator: evaluator, journal: journal,
                limits: StudyLimits(trials: setting.trials, seconds: seconds), racing: .usual, seed: seed,
                nanoseconds: time.nanoseconds, progress: monitor.hear
            ).run()
            var best = found.winner.trial.configuration
            var rewritings: [AnswerResults.Rewriting] = []
            if let name = best["generator"]?.string, let model = models[name] {
                let limit = start + UInt64(seconds * 1e9)
                let optimiser = PromptOptimiser(
                    golden: golden, objective: objective,
                    questions: Dictionary(
                        questions.all.map { ($0.question.id, $0) }, uniquingKeysWith: { first, _ in first }),
                    model: model,
                    measure: { try await measured($0, questions.search, evaluator, isHeldOut: false, study: study) },
                    mayGoOn: { time.nanoseconds() < limit })
                (best, rewritings) = try await optimiser.run(best, found.winner.measurements)
            }
            var results = try await results(
                found, best, front, objective, questions, evaluator, study: study, models: models.keys.sorted(),
                missing: missing)
            results.rewritings = rewritings
            results.secondsLeft = shortage
            results.judging = judging?.summary
            results.judging?.quotesFailureRate = results.quotesMetrics[AnswerTrialEvaluator.judgeFailed]
            results.judging?.writtenFailureRate = results.writtenMetrics[AnswerTrialEvaluator.judgeFailed]
            return Outcome(results: results)
        }
    }

    /// The models that can be had, and why others cannot.
    private func models() async throws -> ([String: any LanguageModel], [String: String]) {
        var models: [String: any LanguageModel] = [:]
        var missing: [String: String] = [:]
        for model in setting.models {
            do {
                models[model.name] = try await workspace.languageModel(
                    model.name, ModelUsePurpose(.generator))
            } catch let error as any DescribedError where model.isOptional {
                missing[model.name] = error.message
            }
        }
        return (models, missing)
    }

    private func space(_ models: [String], _ front: RetrievalFront) throws -> SearchSpace {
        let writing = try GenerationSpace.parameters(models: models, overriding: workspace.project.file.writingSpace)
        guard !setting.isJoint else { return try SearchSpace(workspace.space().parameters + writing) }
        let names = front.trials.map { JSONValue.string($0.name) }
        return try SearchSpace([Parameter(Self.retrieval, .categorical(names))] + writing)
    }

    private func definition(
        _ space: SearchSpace, _ models: [String: any LanguageModel], _ front: RetrievalFront, _ objective: Objective,
        _ questions: AnswerQuestions, _ judging: AnswerJudge?
    ) -> JSONValue {
        var definition: [String: JSONValue] = [
            "answers": 1, "prompts": .integer(PromptTemplate.version), "scope": .string(retrieval.scope.hex),
            "space": .array(space.parameters.map { (try? JSONValue(encoding: $0)) ?? .string($0.name) }),
            "models": .object(models.mapValues { .string($0.identity) }),
            "retrievals": .object(
                Dictionary(
                    front.trials.map { ($0.name, JSONValue.object($0.configuration.values)) },
                    uniquingKeysWith: { first, _ in first })),
            "objective": .string(objective.metric), "questions": .array(questions.search.map { .string($0) }),
            "seed": .string(String(seed)),
        ]
        if let judging {
            definition["judge"] = [
                "model": .string(judging.judge.model.identity), "prompt": .string(judging.summary.prompt),
            ]
        }
        return .object(definition)
    }

    /// The parameter that names a retrieval of the front.
    static let retrieval = "retrieval"

    /// Retrieval and writing in one configuration.
    func whole(_ configuration: Configuration, _ front: RetrievalFront) -> Configuration {
        guard let name = configuration[Self.retrieval]?.string,
            let found = front.trials.first(where: { $0.name == name })
        else { return configuration }
        let writing = configuration.values.filter { $0.key != Self.retrieval }
        return Configuration(found.configuration.values.merging(writing) { $1 })
    }

    private func service(
        _ configuration: Configuration, _ front: RetrievalFront, _ models: [String: any LanguageModel],
        _ releases: SingleFlight<ContentHash, LiveService>
    ) async throws -> any QueryService {
        let whole = whole(configuration, front)
        let retrieval = Configuration(whole.values.filter { !GenerationSpace.names.contains($0.key) })
        // A block of questions is measured at a time: what is counted of all passages is counted once.
        let release = try await releases.value(for: retrieval.hash) { [workspace] in
            try await Release.open(workspace, configuration: retrieval, study: nil)
        }
        let generator = try await Generator(whole) { name in
            guard let model = models[name] else {
                throw EngineerError(code: .invalidRequest, message: "No model \(name).")
            }
            return model
        }
        return release.written(by: generator)
    }
}
