import Testing

@testable import Statistics

@Suite struct StudentDistributionTests {
    // scipy 1.17.1: scipy.stats.t.ppf(probability, freedom).
    @Test(arguments: [
        (0.975, 1.0, 12.706204736174694),
        (0.975, 2.5, 3.5746548420036817),
        (0.975, 7.0, 2.364624251592784),
        (0.975, 39.0, 2.022690920036761),
        (0.975, 1234.5, 1.9618874833313453),
        (0.995, 1.3, 26.057551633213905),
        (0.95, 12.25, 1.7792618031500258),
        (0.9995, 4.0, 8.610301581379522),
        (0.6, 30.0, 0.2556053649519128),
    ])
    func `Quantiles and tails equal scipy's`(probability: Double, freedom: Double, expected: Double) {
        #expect(abs(studentQuantile(probability, freedom: freedom) - expected) < 1e-9 * expected)
        #expect(abs(studentTails(expected, freedom: freedom) - 2 * (1 - probability)) < 1e-12)
    }

    @Test func `With very many degrees of freedom it is normal, and 0 is in the middle`() {
        #expect(studentQuantile(0.975, freedom: 1e9) == normalQuantile(0.975))
        #expect(abs(studentQuantile(0.975, freedom: 999_999) - normalQuantile(0.975)) < 1e-5)
        #expect(studentTails(0, freedom: 7) == 1)
    }
}
