internal import Storage

/// What `/metrics` tells of questions, by the names that services of this kind have in common (`rag_…`).
struct QuestionMetrics: Sendable {
    /// Bounds of scores: cosines, fused ranks and the scores of BM25 lie far apart.
    static let scoreBounds = [0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 2, 5, 10, 20, 50]
    /// Bounds of numbers of passages.
    static let countBounds: [Double] = [0, 1, 2, 5, 10, 20, 50, 100]

    /// A histogram with bounds of its own.
    struct Histogram: Sendable {
        let bounds: [Double]
        var counts: [Int]
        var sum = 0.0

        init(_ bounds: [Double]) {
            self.bounds = bounds
            counts = Array(repeating: 0, count: bounds.count + 1)
        }

        mutating func add(_ value: Double) {
            guard value.isFinite else { return }
            counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
            sum += value
        }
    }

    /// What requests are counted by.
    struct Label: Hashable, Sendable {
        var route: String
        var outcome: ServiceRequest.Outcome
    }

    private(set) var requests: [Label: Int] = [:]
    private(set) var seconds: [String: Histogram] = [:]
    private(set) var passages = Histogram(Self.countBounds)
    private(set) var topScores = Histogram(Self.scoreBounds)
    private(set) var empty = 0
    private(set) var unlikeGolden = 0
    private(set) var tokens = ["input": 0, "output": 0]
    private(set) var dollars = 0.0
    private(set) var abstentions: [String: Int] = [:]
    private(set) var citations = (sum: 0.0, count: 0)
    /// Rows that were not written down.
    var dropped = 0
    /// Below this similarity a question is unlike the golden ones; nil until it is known.
    var leastSimilarity: Double?
    /// How far what comes in is from what it is compared with.
    var drift: [DriftRecord] = []
    /// How many alerts are open.
    var firing = 0

    /// A question has ended.
    mutating func add(_ row: ServiceRequest) {
        requests[Label(route: row.route, outcome: row.outcome), default: 0] += 1
        for (stage, milliseconds) in row.stages.merging(["total": row.milliseconds], uniquingKeysWith: { $1 }) {
            seconds[stage, default: Histogram(RequestMetrics.Histogram.bounds)].add(milliseconds / 1000)
        }
        if let count = row.passages {
            passages.add(Double(count))
            if count == 0 { empty += 1 }
        }
        if let score = row.topScore { topScores.add(score) }
        if let least = leastSimilarity, let similarity = row.similarity, similarity < least { unlikeGolden += 1 }
        tokens["input", default: 0] += row.inputTokens ?? 0
        tokens["output", default: 0] += row.outputTokens ?? 0
        dollars += row.dollars ?? 0
        if let reason = row.reason { abstentions[reason, default: 0] += 1 }
    }

    /// The citations of an answer were compared with its passages.
    mutating func add(citations share: Double) {
        citations.sum += share
        citations.count += 1
    }
}
