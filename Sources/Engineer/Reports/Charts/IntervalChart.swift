internal import Base

/// Estimates with their intervals below each other, on one axis.
package struct IntervalChart {
    /// An estimate with the ends of its interval.
    package struct Row: Sendable {
        let name: String
        let value: Double
        let lower: Double
        let upper: Double

        /// A row of the chart.
        package init(_ name: String, value: Double, lower: Double, upper: Double) {
            (self.name, self.value, self.lower, self.upper) = (name, value, lower, upper)
        }
    }

    /// More rows are left out of a drawing.
    package static let most = 30

    /// The drawing; nil where there is nothing that can be drawn.
    ///
    /// - Parameters:
    ///   - unit: what the figures are, for the head of the table.
    ///   - marks: values that are drawn as lines, with what stands above them.
    package static func chart(
        _ rows: [Row], caption: String, unit: String, description: String, marks: [(value: Double, name: String)] = []
    ) -> StudyChart? {
        let shown = rows.filter { [$0.value, $0.lower, $0.upper].allSatisfy(\.isFinite) }.suffix(most)
        guard !shown.isEmpty else { return nil }
        let (left, right, height) = (130.0, 540.0, 26.0)
        let top = marks.isEmpty ? 6.0 : 22
        let bottom = top + Double(shown.count) * height
        let axis = ScoreAxis(shown.flatMap { [$0.lower, $0.upper] } + marks.map(\.value), from: left, to: right)
        var svg = SVG(width: 560, height: bottom + 22, title: caption)
        axis.drawGrid(in: &svg, top: top, bottom: bottom)
        let last = marks.map(\.value).max()
        for mark in marks {
            let x = axis[mark.value]
            svg.line(x, top - 4, x, bottom, class: "bound")
            // Away from each other: two marks may lie close together.
            svg.text(mark.name, x, top - 9, anchor: mark.value == last ? .start : .end, class: "small")
        }
        for (position, row) in shown.enumerated() {
            let y = top + (Double(position) + 0.5) * height
            svg.text(row.name, left - 10, y + 4, anchor: .end, limit: 20)
            svg.line(axis[row.lower], y, axis[row.upper], y, class: "interval")
            svg.dot(axis[row.value], y, radius: 4, class: "dot")
        }
        return StudyChart(
            caption: caption, description: description, svg: svg.element,
            header: ["name", unit, "lower", "upper"],
            rows: rows.map { [$0.name, "\($0.value)", "\($0.lower)", "\($0.upper)"] })
    }
}
