import Testing
import Tracking

@testable import Engineer

@Suite struct CurveChartTests {
    private static func points(_ values: [Double], step: (Int) -> Int = { $0 }) -> [Point] {
        values.enumerated().map { Point(number: $0, step: step($0), time: 1000 + Double($0), value: $1) }
    }

    private static func chart(_ values: [[Double]], _ change: (inout CurveOptions) -> Void = { _ in }) -> StudyChart {
        var options = CurveOptions()
        change(&options)
        let curves = values.enumerated().map { number, values in
            CurveChart.Curve(
                number: number, label: "run \(number)", points: points(values), began: 1000, total: values.count)
        }
        return CurveChart(metric: "loss", curves: curves, options: options).chart
    }

    private static func paths(_ chart: StudyChart) -> Int { chart.svg.matches(of: /<path\b/).count }

    @Test func `what is no number is a gap, and what stands alone is a dot`() {
        let chart = Self.chart([[1, 2, .nan, 3, 4, .infinity, 5]])
        #expect(Self.paths(chart) == 2 && chart.svg.matches(of: /<circle\b/).count == 1)
        #expect(chart.description.contains("no number, or infinite"))
        let none = Self.chart([[.nan, .nan]])
        #expect(Self.paths(none) == 0 && none.description.contains("none of which is a number"))
    }

    @Test func `a step that goes back begins another line`() {
        let curve = CurveChart.Curve(
            number: 0, label: "a", points: Self.points([1, 2, 3, 4]) { [0, 1, 0, 1][$0] }, began: 1000, total: 4)
        #expect(Self.paths(CurveChart(metric: "m", curves: [curve], options: CurveOptions()).chart) == 2)
    }

    @Test func `a logarithmic scale leaves out what has no place on it, and says so`() {
        let chart = Self.chart([[1, 10, 0, 100, 1000]]) { $0.isLogarithmic = true }
        #expect(Self.paths(chart) == 2 && chart.description.contains("not above 0"))
        for tick in [">1<", ">10<", ">100<", ">1000<"] { #expect(chart.svg.contains(tick), "\(tick)") }
    }

    @Test func `a smoothed curve stands before what it was made from`() throws {
        let plain = Self.chart([[0, 1, 0, 1]])
        let smooth = Self.chart([[0, 1, 0, 1]]) { $0.smoothing = 0.9 }
        #expect(Self.paths(plain) == 1 && Self.paths(smooth) == 2)
        let raw = try #require(smooth.svg.firstRange(of: "d0 raw"))
        let line = try #require(smooth.svg.firstRange(of: "d0\""))
        #expect(raw.lowerBound < line.lowerBound)
    }

    @Test func `a spike among many points is drawn, and the drawing stays small`() {
        var values = [Double](repeating: 1, count: 100_000)
        values[70_123] = 50
        let chart = Self.chart([values])
        #expect(chart.description.contains("greatest 50"))
        // The top of the drawing, where only the spike comes.
        #expect(chart.svg.contains(" 12L") || chart.svg.contains(" 12.0L"))
        #expect(chart.svg.utf8.count < 12_000)
    }

    @Test(arguments: [
        [1e308, -1e308], [.leastNonzeroMagnitude, .leastNormalMagnitude],
        [.greatestFiniteMagnitude, .greatestFiniteMagnitude], [1, 1.0000000000000002],
        [0, 0], [-.infinity, 3], [1e17, 1e17 + 64],
    ])
    func `figures of any size make a drawing with finite places`(_ values: [Double]) {
        for isLogarithmic in [false, true] {
            let svg = Self.chart([values]) { $0.isLogarithmic = isLogarithmic }.svg
            for place in svg.matches(of: /[ ](?:x|y|x1|y1|cx|cy)="([^"]*)"/) {
                #expect(Double(place.1).map { abs($0) < 600 } ?? false, "\(place.1)")
            }
        }
    }

    @Test func `lines of twenty runs look different, and each has its number at its end`() {
        #expect(Set((0..<CurveChart.most).map { CurveChart.sample($0).split(separator: "class=").last }).count == 20)
        let svg = Self.chart((0..<25).map { [Double($0), Double($0)] }).svg
        #expect(svg.contains(">20</text>") && !svg.contains(">21</text>"))
    }

    @Test func `time is counted in the unit that fits the longest run`() {
        let curve = CurveChart.Curve(
            number: 0, label: "a",
            points: [
                Point(number: 0, step: 0, time: 1000, value: 1), Point(number: 1, step: 1, time: 8200, value: 2),
            ], began: 1000, total: 2)
        var options = CurveOptions()
        options.isByTime = true
        let chart = CurveChart(metric: "m", curves: [curve], options: options).chart
        #expect(chart.header == ["step", "minutes", "value"] && chart.rows.last == ["1", "120", "2"])
        #expect(chart.description.contains("after 120 minutes"))
    }
}
