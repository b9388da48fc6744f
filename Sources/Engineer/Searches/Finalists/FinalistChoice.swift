internal import AutoML

/// Chooses which trials are measured alone after the search.
struct FinalistChoice {
    /// A complete trial.
    struct Candidate: Sendable, Hashable {
        var trial: Int
        /// The search's quality, turned so that larger is better.
        var quality: Double
        /// Milliseconds; nil where there was no time to predict it.
        var predicted: Double?
        /// Dollars a thousand questions.
        var cost = 0.0
    }

    /// The trials to measure, the best by quality first.
    private(set) var trials: [Int] = []
    /// Those whose predicted latency is more than three times a limit.
    private(set) var excluded: [Int] = []

    /// - Parameters:
    ///   - candidates: the best by quality first.
    ///   - limit: the least limit of a latency constraint, in milliseconds; nil where there is none.
    init(_ candidates: [Candidate], baseline: Int, limit: Double?, options: FinalistOptions) {
        var candidates = candidates
        if let limit {
            let tooSlow = candidates.filter { ($0.predicted ?? 0) > 3 * limit }
            // A prediction alone never says that nothing meets a constraint: the fastest is measured.
            let fastest = tooSlow.min { ($0.predicted ?? 0) < ($1.predicted ?? 0) }
            let spared = tooSlow.count == candidates.count ? fastest : nil
            excluded = tooSlow.filter { $0 != spared }.map(\.trial).sorted()
            candidates.removeAll { excluded.contains($0.trial) }
        }
        let known = candidates.compactMap { candidate in candidate.predicted.map { (candidate, $0) } }
        let ranks = nondominatedRanks(known.map { [$0.0.quality, -$0.1, -$0.0.cost] })
        let front = zip(known, ranks).filter { $0.1 == 0 }.map(\.0.0)
        let first = candidates.prefix(1) + candidates.filter { $0.trial == baseline }
        let size = limit == nil ? first.count + options.companions : options.finalists
        // Without a constraint, what is neither winner, default nor on the front would only cost time.
        var chosen: Set<Int> = []
        for candidate in first + front + (limit == nil ? [] : candidates) where chosen.count < size {
            chosen.insert(candidate.trial)
        }
        trials = candidates.map(\.trial).filter(chosen.contains)
    }
}
