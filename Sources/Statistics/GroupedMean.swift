/// A mean of values that come in groups, with its standard error and how well that is known.
///
/// The variance is the one that allows for groups that are alike inside and of uneven size, CR2. It is itself estimated,
/// from few groups, so t quantiles take the place of normal ones; their degrees of freedom are those that give the estimated
/// variance its own variance (Satterthwaite).
///
/// Source: R. Bell, D. McCaffrey, "Bias reduction in standard errors for linear regression with multi-stage samples",
/// Survey Methodology 28 (2002); here the regression has an intercept only.
struct GroupedMean {
    /// The mean of all values.
    let mean: Double
    /// Of the mean.
    let variance: Double
    /// As if the groups' residuals were normal.
    let freedom: Double
    /// With the kurtosis that the residuals have. Where most are alike and few differ, those few carry all that is known
    /// of the variance.
    ///
    /// Source: R. Valliant, K. Rust, "Degrees of freedom approximations and rules-of-thumb", Journal of Official Statistics
    /// 26 (2010), section 2: 2 · variance² over the variance's variance.
    let cautiousFreedom: Double
    /// How many groups there are.
    let groups: Double

    /// Whether all values are the same, so that the variance says nothing.
    var isConstant: Bool { variance < 1e-24 }

    /// - Throws: ``StatisticsError``; `.tooFew` where there is only one group.
    init(_ values: [Double], by names: [String]?) throws(StatisticsError) {
        try check(values, atLeast: 2)
        let grouped = try Groups(values, by: names)
        guard grouped.sums.count >= 2 else {
            throw StatisticsError(.tooFew, "All values are of one group, which says nothing about how groups differ.")
        }
        let total = grouped.counts.reduce(0, +)
        let mean = grouped.sums.reduce(0, +) / total
        groups = Double(grouped.sums.count)
        var (variance, diagonal, squares, fourths) = (0.0, 0.0, 0.0, 0.0)
        var residuals: (squares: Double, fourths: Double) = (0, 0)
        for (sum, count) in zip(grouped.sums, grouped.counts) {
            let residual = sum - mean * count
            let leverage = count / total
            variance += residual * residual / (1 - leverage) / (total * total)
            // The matrix whose trace and squares give the degrees of freedom has count/total² on its diagonal, and
            // products of these weights beside it.
            let weight = leverage * leverage / (1 - leverage)
            diagonal += leverage * leverage
            squares += weight
            fourths += weight * weight
            let standardised = residual * residual / count
            residuals.squares += standardised
            residuals.fourths += standardised * standardised
        }
        self.mean = mean
        self.variance = variance
        freedom = 1 / (diagonal + squares * squares - fourths)
        let kurtosis =
            residuals.squares > 0 ? groups * residuals.fourths / (residuals.squares * residuals.squares) : 3
        cautiousFreedom = max(1, freedom * 2 / (max(kurtosis, 3) - 1))
    }
}
