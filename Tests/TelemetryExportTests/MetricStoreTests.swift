import Base
import Telemetry
import Testing
import Tracing

@testable import TelemetryExport

@Suite struct MetricStoreTests {
    @Test func `A value is in the first bucket whose bound it does not exceed`() {
        var histogram = Histogram(bounds: [1, 4])
        for value in [0.5, 1, 1.5, 4, 5] { histogram.add(value) }
        #expect(histogram.counts == [2, 2, 1] && histogram.sum == 12)
        #expect(histogram.minimum == 0.5 && histogram.maximum == 5)
    }

    @Test func `Too many combinations of attributes are counted together`() throws {
        let store = MetricStore(start: 0)
        for number in 0..<2_100 { store.record(.operationDuration, 1, [.requestModel: .string("m\(number)")]) }
        store.record(.operationDuration, .nan, [:])
        let metrics = store.export(now: 1)
        let points = try #require(metrics.first?.json["histogram"]?["dataPoints"]?.array)
        #expect(metrics.count == 1 && points.count == 2_000)
        let counts = points.compactMap { $0["count"]?.string.flatMap { Int($0) } }
        #expect(counts.reduce(0, +) == 2_100 && counts.max() == 101)
    }
}
