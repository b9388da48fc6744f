import Statistics
import Testing

@Suite struct NormalQuantileTests {
    // scipy 1.17.1: scipy.stats.norm.ppf.
    @Test(
        "Normal quantiles equal scipy's to 14 digits",
        arguments: [
            (0.5, 0.0), (0.6, 0.2533471031357997), (0.9, 1.2815515655446004), (0.975, 1.959963984540054),
            (0.995, 2.5758293035489004), (1e-3, -3.090232306167813), (1e-9, -5.9978070150076865),
            (1e-20, -9.262340089798409),
        ]
    )
    func equalsSciPy(probability: Double, expected: Double) {
        #expect(abs(normalQuantile(probability) - expected) <= 1e-14 * max(1, abs(expected)))
    }

    @Test("At the ends of the probabilities the quantile is infinite")
    func ends() {
        #expect(normalQuantile(0) == -.infinity)
        #expect(normalQuantile(1) == .infinity)
    }
}
