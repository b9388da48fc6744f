/// The area under the receiver operating characteristic: how often a positive one scores higher than a negative one, ties
/// counting half. Equals `sklearn.metrics.roc_auc_score`.
///
/// Source: J. A. Hanley, B. J. McNeil, "The meaning and use of the area under a ROC curve", Radiology 143 (1982).
///
/// - Throws: ``StatisticsError`` where one of the two is empty or a number is not finite.
public func rocArea(positives: [Double], negatives: [Double]) throws(StatisticsError) -> Double {
    try check(positives)
    try check(negatives)
    let sorted = negatives.sorted()
    let sum = positives.reduce(0.0) { sum, score in
        let below = sorted.firstPlace { $0 >= score }
        let upTo = sorted.firstPlace { $0 > score }
        return sum + Double(below) + Double(upTo - below) / 2
    }
    return sum / (Double(positives.count) * Double(negatives.count))
}
