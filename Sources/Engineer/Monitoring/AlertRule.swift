package import Storage

/// What is watched for: a share of something bad that may not be used up too fast.
///
/// The budget is what may be bad in the long run, 1 − target. A window is over where the budget burns at least so many
/// times too fast in its long part, as Wilson's lower bound has it, and in its short part, so that it ends soon after the
/// cause. At high traffic the bound is the share; at low traffic a single bad request is no alarm.
///
/// Source: B. Beyer et al., "The Site Reliability Workbook" (2018), chapter 5, "Multiwindow, Multi-Burn-Rate Alerts".
package struct AlertRule: Sendable, Hashable {
    /// What is counted.
    package enum Measure: String, Sendable, Hashable, CaseIterable {
        /// Looks at the service from outside that found it ready.
        case availability
        /// Requests that did not fail.
        case errors
        /// Requests that were fast enough.
        case latency
        /// Questions that were answered.
        case abstentions
        /// Ratings that were not negative.
        case feedback
        /// Golden questions that still find what they did.
        case probes
        /// Dollars.
        case cost
    }

    /// Two lengths of time and how much too fast is too fast.
    package struct Window: Sendable, Hashable {
        package var longSeconds: Double
        package var shortSeconds: Double
        package var factor: Double
        package var severity: ServiceAlert.Severity

        /// A window.
        package init(long: Double, short: Double, factor: Double, severity: ServiceAlert.Severity) {
            (longSeconds, shortSeconds, self.factor, self.severity) = (long, short, factor, severity)
        }

        /// The Workbook's: 2 % of a month's budget in an hour, 5 % in six hours, 10 % in three days.
        package static let usual = [
            Window(long: 3600, short: 300, factor: 14.4, severity: .page),
            Window(long: 6 * 3600, short: 1800, factor: 6, severity: .page),
            Window(long: 72 * 3600, short: 6 * 3600, factor: 1, severity: .ticket),
        ]
    }

    package var measure: Measure
    /// The share that is to be good.
    package var target: Double
    /// Of `latency`: what is too slow.
    package var limitMilliseconds: Double
    /// Of `cost`: what a day may cost.
    package var dollarsPerDay: Double?
    package var windows = Window.usual
    /// So many bad ones at least make an alert.
    package var minimumBad = 3

    /// A rule.
    package init(_ measure: Measure, target: Double, limitMilliseconds: Double = 2000, dollarsPerDay: Double? = nil) {
        self.measure = measure
        self.target = target
        self.limitMilliseconds = limitMilliseconds
        self.dollarsPerDay = dollarsPerDay
    }

    /// The share that may be bad.
    package var budget: Double { 1 - target }
    /// What it is called: there is one of each measure.
    package var name: String { measure.rawValue }

    /// What is watched where neo.yaml says nothing else. What costs nothing has no limit for dollars.
    package static let usual = [
        AlertRule(.availability, target: 0.99), AlertRule(.errors, target: 0.99),
        AlertRule(.latency, target: 0.95), AlertRule(.abstentions, target: 0.5), AlertRule(.feedback, target: 0.7),
        AlertRule(.probes, target: 0.9),
    ]

    /// Of what came in, how much was counted and how much of it was bad.
    func share(of counts: ServiceCounts) -> (bad: Int, all: Int) {
        switch measure {
        case .availability: (counts.failedHeartbeats, counts.heartbeats)
        case .errors: (counts.failed, counts.requests)
        case .latency: (counts.slow, counts.requests - counts.failed)
        case .abstentions: (counts.abstained, counts.questions)
        case .feedback: (counts.negative, counts.ratings)
        case .probes: (counts.failedProbes, counts.probes)
        case .cost: (0, 0)
        }
    }
}
