internal import Base

/// The order of a study's trials: which comes next, and what its ask is told. Used by one task only.
struct StudyCourse {
    let study: Study
    private let journaled: [Int: Trial]
    /// The trials begun, by number.
    private(set) var begun: [Trial] = []
    private var tried: Set<Configuration> = []
    /// The results of those that have ended.
    private(set) var ended: [Int: TrialResult] = [:]
    private var exhausted = false
    private var stopped = false
    private var isSpent = false
    /// The race without opponents, once the first trial is known and somebody has raced.
    private(set) var unopposed: Race?
    /// The kinds of the trials begun, where a limit of time or money needs them.
    var kinds: [Int: [String]] = [:]
    /// The trial that did not fit into what was left of time or money.
    private(set) var refusal: StudyBudget.Refusal?
    /// The means at each rung of the race, by trial: they do not change once a trial has ended.
    private var rungMeans: [Int: [Double?]] = [:]

    /// What asks are told.
    private var known: ToldTrials

    init(_ study: Study, journaled: [Int: Trial]) {
        self.study = study
        self.journaled = journaled
        known = ToldTrials(objective: study.objective)
    }

    /// All results by number.
    var results: [TrialResult] {
        begun.compactMap { ended[$0.number] }
    }

    /// Why nothing more comes.
    var ending: StudyOutcome.Ending {
        exhausted ? .exhausted : refusal.map(\.ending) ?? (stopped ? .seconds : isSpent ? .evaluations : .trials)
    }

    /// A trial came out.
    mutating func tell(_ result: TrialResult) {
        ended[result.trial.number] = result
        // Only a limit of time or money ends a trial that is still running; of money, the next one is refused.
        if result.trial.state == .running { stopped = true }
    }

    /// The next trial, journaled; nil where it must wait for others, or none comes.
    mutating func next(_ budget: StudyBudget) async throws -> Trial? {
        let number = begun.count
        guard !exhausted, !isSpent, refusal == nil, number < study.limits.trials ?? .max else { return nil }
        guard (0..<told(for: number)).allSatisfy({ ended[$0] != nil }) else { return nil }
        // The order of a race comes from the first trial, so nobody races before it has ended.
        if study.racing != nil, number > 0, ended[0] == nil { return nil }
        if var trial = journaled[number] {
            try check(trial)
            // JSON knows no difference between 2 and 2.0: what was written as a real number may come back as a whole.
            trial.configuration = study.space.normalised(trial.configuration)
            isSpent = exceedsEvaluations(trial)
            if isSpent { return nil }
            append(trial)
            return trial
        }
        guard !budget.isOver || begun.isEmpty else {
            stopped = true
            return nil
        }
        guard let trial = try ask(number) else {
            exhausted = true
            return nil
        }
        isSpent = exceedsEvaluations(trial)
        refusal = number > 0 ? refusal(of: trial, budget) : nil
        if isSpent || refusal != nil { return nil }
        try await study.journal.begin(trial)
        append(trial)
        return trial
    }

    private mutating func append(_ trial: Trial) {
        begun.append(trial)
        tried.insert(trial.configuration)
    }

    /// What a trial that was just begun is compared with while it is measured.
    mutating func race(of trial: Trial) -> Race {
        guard let racing = study.racing, trial.number > 0, !study.evaluator.isCheap(trial.configuration) else {
            return Race(whole: study.items, objective: study.objective)
        }
        let unopposed = unopposed ?? Race(order: raceOrder(racing), racing: racing, objective: study.objective)
        self.unopposed = unopposed
        for other in begun.prefix(told(for: trial.number)) where rungMeans[other.number] == nil {
            rungMeans[other.number] = ended[other.number].map(unopposed.means)
        }
        let earlier = (0..<told(for: trial.number)).compactMap { rungMeans[$0] }
        return Race(order: unopposed.order, racing: racing, objective: study.objective, earlier: earlier)
    }

    private func raceOrder(_ racing: Racing) -> [String] {
        let first = ended[0]?.measurementsByItem ?? [:]
        return RaceOrder.make(
            study.items, values: first.mapValues { study.objective.score(study.objective.value(of: $0)) },
            rungs: racing.counts(of: study.items.count).map(\.count), seed: study.seed
        )
    }

    private mutating func ask(_ number: Int) throws -> Trial? {
        guard number > 0 else {
            return Trial(number: 0, configuration: study.space.default, origin: "default")
        }
        while known.count < told(for: number), let result = ended[known.count] { known.append(result) }
        let history = begun.map { trial in
            Observation(number: trial.number, configuration: trial.configuration, outcome: outcome(of: trial))
        }
        var generator = SplitMix64(seed: study.seed, stream: "ask \(number)")
        // A sampler that repeats itself gets more draws of its generator; one that does it always has no more to say.
        for _ in 0..<20 {
            guard let proposal = try study.sampler.ask(history: history, using: &generator) else { return nil }
            do {
                try study.space.validate(proposal)
            } catch {
                throw AutoMLError(
                    .invalidSampler, "The sampler `\(study.sampler.name)` left the search space.", cause: error
                )
            }
            let configuration = study.space.normalised(proposal)
            if !tried.contains(configuration) {
                let origin = study.sampler.origin(of: configuration)
                return Trial(number: number, configuration: configuration, origin: origin)
            }
        }
        return nil
    }

    /// How many trials an ask is told of: all but those that may be measured at the same time.
    func told(for number: Int) -> Int {
        max(number - study.jobs + 1, 0)
    }

    private func outcome(of trial: Trial) -> Observation.Outcome {
        guard trial.number < known.count else { return .pending }
        return known.values[trial.number].map { .score(study.objective.score($0)) } ?? .failed
    }

    /// Throws where the journal is of another study.
    private func check(_ trial: Trial) throws {
        do {
            try study.space.validate(trial.configuration)
        } catch {
            throw AutoMLError(
                .journalMismatch,
                "The journal belongs to another search: its trial \(trial.number) is not in this space.",
                cause: error
            )
        }
    }
}
