internal import Base
package import Statistics

/// A configuration whose latency was measured after the search.
package struct Finalist: Sendable, Hashable, Codable {
    package var trial: Int
    /// How many requests were measured, and how many of them failed.
    package var requests: Int
    package var failures: Int
    /// Milliseconds a request, with 95 % intervals between order statistics; nil where no request succeeded.
    package var p50: QuantileInterval?
    package var p95: QuantileInterval?
    package var p99: QuantileInterval?
    /// The bytes of memory that chunks and indexes hold.
    package var indexBytes: Int
}

/// All that was measured of the finalists: it depends on the machine and the moment.
package struct FinalistMeasurement: Sendable, Hashable, Codable {
    /// A latency that was only predicted.
    package struct Prediction: Sendable, Hashable, Codable {
        package var trial: Int
        package var milliseconds: Double
    }

    /// How many requests each was to get.
    package var requests: Int
    package var finalists: [Finalist]
    /// The median of a few requests of each complete trial: it only chose whom to measure.
    package var predictions: [Prediction]
    /// How many complete trials were neither predicted nor measured, for want of time.
    package var unpredicted: Int
    /// How many requests were not counted because the clock went back.
    package var discarded: Int

    /// Where it stands in a result's timings.
    static let key = "finalists"
}

extension SearchResults {
    /// What was measured of the finalists; nil where nothing was.
    package var finalists: FinalistMeasurement? {
        timings[FinalistMeasurement.key].flatMap { try? $0.decoded(as: FinalistMeasurement.self) }
    }
}
