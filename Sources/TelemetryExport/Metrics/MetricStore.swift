internal import Synchronization
internal import Telemetry
internal import Tracing

/// The histograms of a process, one for each metric and each combination of attributes.
final class MetricStore: Sendable {
    private struct Series: Sendable {
        var attributes: [String: SpanAttribute]
        var histogram: Histogram
    }

    /// More combinations are counted together, as OpenTelemetry's specification of metrics has it.
    private static let mostSeries = 2_000
    private static let overflow: [String: SpanAttribute] = ["otel.metric.overflow": true]

    private let start: UInt64
    private let state = Mutex<[GenAIMetric: [String: Series]]>([:])

    /// A store without values.
    ///
    /// - Parameter start: when counting began, in nanoseconds since 1970.
    init(start: UInt64) { self.start = start }

    /// Counts a value.
    func record(_ metric: GenAIMetric, _ value: Double, _ attributes: [AttributeName: SpanAttribute]) {
        guard value.isFinite else { return }
        var named = Dictionary(
            attributes.map { ($0.key.rawValue, $0.value) }, uniquingKeysWith: { first, _ in first })
        var key = Self.key(named)
        state.withLock { metrics in
            var all = metrics.removeValue(forKey: metric) ?? [:]
            if all[key] == nil, all.count >= Self.mostSeries - 1 {
                named = Self.overflow
                key = Self.key(named)
            }
            all[key, default: Series(attributes: named, histogram: Histogram(bounds: metric.bounds))]
                .histogram.add(value)
            metrics[metric] = all
        }
    }

    /// All metrics that have values, as `Metric` messages with cumulative points.
    func export(now: UInt64) -> [OTLPValue] {
        state.withLock { metrics in
            GenAIMetric.allCases.compactMap { metric in
                guard let series = metrics[metric] else { return nil }
                let points = series.sorted { $0.key < $1.key }.map { _, series in
                    series.histogram.point(.attributes(series.attributes), from: start, to: now)
                }
                let cumulative = OTLPField(2, "aggregationTemporality", .constant(2))
                return .message([
                    OTLPField(1, "name", .string(metric.rawValue)),
                    OTLPField(2, "description", .string(metric.summary)),
                    OTLPField(3, "unit", .string(metric.unit)),
                    OTLPField(9, "histogram", .message([OTLPField(1, "dataPoints", .list(points)), cumulative])),
                ])
            }
        }
    }

    private static func key(_ attributes: [String: SpanAttribute]) -> String {
        attributes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "\u{1F}")
    }
}
