internal import Base
package import Tracking

/// How curves of runs are drawn.
package struct CurveOptions: Sendable, Hashable {
    /// The weight of what was before (``Smoothing``); 0 draws the figures as they are.
    package var smoothing = 0.0
    package var isLogarithmic = false
    /// By the time since the run began instead of by step.
    package var isByTime = false

    package init() {}
}

/// A metric of one run or of several as curves.
package struct CurveChart: Sendable {
    /// A metric of one run.
    package struct Curve: Sendable {
        /// Which line it is, from 0: its colour, its dashes, and the number at its end.
        let number: Int
        let label: String
        let points: [Point]
        /// When the run began, in seconds since 1970.
        let began: Double
        /// How many points there are, where `points` are those that matter for the drawing.
        let total: Int

        package init(number: Int, label: String, points: [Point], began: Double, total: Int) {
            (self.number, self.label, self.points, self.began, self.total) = (number, label, points, began, total)
        }
    }

    /// So many points of a curve are drawn, about.
    package static let drawn = 400
    /// So many runs can be told apart in one drawing.
    package static let most = 20

    private let metric: String
    private let curves: [Curve]
    private let options: CurveOptions
    private let unit: (name: String, seconds: Double)

    /// - Parameter curves: those of a metric; more than ``most`` are left out.
    package init(metric: String, curves: [Curve], options: CurveOptions) {
        self.metric = metric
        self.curves = Array(curves.prefix(Self.most))
        self.options = options
        let longest = curves.flatMap { curve in curve.points.map { $0.time - curve.began } }.max() ?? 0
        let units = [("seconds", 1.0, 180.0), ("minutes", 60, 10_800), ("hours", 3600, 259_200)]
        unit = units.first { longest < $0.2 }.map { ($0.0, $0.1) } ?? ("days", 86_400)
    }

    /// The drawing, what it says, and some of its points as rows; all of them are in the CSV file of the metric.
    package var chart: StudyChart {
        let words = curves.count == 1 ? curves.first.map(sentence(of:)) ?? "" : "\(curves.count) runs."
        let axis = options.isByTime ? unit.name : "step"
        return StudyChart(
            caption: metric, description: words + missing, svg: drawing(words),
            header: (curves.count > 1 ? ["line", "run"] : []) + [
                "step", options.isByTime ? unit.name : "seconds", "value",
            ],
            rows: curves.flatMap { curve in
                Self.thinned(curve.points, to: max(4, 60 / curves.count)).map { point in
                    (curves.count > 1 ? [String(curve.number + 1), curve.label] : [])
                        + [
                            String(point.step),
                            FigureText.short((point.time - curve.began) / (axis == "step" ? 1 : unit.seconds)),
                            FigureText.short(point.value),
                        ]
                }
            })
    }

    /// The line of a number as a small drawing, for a legend.
    package static func sample(_ number: Int) -> String {
        var svg = SVG(width: 36, height: 10, title: "Line \(number + 1)")
        svg.line(1, 5, 35, 5, class: look(number))
        return svg.element
    }

    /// Colours come round after five lines, and then with dashes of another length.
    private static func look(_ number: Int) -> String { "curve c\(number % 5) d\(number / 5 % 4)" }

    private func x(_ point: Point, _ curve: Curve) -> Double {
        options.isByTime ? (point.time - curve.began) / unit.seconds : Double(point.step)
    }

    private func drawing(_ words: String) -> String {
        let (left, right, top, bottom) = (52.0, curves.count > 1 ? 528.0 : 550.0, 12.0, 196.0)
        let vertical = CurveAxis(
            curves.flatMap { $0.points.map(\.value) }, isLogarithmic: options.isLogarithmic, from: bottom, to: top)
        let horizontal = CurveAxis(
            curves.flatMap { curve in curve.points.map { x($0, curve) } }, from: left + 4, to: right - 4)
        var svg = SVG(width: 560, height: 236, title: "\(metric). \(words)")
        vertical.drawRows(in: &svg, left: left, right: right)
        horizontal.drawColumns(in: &svg, bottom: bottom)
        svg.text(options.isByTime ? unit.name : "step", (left + right) / 2, bottom + 34, anchor: .middle, class: "tick")
        var ends: [(y: Double, number: Int)] = []
        for curve in curves {
            let look = Self.look(curve.number)
            let raw = Self.thinned(curve.points, to: Self.drawn)
            if options.smoothing > 0 { draw(curve, raw, in: &svg, vertical, horizontal, look + " raw") }
            // Smoothed before it is thinned out: what is left afterwards is mostly spikes.
            let points = options.smoothing > 0 ? Self.thinned(smoothed(curve.points), to: Self.drawn) : raw
            draw(curve, points, in: &svg, vertical, horizontal, look)
            if let last = points.last(where: { vertical[$0.value] != nil }), let y = vertical[last.value] {
                ends.append((y, curve.number))
            }
        }
        guard curves.count > 1 else { return svg.element }
        // Numbers at the ends keep clear of each other.
        var floor = top - 9
        let sorted = ends.sorted { ($0.y, $0.number) < ($1.y, $1.number) }
        for (position, end) in sorted.enumerated() {
            let room = bottom - Double(sorted.count - 1 - position) * 9.4
            let y = max(min(end.y, room), floor + 9.4)
            svg.text(String(end.number + 1), right + 4, y + 4, class: "small")
            floor = y
        }
        return svg.element
    }

    /// Draws a line with gaps where there is nothing to show, and anew where a step goes back; what stands alone is a dot.
    private func draw(
        _ curve: Curve, _ points: [Point], in svg: inout SVG, _ vertical: CurveAxis, _ horizontal: CurveAxis,
        _ look: String
    ) {
        var line: [(x: Double, y: Double)] = []
        func close() {
            if line.count > 1 { svg.path(line, class: look) }
            if let only = line.first, line.count == 1 { svg.dot(only.x, only.y, radius: 2.5, class: look) }
            line = []
        }
        for point in points {
            if let y = vertical[point.value], let x = horizontal[x(point, curve)] {
                if let last = line.last, x < last.x { close() }
                line.append((x, y))
            } else {
                close()
            }
        }
        close()
    }

    private func smoothed(_ points: [Point]) -> [Point] {
        let values = Smoothing.exponential(points.map(\.value), weight: options.smoothing)
        return zip(points, values).map { point, value in
            var point = point
            point.value = value
            return point
        }
    }

    private func sentence(of curve: Curve) -> String {
        let numbers = curve.points.map(\.value).filter(\.isFinite)
        guard let last = curve.points.last, let least = numbers.min(), let most = numbers.max() else {
            return "\(ReportText.count(curve.total, "point")), none of which is a number."
        }
        let place =
            options.isByTime
            ? "after \(FigureText.short(x(last, curve))) \(unit.name)" : "at step \(last.step)"
        return "Last \(FigureText.short(last.value)) \(place), least \(FigureText.short(least)), greatest "
            + "\(FigureText.short(most)), of \(ReportText.count(curve.total, "point"))."
    }

    /// What of the points the drawing does not show.
    private var missing: String {
        let values = curves.flatMap { $0.points.map(\.value) }
        var words = ""
        if values.contains(where: { !$0.isFinite }) { words += " Gaps are values that are no number, or infinite." }
        if options.isLogarithmic, values.contains(where: { $0 <= 0 }) {
            words += " Values that are not above 0 have no place on this scale."
        }
        return words
    }

    private static func thinned(_ points: [Point], to maximum: Int) -> [Point] {
        var kept = MinMaxDownsampling(count: points.count, maximum: maximum)
        for point in points { kept.add(point) }
        return kept.finish()
    }
}
