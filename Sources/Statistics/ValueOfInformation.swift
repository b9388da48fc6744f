public import Base

/// What more questions are expected to gain: by how much the best choice after them is better than the best choice now, on
/// average (the expected value of sample information, EVSI).
///
/// The candidates' means over all questions that there could be are taken as normal around what was found, with the
/// covariance that the questions show (a flat prior). After m more questions than the n that there are, the means that one
/// will believe in scatter around those of now with the covariance Σ · m / (n (n + m)), where Σ is the covariance of one
/// question's scores. The gain is the mean of the largest of them, less the largest of now; it is never below 0. For two
/// candidates it is the unit normal loss τ φ(δ/τ) − δ Φ(−δ/τ) of H. Raiffa, R. Schlaifer, "Applied Statistical Decision
/// Theory" (1961), chapter 5; for more it is simulated, with each deviate and its negative.
///
/// - Parameters:
///   - scores: A row for each candidate: its score on each question, more is better; the same questions for all.
///   - more: How many questions more.
///   - draws: How many pairs are drawn.
/// - Returns: 0 where there is only one candidate.
/// - Throws: ``StatisticsError`` where rows differ in length or have fewer than two scores.
public func expectedValueOfSampleInformation(
    _ scores: [[Double]], more: Int, draws: Int = 2_000, using random: SplitMix64
) throws(StatisticsError) -> Double {
    for row in scores {
        try check(row, atLeast: 2)
        guard row.count == scores[0].count else {
            throw StatisticsError(.lengthsDiffer, "Each candidate has a score on each question.")
        }
    }
    guard scores.count > 1, more > 0, let count = scores.first?.count else { return 0 }
    let means = scores.map { $0.reduce(0, +) / Double(count) }
    let best = means.max() ?? 0
    let centred = zip(scores, means).map { row, mean in row.map { $0 - mean } }
    let (n, m) = (Double(count), Double(more))
    // A weighted sum of the questions' deviations has their covariance: no matrix is taken apart.
    let scale = (m / (n * (n + m) * (n - 1))).squareRoot()
    var random = random
    var gain = 0.0
    for _ in 0..<draws {
        let weights = (0..<count).map { _ in normalQuantile(min(max(random.nextUnit(), 1e-12), 1 - 1e-12)) }
        let shifts = centred.map { row in zip(row, weights).reduce(0) { $0 + $1.0 * $1.1 } * scale }
        for sign in [1.0, -1.0] {
            var largest = -Double.infinity
            for (mean, shift) in zip(means, shifts) { largest = max(largest, mean + sign * shift) }
            gain += largest - best
        }
    }
    return max(0, gain / Double(2 * draws))
}

/// What more random candidates are expected to gain over the best so far.
///
/// The scores above their upper third are taken to fall off exponentially (the peaks over a threshold of J. Pickands,
/// "Statistical inference using extreme order statistics", Annals of Statistics 3 (1975), with shape 0). With p the share above
/// the threshold u, σ their mean excess and M the best, the best of m more exceeds M by
/// ∫ 1 − (1 − p exp(−(M + x − u)/σ))^m dx, from 0 to `limit` − M.
///
/// Not all of how candidates differ is theirs: a part is which questions were asked. Both the spread and the gain are therefore
/// multiplied by the reliability of the means, 1 − MS(rest)/MS(candidates) of a two-way analysis of variance without
/// repetition (C. Hoyt, "Test reliability estimated by analysis of variance", Psychometrika 6 (1941)).
///
/// - Parameters:
///   - scores: A row for each candidate, as above; at least three.
///   - more: How many candidates more.
///   - limit: The best score that there can be.
/// - Throws: ``StatisticsError`` where rows differ in length, or are too few.
public func expectedImprovement(
    _ scores: [[Double]], more: Int, limit: Double = 1
) throws(StatisticsError) -> Double {
    guard scores.count >= 3 else {
        throw StatisticsError(.tooFew, "From \(scores.count) candidates nothing follows for others; three are needed.")
    }
    let reliability = try reliability(scores)
    let means = scores.map { $0.reduce(0, +) / Double($0.count) }
    let sorted = means.sorted()
    let best = sorted[sorted.count - 1]
    let first = sorted.count * 2 / 3
    let threshold = sorted[max(0, first - 1)]
    let above = sorted[first...].filter { $0 > threshold }
    guard more > 0, reliability > 0, !above.isEmpty, limit > best else { return 0 }
    let share = Double(above.count) / Double(sorted.count)
    let excess = above.reduce(0) { $0 + $1 - threshold } / Double(above.count)
    let steps = 2_000
    let end = min(limit - best, 40 * excess)
    let width = end / Double(steps)
    var sum = 0.0
    for step in 0..<steps {
        let x = (Double(step) + 0.5) * width
        let tail = share * exponential(-(best + x - threshold) / excess)
        sum += (1 - exponential(Double(more) * logarithm(max(1e-300, 1 - min(tail, 1))))) * width
    }
    return sum * reliability
}

/// Which part of how candidates' means differ is theirs, from 0 to 1.
private func reliability(_ scores: [[Double]]) throws(StatisticsError) -> Double {
    for row in scores {
        try check(row, atLeast: 2)
        guard row.count == scores[0].count else {
            throw StatisticsError(.lengthsDiffer, "Each candidate has a score on each question.")
        }
    }
    let (rows, columns) = (Double(scores.count), Double(scores[0].count))
    let means = scores.map { $0.reduce(0, +) / columns }
    let grand = means.reduce(0, +) / rows
    let questions = scores[0].indices.map { place in scores.reduce(0) { $0 + $1[place] } / rows }
    let between = columns * means.reduce(0) { $0 + ($1 - grand) * ($1 - grand) } / (rows - 1)
    var rest = 0.0
    for (row, mean) in zip(scores, means) {
        for (score, question) in zip(row, questions) {
            let residual = score - mean - question + grand
            rest += residual * residual
        }
    }
    rest /= (rows - 1) * (columns - 1)
    return between > 0 ? max(0, 1 - rest / between) : 0
}
