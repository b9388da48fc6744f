internal import AutoML
internal import Base
internal import RAG

/// What follows a search and precedes the held-out questions: the finalists' latency, and which configuration the
/// constraints leave.
struct FinalistPhase: Sendable {
    /// A configuration that is ready to be measured.
    struct Candidate: Sendable {
        let indexBytes: Int
        let request: @Sendable (String) async throws -> Void
    }

    let constraints: [Constraint]
    let objective: Objective
    let checks: ConstraintChecks
    /// What is asked: the search's questions.
    let questions: [String]
    var options: FinalistOptions
    let nanoseconds: @Sendable () -> UInt64
    let build: @Sendable (Configuration) async throws -> Candidate
    let note: @Sendable (String) -> Void

    /// Decides, and measures what can be measured.
    func run(_ outcome: StudyOutcome) async throws -> FinalistOutcome {
        let complete = ranked(outcome.trials)
        let limits = constraints.filter(\.readsClock).map(\.limit)
        guard !complete.isEmpty, options.requests > 0 || !constraints.isEmpty else { return FinalistOutcome(outcome) }
        guard limits.isEmpty || options.requests > 0 else {
            throw EngineerError(
                code: .invalidRequest,
                message: "The constraint \"\(constraints.first(where: \.readsClock)?.text ?? "")\" of neo.yaml is "
                    + "decided on measured requests. Leave out `--latency-requests 0`, or the constraint."
            )
        }
        guard limits.isEmpty else { return try await decided(outcome, complete, limit: limits.min()) }
        var result = FinalistOutcome(outcome)
        if !constraints.isEmpty {
            result.decide(Decision(try await withoutClock(complete, untilFeasible: true)))
        }
        if options.requests > 0 {
            let candidates = chosenFirst(complete, result.study.winner.trial.number)
            var course = try await course(candidates, baseline: outcome.baseline.trial.number, limit: nil)
            try await course.measure(course.lanes, requests: options.requests)
            result.measurement = course.measurement
        }
        return result
    }

    private func decided(
        _ outcome: StudyOutcome, _ complete: [AutoML.TrialResult], limit: Double?
    ) async throws -> FinalistOutcome {
        let first = try await withoutClock(complete, untilFeasible: false)
        let hopeless = first.filter { $0.outcome == .infeasible }
        let rest = complete.filter { trial in !hopeless.contains { $0.trial == trial.trial.number } }
        var result = FinalistOutcome(outcome)
        guard !rest.isEmpty else {
            result.decide(Decision(hopeless))
            return result
        }
        var course = try await course(rest, baseline: outcome.baseline.trial.number, limit: limit)
        var decided: [Int: Decision.Candidate] = [:]
        for round in 0...options.moreRounds {
            let open = course.lanes.filter { decided[$0.trial]?.outcome ?? .undetermined == .undetermined }
            if open.isEmpty { break }
            if round > 0 { note("measuring \(open.count) undetermined finalists once more") }
            try await course.measure(open, requests: options.requests)
            for lane in open {
                guard let trial = rest.first(where: { $0.trial.number == lane.trial }) else { continue }
                decided[lane.trial] = Decision.Candidate(
                    trial: lane.trial,
                    evidence: checks.means(trial.measurements, of: trial.trial.configuration)
                        + checks.size(course.bytes[lane.trial] ?? 0) + checks.latency(course.samples(lane.trial)),
                    // Looking again and again would find something by chance: every look gets its share of the 5 %.
                    alpha: 0.05 / Double(1 + options.moreRounds))
            }
        }
        let all = complete.compactMap { trial in
            decided[trial.trial.number] ?? hopeless.first { $0.trial == trial.trial.number }
        }
        result.decide(Decision(all, excluded: course.excluded))
        result.measurement = course.measurement
        return result
    }

    /// What constraints that read no clock say of the trials, in their order.
    private func withoutClock(
        _ trials: [AutoML.TrialResult], untilFeasible: Bool
    ) async throws -> [Decision.Candidate] {
        var found: [Decision.Candidate] = []
        let needsIndex = constraints.contains { $0.quantity == .indexSize }
        for trial in trials {
            try Task.checkCancellation()
            let bytes = needsIndex ? try await build(trial.trial.configuration).indexBytes : 0
            let candidate = Decision.Candidate(
                trial: trial.trial.number,
                evidence: checks.means(trial.measurements, of: trial.trial.configuration) + checks.size(bytes))
            found.append(candidate)
            if untilFeasible, candidate.outcome == .feasible { break }
        }
        return found
    }

    /// Predicts latencies and builds the finalists.
    private func course(
        _ trials: [AutoML.TrialResult], baseline: Int, limit: Double?
    ) async throws -> FinalistCourse {
        var course = FinalistCourse(
            InterleavedLatency(
                questions: questions, seconds: limit == nil ? options.seconds : options.constrainedSeconds,
                nanoseconds: nanoseconds), requests: options.requests)
        let begin = nanoseconds()
        var candidates: [FinalistChoice.Candidate] = []
        for trial in trials {
            try Task.checkCancellation()
            let now = nanoseconds()
            let isEarly = now < begin || Double(now - begin) / 1e9 < options.predictionSeconds
            let number = trial.trial.number
            let predicted =
                isEarly ? try await predicted(number, try await build(trial.trial.configuration)) : nil
            if let predicted {
                course.predictions.append(.init(trial: number, milliseconds: predicted))
            } else {
                course.unpredicted += 1
            }
            candidates.append(
                .init(
                    trial: number, quality: objective.score(trial.value ?? 0), predicted: predicted,
                    cost: checks.meanCost(trial) ?? 0))
        }
        let choice = FinalistChoice(candidates, baseline: baseline, limit: limit, options: options)
        course.excluded = choice.excluded
        note("measuring the latency of \(choice.trials.count) finalists, \(options.requests) requests each")
        for number in choice.trials {
            guard let trial = trials.first(where: { $0.trial.number == number }) else { continue }
            course.add(number, try await build(trial.trial.configuration))
        }
        try await course.warm()
        return course
    }

    /// The median of a few requests; nil where none succeeds.
    private func predicted(_ trial: Int, _ candidate: Candidate) async throws -> Double? {
        var latency = InterleavedLatency(
            questions: questions, seconds: options.predictionSeconds, nanoseconds: nanoseconds)
        let lane = InterleavedLatency.Lane(trial: trial, request: candidate.request)
        // The first request finds nothing warm.
        try await latency.measure([lane], requests: 1)
        latency = InterleavedLatency(
            questions: questions, seconds: options.predictionSeconds, nanoseconds: nanoseconds)
        try await latency.measure([lane], requests: options.predictions)
        let sorted = (latency.samples[trial]?.milliseconds ?? []).sorted()
        return sorted.isEmpty ? nil : sorted[sorted.count / 2]
    }

    /// The complete trials of which anything could be measured, the best first; of equal ones the earlier.
    private func ranked(_ trials: [AutoML.TrialResult]) -> [AutoML.TrialResult] {
        trials.filter(\.isUsable).sorted { left, right in
            let (first, second) = (objective.score(left.value ?? 0), objective.score(right.value ?? 0))
            return first == second ? left.trial.number < right.trial.number : first > second
        }
    }

    private func chosenFirst(_ trials: [AutoML.TrialResult], _ chosen: Int) -> [AutoML.TrialResult] {
        trials.filter { $0.trial.number == chosen } + trials.filter { $0.trial.number != chosen }
    }
}
