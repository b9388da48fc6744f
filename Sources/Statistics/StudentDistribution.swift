internal import Base

/// How probable a value of Student's t distribution at least as far from 0 is, in either direction, to about 14 digits.
///
/// Source: NIST Digital Library of Mathematical Functions, 8.17.5 and 8.17.22; equals `2 * scipy.stats.t.sf(t, df)`.
///
/// - Parameters:
///   - t: The value; its sign does not matter.
///   - freedom: The degrees of freedom, more than 0, whole or not.
func studentTails(_ t: Double, freedom: Double) -> Double {
    incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5)
}

/// The value that a variable with Student's t distribution stays below with this probability.
///
/// - Parameters:
///   - probability: From ½, exclusive of 1.
///   - freedom: The degrees of freedom, at least 1, whole or not; beyond a million the distribution is normal.
func studentQuantile(_ probability: Double, freedom: Double) -> Double {
    guard freedom < 1e6 else { return normalQuantile(probability) }
    let tails = 2 * (1 - probability)
    var (low, high) = (0.0, 1.0)
    // By halving, because the tail is monotone in what stands for t here: freedom / (freedom + t²).
    for _ in 0..<80 {
        let middle = (low + high) / 2
        if incompleteBeta(middle, freedom / 2, 0.5) < tails { low = middle } else { high = middle }
    }
    let place = (low + high) / 2
    return (freedom * (1 - place) / place).squareRoot()
}

/// The regularised incomplete beta function, by its continued fraction.
func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    // The fraction converges quickly on this side only; the other one follows from the symmetry.
    guard x <= (a + 1) / (a + b + 2) else { return 1 - incompleteBeta(1 - x, b, a) }
    let beta = logGamma(a) + logGamma(b) - logGamma(a + b)
    let factor = exponential(a * logarithm(x) + b * logarithm(1 - x) - beta) / a
    return factor / fraction(x, a, b)
}

/// 1 + d₁/(1 + d₂/(1 + …)), by the method of Lentz as modified by Thompson and Barnett.
private func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    var (value, above, below) = (1.0, 1.0, 0.0)
    for step in 1...1000 {
        let m = Double(step / 2)
        let numerator =
            step % 2 == 0
            ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        above = 1 + numerator / above
        below = 1 + numerator * below
        if abs(above) < tiny { above = tiny }
        if abs(below) < tiny { below = tiny }
        below = 1 / below
        value *= above * below
        if abs(above * below - 1) < 1e-15 { break }
    }
    return value
}

/// The logarithm of the gamma function of a positive number: Stirling's series, where it is exact enough.
private func logGamma(_ x: Double) -> Double {
    var (x, product) = (x, 1.0)
    while x < 12 {
        product *= x
        x += 1
    }
    let inverse = 1 / (x * x)
    let series =
        (1 / 12.0 - inverse * (1 / 360.0 - inverse * (1 / 1260.0 - inverse * (1 / 1680.0 - inverse / 1188)))) / x
    return (x - 0.5) * logarithm(x) - x + 0.918938533204672742 + series - logarithm(product)
}
