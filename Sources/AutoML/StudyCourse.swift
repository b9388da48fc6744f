internal import Base

/// The order of a study's trials: which comes next, and what its ask is told. Used by one task only.
struct StudyCourse {
    private let study: Study
    private let journaled: [Int: Trial]
    /// The trials begun, by number.
    private var begun: [Trial] = []
    /// The results of those that have ended.
    private var ended: [Int: TrialResult] = [:]
    private var exhausted = false
    private var stopped = false

    init(_ study: Study, journaled: [Trial]) {
        self.study = study
        self.journaled = Dictionary(journaled.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// All results by number.
    var results: [TrialResult] {
        begun.compactMap { ended[$0.number] }
    }

    /// Why nothing more comes.
    var ending: StudyOutcome.Ending {
        exhausted ? .exhausted : stopped ? .seconds : .trials
    }

    /// A trial came out.
    mutating func tell(_ result: TrialResult) {
        ended[result.trial.number] = result
        // Only the time limit ends a trial that is still running.
        if result.trial.state == .running { stopped = true }
    }

    /// The next trial, journaled; nil where it must wait for others, or none comes.
    mutating func next(isOver: Bool) async throws -> Trial? {
        let number = begun.count
        guard !exhausted, number < study.limits.trials ?? .max else { return nil }
        guard (0..<told(for: number)).allSatisfy({ ended[$0] != nil }) else { return nil }
        if var trial = journaled[number] {
            try check(trial)
            // JSON knows no difference between 2 and 2.0: what was written as a real number may come back as a whole.
            trial.configuration = study.space.normalised(trial.configuration)
            begun.append(trial)
            return trial
        }
        guard !isOver || begun.isEmpty else {
            stopped = true
            return nil
        }
        guard let trial = try ask(number) else {
            exhausted = true
            return nil
        }
        try await study.journal.begin(trial)
        begun.append(trial)
        return trial
    }

    private func ask(_ number: Int) throws -> Trial? {
        guard number > 0 else {
            return Trial(number: 0, configuration: study.space.default, origin: "default")
        }
        let history = begun.map { trial in
            Observation(number: trial.number, configuration: trial.configuration, outcome: outcome(trial, for: number))
        }
        let tried = Set(begun.map(\.configuration))
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
                return Trial(number: number, configuration: configuration, origin: study.sampler.name)
            }
        }
        return nil
    }

    /// How many trials an ask is told of: all but those that may be measured at the same time.
    private func told(for number: Int) -> Int {
        max(number - study.jobs + 1, 0)
    }

    private func outcome(_ trial: Trial, for number: Int) -> Observation.Outcome {
        guard trial.number < told(for: number), let result = ended[trial.number] else { return .pending }
        return result.value.map { .score(study.objective.score($0)) } ?? .failed
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
