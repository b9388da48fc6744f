/// The mean of what people would say of many items, from what they said of a few and what a judge said of all: the
/// judge's mean, moved by how far the judge was off where people were asked.
///
/// The judge counts by as much as it is worth: its weight is the one that makes the variance least, between 0, where
/// only people count, and 1. So a judge that guesses does no harm, and none needs to be good for the interval to hold.
/// It must only be as wrong on the items without labels as on those with: both are drawn from the same answers.
///
/// The correction of Rogan and Gladen would do the same for yes and no by dividing by sensitivity + specificity − 1. It
/// knows no scores between, and where a judge is hardly better than chance it divides by almost nothing.
///
/// Source: A. N. Angelopoulos, J. C. Duchi, T. Zrnic, "PPI++: efficient prediction-powered inference", arXiv:2311.01453
/// (2023), after A. N. Angelopoulos et al., "Prediction-powered inference", Science 382 (2023). Mean, weight and standard
/// error equal `ppi_mean_ci` of PyPI's `ppi-python` 0.2.3.
public struct PredictionPoweredMean: Sendable, Hashable {
    /// The mean.
    public let estimate: Double
    /// What the judge counts, from 0 to 1.
    public let weight: Double
    /// Of the mean, for many labels.
    public let standardError: Double
    private let labelled: Double
    private let rectifierVariance: Double
    private let imputedVariance: Double

    /// The mean of scores from 0 to 1.
    ///
    /// - Parameters:
    ///   - labels: What people said of the items with labels; at least two.
    ///   - judged: What the judge said of the same items.
    ///   - unlabelled: What the judge said of further items; without any the judge's weight is 0.
    public init(labels: [Double], judged: [Double], unlabelled: [Double]) throws(StatisticsError) {
        try check(labels, atLeast: 2)
        for values in [labels, judged, unlabelled] where !values.isEmpty { try check(values, in: 0...1) }
        guard labels.count == judged.count else {
            throw StatisticsError(
                .lengthsDiffer,
                "There are \(labels.count) labels, and the judge's scores of \(judged.count) items; each label needs one."
            )
        }
        let count = Double(labels.count)
        let weight = Self.weight(labels, judged, unlabelled)
        let rectifiers = zip(labels, judged).map { $0 - weight * $1 }
        let imputed = unlabelled.map { weight * $0 }
        labelled = count
        self.weight = weight
        let rectifier = Self.moments(rectifiers)
        let imputation = Self.moments(imputed)
        estimate = rectifier.mean + imputation.mean
        rectifierVariance = rectifier.variance / count
        imputedVariance = unlabelled.isEmpty ? 0 : imputation.variance / Double(unlabelled.count)
        standardError = (rectifierVariance + imputedVariance).squareRoot()
    }

    /// The interval.
    ///
    /// With few labels their variance is not known well: it is taken without bias, and t quantiles take the place of normal
    /// ones. Where the judge was off by the same on every label, rare errors may have been missed: they are allowed for as
    /// by Wilson's interval for a share of which none was seen.
    public func interval(confidence: Double = 0.95) throws(StatisticsError) -> Interval {
        try check(confidence: confidence)
        let probability = 1 - (1 - confidence) / 2
        let known = rectifierVariance * labelled / (labelled - 1)
        var half = studentQuantile(probability, freedom: labelled - 1) * (known + imputedVariance).squareRoot()
        if rectifierVariance < 1e-24 {
            let z = normalQuantile(probability)
            let missed = z * z / (labelled + z * z)
            half = (half * half + missed * missed).squareRoot()
        }
        let mean = min(max(estimate, 0), 1)
        return Interval(
            estimate: mean, lower: min(max(0, estimate - half), mean), upper: max(min(1, estimate + half), mean),
            confidence: confidence)
    }

    /// The paper's example 6.1, as `ppi-python` estimates it.
    private static func weight(_ labels: [Double], _ judged: [Double], _ unlabelled: [Double]) -> Double {
        guard !unlabelled.isEmpty else { return 0 }
        let count = Double(labels.count)
        let (mean, judgedMean) = (moments(labels).mean, moments(judged).mean)
        let covariance = zip(labels, judged).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - judgedMean) } / count
        let all = judged + unlabelled
        let variance = moments(all).variance * Double(all.count) / Double(all.count - 1)
        guard variance > 0 else { return 0 }
        return min(max(covariance / ((1 + count / Double(unlabelled.count)) * variance), 0), 1)
    }

    /// The mean, and the variance about it; both 0 of nothing.
    private static func moments(_ values: [Double]) -> (mean: Double, variance: Double) {
        guard !values.isEmpty else { return (0, 0) }
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count)
    }
}
