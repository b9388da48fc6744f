/// Tests on which side of a limit the mean of scores from 0 to 1 lies: ``meanInterval(_:groups:confidence:)`` inverted.
///
/// - Parameters:
///   - values: At least two, from 0 to 1.
///   - groups: The name of each value's group, at least two different ones; nil where each value is its own group.
///   - limit: The limit.
/// - Throws: ``StatisticsError``; `.tooFew` where there is only one group.
public func meanTest(
    _ values: [Double], groups: [String]? = nil, limit: Double
) throws(StatisticsError) -> LimitTest {
    try check(values, in: 0...1)
    let found = try GroupedMean(values, by: groups)
    let deviation = limit * (1 - limit)
    // No mean lies beyond 0 and 1, so nothing has to be shown there.
    guard limit > 0, limit < 1 else {
        return LimitTest(below: found.mean < limit ? 0 : 1, above: found.mean > limit ? 0 : 1)
    }
    let distance = abs(found.mean - limit)
    let tail: Double
    if found.isConstant || found.mean <= 0 || found.mean >= 1 {
        tail = normalProbability(below: -distance / (deviation / found.groups).squareRoot())
    } else {
        let factor = found.variance / (found.mean * (1 - found.mean))
        let cautious = studentTails(distance / (deviation * factor).squareRoot(), freedom: found.cautiousFreedom) / 2
        let most = deviation * max(factor, 1 / found.groups)
        tail = min(cautious, studentTails(distance / most.squareRoot(), freedom: found.freedom) / 2)
    }
    return found.mean < limit ? LimitTest(below: tail, above: 1 - tail) : LimitTest(below: 1 - tail, above: tail)
}
