internal import Retrieval
internal import Synchronization

/// Adds up the tokens that served models read for one question.
final class TokenTally: Sendable {
    private let sum = Mutex<Double?>(nil)

    func add(_ tokens: Double) { sum.withLock { $0 = ($0 ?? 0) + tokens } }

    /// What was added since the last time; nil where nobody was asked.
    func take() -> Double? {
        sum.withLock { sum in
            defer { sum = nil }
            return sum
        }
    }
}

/// A served reranker whose tokens are counted: by its server or, where that does not, by the counter that counts for all
/// configurations.
struct TallyingScorer: PairScorer {
    private let scorer: any PairScorer
    private let tally: TokenTally
    private let counter: any TokenCounter

    init(_ scorer: any PairScorer, tally: TokenTally, counter: any TokenCounter) {
        self.scorer = scorer
        self.tally = tally
        self.counter = counter
    }

    var identity: String { scorer.identity }
    var isServed: Bool { true }

    func scores(of passages: [String], for query: String) async throws -> [Float] {
        let counted = try await scorer.scoresCounting(of: passages, for: query)
        tally.add(counted.tokens.map(Double.init) ?? estimate(passages, query))
        return counted.value
    }

    /// A cross-encoder reads the question with each passage.
    private func estimate(_ passages: [String], _ query: String) -> Double {
        let question = counter.tokenRanges(in: query).count
        return Double(passages.reduce(0) { $0 + question + counter.tokenRanges(in: $1).count })
    }
}
