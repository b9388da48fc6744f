/// A short list of configurations of which, on every problem, at least one does well.
///
/// One after the other, the configuration is added that lowers the weighted mean over the problems of the least regret so far
/// the most. That is at least 63 % of what the best list of that length would reach, because the gain is submodular.
///
/// Source: M. Feurer, K. Eggensperger, S. Falkner, M. Lindauer, F. Hutter, "Auto-sklearn 2.0: hands-free AutoML via
/// meta-learning", JMLR 23 (2022), section 3.
public enum GreedyPortfolio {
    /// Chooses the list.
    ///
    /// - Parameters:
    ///   - regrets: a row a configuration, a column a problem; 0 is the best of the problem.
    ///   - weights: of the problems; none negative.
    ///   - start: by problem, the regret that is reached without the list.
    ///   - limit: how long the list may be.
    ///   - leastGain: what the next one must lower the mean by.
    /// - Returns: places of rows, the most helpful first; of equally helpful ones the one that is better on average.
    public static func choose(
        _ regrets: [[Double]], weights: [Double], start: [Double], limit: Int, leastGain: Double = 0
    ) -> [Int] {
        let total = weights.reduce(0, +)
        guard total > 0 else { return [] }
        func mean(_ row: [Double]) -> Double { zip(row, weights).reduce(0) { $0 + $1.0 * $1.1 } / total }
        let averages = regrets.map(mean)
        var chosen: [Int] = []
        var least = start
        while chosen.count < limit {
            let now = mean(least)
            var best: (place: Int, cost: Double)?
            for (place, row) in regrets.enumerated() where !chosen.contains(place) {
                let cost = mean(zip(least, row).map(min))
                let isBetter = best.map { (cost, averages[place]) < ($0.cost, averages[$0.place]) } ?? true
                if isBetter { best = (place, cost) }
            }
            guard let best, now - best.cost > leastGain else { break }
            chosen.append(best.place)
            least = zip(least, regrets[best.place]).map(min)
        }
        return chosen
    }
}
