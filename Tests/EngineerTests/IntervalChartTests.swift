import Testing

@testable import Engineer

@Suite struct IntervalChartTests {
    private func chart(_ rows: [IntervalChart.Row], marks: [(value: Double, name: String)] = []) -> StudyChart? {
        IntervalChart.chart(rows, caption: "Shares", unit: "share", description: "", marks: marks)
    }

    @Test func `each row has its line and its dot, and the table has all of them`() throws {
        let rows = (0..<IntervalChart.most + 5).map {
            IntervalChart.Row("release \($0)", value: 0.5, lower: 0.4, upper: 0.6)
        }
        let drawn = try #require(chart(rows))
        #expect(drawn.svg.split(separator: "class=\"interval\"").count == IntervalChart.most + 1)
        #expect(drawn.rows.count == rows.count && drawn.rows[0] == ["release 0", "0.5", "0.4", "0.6"])
    }

    @Test func `what is no number is left out, and nothing at all is no drawing`() {
        #expect(chart([]) == nil)
        #expect(
            chart([.init("a", value: .nan, lower: 0, upper: 1), .init("b", value: 1, lower: 0, upper: .infinity)])
                == nil)
    }

    @Test func `marks that lie close together stand away from each other, and names are no markup`() throws {
        let drawn = try #require(
            chart([.init("<b>", value: 0, lower: -0.5, upper: 0.5)], marks: [(-0.02, "worse"), (0, "same")]))
        #expect(drawn.svg.contains("text-anchor=\"end\" class=\"small\">worse"))
        #expect(drawn.svg.contains("text-anchor=\"start\" class=\"small\">same"))
        #expect(drawn.svg.contains("&lt;b&gt;") && !drawn.svg.contains("<b>"))
    }
}
