package import Base
package import RAG
package import Statistics

/// How far a judge can be trusted: what it said of answers that people had judged, and how often it says the same twice.
package struct JudgeAudit: Sendable, Hashable, Codable {
    /// The fewest labels that say something, and as many as are worth the trouble.
    package static let labels = 30...100

    /// An answer that both judged.
    package struct Pair: Sendable, Hashable, Codable {
        /// The answer's id.
        package var id: String
        /// Names what was asked and answered.
        package var hash: ContentHash
        /// What a person said, from 0 to 1.
        package var label: Double
        /// What the judge said; nil where it failed, which counts as 0.
        package var judged: Double?

        package init(id: String, hash: ContentHash, label: Double, judged: Double?) {
            (self.id, self.hash, self.label, self.judged) = (id, hash, label, judged)
        }
    }

    /// What was judged.
    package var criterion: JudgeCriterion
    /// The judge's name.
    package var judge: String
    /// The version of its prompt.
    package var prompt: String
    /// The day, such as `2026-11-21`.
    package var date: String
    /// Whether it judged answers that it wrote itself, because somebody insisted.
    package var judgedOwnAnswers: Bool
    /// One an answer.
    package var pairs: [Pair]
    /// How often each answer was judged.
    package var repetitions: Int
    /// Of the pairs of verdicts on one answer, the share that is equal; nil where each was judged once.
    package var repeatability: Double?

    package init(
        criterion: JudgeCriterion, judge: String, prompt: String, date: String, judgedOwnAnswers: Bool = false,
        pairs: [Pair], repetitions: Int = 1, repeatability: Double? = nil
    ) {
        self.criterion = criterion
        self.judge = judge
        self.prompt = prompt
        self.date = date
        self.judgedOwnAnswers = judgedOwnAnswers
        self.pairs = pairs
        self.repetitions = repetitions
        self.repeatability = repeatability
    }

    private var scores: [Double] { pairs.map { $0.judged ?? 0 } }
    private var people: [Bool] { pairs.map { Self.isRight($0.label) } }
    private var verdicts: [Bool] { scores.map(Self.isRight) }

    /// Where yes and no are counted, a part is no.
    private static func isRight(_ score: Double) -> Bool { score > 0.5 }

    /// How often both say right, or both wrong.
    package var agreement: Interval? { Self.share(zip(people, verdicts).map { $0 == $1 }) }
    /// The same beyond chance; nil where people, and the judge, found all answers right, or all wrong.
    package var kappa: Interval? { (try? cohensKappa(people, verdicts)).flatMap(\.self) }
    /// The judge's mean minus people's.
    package var bias: Interval? { try? meanDifferenceInterval(zip(scores, pairs.map(\.label)).map { $0 - $1 }) }
    /// Of the answers that people found wrong, how many it finds right.
    package var falsePositiveRate: Interval? {
        Self.share(zip(people, verdicts).filter { !$0.0 }.map(\.1))
    }
    /// Of the answers that people found right, how many it finds wrong.
    package var falseNegativeRate: Interval? {
        Self.share(zip(people, verdicts).filter(\.0).map { !$0.1 })
    }
    /// How often it gave no verdict.
    package var failureRate: Double {
        pairs.isEmpty ? 0 : Double(pairs.count { $0.judged == nil }) / Double(pairs.count)
    }

    private static func share(_ values: [Bool]) -> Interval? {
        try? wilsonInterval(successes: values.count(where: \.self), of: values.count)
    }

    /// What people would say of answers on average: the labelled ones, and others that only the judge has judged.
    ///
    /// - Parameter judged: answers with what the judge said; those that have a label here are not counted twice.
    package func corrected(_ judged: [(hash: ContentHash, score: Double)]) throws -> PredictionPoweredMean {
        let labelled = Set(pairs.map(\.hash))
        return try PredictionPoweredMean(
            labels: pairs.map(\.label), judged: scores,
            unlabelled: judged.filter { !labelled.contains($0.hash) }.map(\.score))
    }
}
