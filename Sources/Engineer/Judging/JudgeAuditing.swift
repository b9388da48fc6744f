package import Base
internal import LanguageModels
package import RAG
package import Statistics

/// Audits a judge: the work of `neo judge audit`.
package struct JudgeAuditing: Sendable {
    private let judge: Judge
    private let name: ModelName
    private let criterion: JudgeCriterion
    private let repetitions: Int
    private let time: TimeSource

    /// An audit of a judge.
    ///
    /// - Parameter repetitions: how often each labelled answer is judged.
    package init(
        _ judge: Judge, criterion: JudgeCriterion, repetitions: Int = 3, time: TimeSource = .system
    ) {
        self.judge = judge
        name = ModelName(identity: judge.model.identity)
        self.criterion = criterion
        self.repetitions = max(1, repetitions)
        self.time = time
    }

    /// What came out.
    package struct Outcome: Sendable, Hashable {
        /// The audit.
        package var audit: JudgeAudit
        /// What the judge says of all answers on average; failures count as the worst score.
        package var judged: Double
        /// What people would say of them.
        package var corrected: Interval
        /// What the judge counted in that, from 0 to 1.
        package var weight: Double
        /// How many answers have no label.
        package var unlabelled: Int
        /// All verdicts of the first round.
        package var verdicts: [JudgeVerdict]
    }

    /// Judges the labelled answers, some times each, and the others once.
    ///
    /// - Parameter insists: whether the judge may have written answers itself.
    /// - Throws: `EngineerError` where there are too few labels, or the criterion has nothing to compare with.
    @concurrent
    package func run(
        labelled: [JudgedAnswer], others: [JudgedAnswer] = [], insists: Bool = false,
        onVerdict: @escaping @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
    ) async throws -> Outcome {
        let labelled = try usable(labelled)
        let hashes = Set(labelled.map(\.hash))
        let others = others.filter { !hashes.contains($0.hash) && criterion.applies(to: $0.item) }
        let ownAnswers = try name.judgesItself(
            (labelled + others).compactMap(\.writer).map { ModelName(identity: $0) }, insists: insists)
        let all = labelled.count * repetitions + others.count
        var rounds: [[JudgeVerdict]] = []
        for repetition in 0..<repetitions {
            rounds.append(
                try await judge.judge(labelled.map(\.item), by: criterion, repetition: repetition) { done, _ in
                    onVerdict(repetition * labelled.count + done, all)
                })
        }
        let further = try await judge.judge(others.map(\.item), by: criterion) { done, _ in
            onVerdict(all - others.count + done, all)
        }
        let audit = JudgeAudit(
            criterion: criterion, judge: name.text, prompt: JudgePrompt(criterion).version,
            date: String(time.now().timestamp.prefix(10)), judgedOwnAnswers: ownAnswers,
            pairs: zip(labelled, rounds[0]).map { answer, verdict in
                JudgeAudit.Pair(
                    id: answer.item.id, hash: answer.hash, label: answer.label ?? 0, judged: verdict.score)
            },
            repetitions: repetitions, repeatability: Self.repeatability(rounds))
        let mean = try audit.corrected(zip(others, further).map { ($0.hash, $1.score ?? 0) })
        let verdicts = rounds[0] + further
        return Outcome(
            audit: audit, judged: JudgeScores(criterion, verdicts).mean ?? 0, corrected: try mean.interval(),
            weight: mean.weight, unlabelled: others.count, verdicts: verdicts)
    }

    private func usable(_ labelled: [JudgedAnswer]) throws(EngineerError) -> [JudgedAnswer] {
        let usable = labelled.filter { $0.label != nil && criterion.applies(to: $0.item) }
        guard usable.count >= JudgeAudit.labels.lowerBound else {
            let lacking = labelled.count - usable.count
            let what =
                switch criterion {
                case .correctness: "golden answers (\"answers\")"
                case .faithfulness, .citations, .relevance: "passages (\"passages\")"
                }
            throw EngineerError(
                code: .invalidRequest,
                message:
                    "There are \(usable.count) labels that \(criterion.rawValue) can be audited with, and an audit "
                    + "needs at least \(JudgeAudit.labels.lowerBound)."
                    + (lacking > 0 ? " \(lacking) rows have no label, or no \(what)." : " Label more answers."))
        }
        return usable
    }

    /// Of the pairs of verdicts on one answer, the share that is equal; a failure equals nothing.
    static func repeatability(_ rounds: [[JudgeVerdict]]) -> Double? {
        guard rounds.count > 1, let first = rounds.first, !first.isEmpty else { return nil }
        var (equal, pairs) = (0, 0)
        for item in first.indices {
            for one in rounds.indices {
                for other in rounds.indices where other > one {
                    pairs += 1
                    if let label = rounds[one][item].label, label == rounds[other][item].label { equal += 1 }
                }
            }
        }
        return Double(equal) / Double(pairs)
    }
}
