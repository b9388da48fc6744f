/// The metrics, histograms all of them: semantic conventions of OpenTelemetry for generative AI, version 1.41.1.
package enum GenAIMetric: String, Sendable, Hashable, CaseIterable {
    case tokenUsage = "gen_ai.client.token.usage"
    case operationDuration = "gen_ai.client.operation.duration"
    case timeToFirstChunk = "gen_ai.client.operation.time_to_first_chunk"

    /// The unit in UCUM.
    package var unit: String {
        switch self {
        case .tokenUsage: "{token}"
        case .operationDuration, .timeToFirstChunk: "s"
        }
    }

    /// What it measures, in a sentence.
    package var summary: String {
        switch self {
        case .tokenUsage: "Tokens that a call read or wrote."
        case .operationDuration: "How long an operation took."
        case .timeToFirstChunk: "How long it took until the first piece of a streamed answer came."
        }
    }

    /// The upper bounds of the buckets, which the conventions fix; the last bucket has none.
    package var bounds: [Double] {
        switch self {
        case .tokenUsage: (0..<14).map { Double(1 << (2 * $0)) }
        case .operationDuration, .timeToFirstChunk: (0..<14).map { 0.01 * Double(1 << $0) }
        }
    }
}
