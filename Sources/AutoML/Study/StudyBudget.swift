internal import Base

/// What is left of a study's time and money, and whether another trial fits into it.
///
/// What a trial will take is foretold from complete ones that came before: the cheapest of those that share everything
/// with it that is expensive to make, because the first of them paid for making it; else the dearest of those of a more
/// general kind. Of a kind that was never tried nothing is foretold, so it begins.
struct StudyBudget: Sendable {
    /// Whether the time is over already.
    var isOver = false
    /// Nil where there is no limit.
    var secondsLeft: Double?
    var costLeft: Double?
    /// What each trial took so far.
    var spendings: [Int: TrialSpending] = [:]

    /// Why a trial must not begin.
    struct Refusal: Sendable, Hashable {
        var ending: StudyOutcome.Ending
        /// What it would probably take, and what is left.
        var foretold: Double
        var left: Double
    }

    /// Nil where a trial fits.
    ///
    /// - Parameters:
    ///   - kinds: Those of the trial, as ``Evaluator/kinds(of:)`` names them.
    ///   - complete: The complete trials with theirs.
    ///   - running: The kinds of trials that are under way, whose cost is not known yet.
    func refusal(
        of kinds: [String], complete: [(number: Int, kinds: [String])], running: [[String]]
    ) -> Refusal? {
        if let costLeft {
            let cost = { foretold($0, complete, \.cost) ?? 0 }
            let left = costLeft - running.reduce(0) { $0 + cost($1) }
            let next = cost(kinds)
            if left <= 0 || next > left { return Refusal(ending: .cost, foretold: next, left: left) }
        }
        if let secondsLeft, let next = foretold(kinds, complete, \.seconds), next > secondsLeft {
            return Refusal(ending: .seconds, foretold: next, left: secondsLeft)
        }
        return nil
    }

    private func foretold(
        _ kinds: [String], _ complete: [(number: Int, kinds: [String])], _ amount: KeyPath<TrialSpending, Double>
    ) -> Double? {
        for (level, kind) in kinds.enumerated() {
            let alike = complete.filter { $0.kinds.indices.contains(level) && $0.kinds[level] == kind }
                .compactMap { spendings[$0.number]?[keyPath: amount] }
            if let least = alike.min(), let most = alike.max() { return level == 0 ? least : most }
        }
        return nil
    }
}
