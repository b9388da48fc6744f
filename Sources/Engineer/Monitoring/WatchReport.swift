package import Storage

/// What a look found.
package struct WatchReport: Sendable {
    /// Seconds since 1970.
    package var time: Double
    /// The alerts that are open.
    package var alerts: [ServiceAlert]
    /// What came in during the last hour.
    package var hour: ServiceCounts
    package var drift: [DriftRecord]
    /// The latest messages.
    package var deliveries: [AlertDelivery]
    /// Below it lie 5 % of the golden questions; nil where too few were asked.
    package var leastSimilarity: Double?
    /// What a judge said of live answers; nil where none was judged.
    package var judged: LiveJudgement?
}
