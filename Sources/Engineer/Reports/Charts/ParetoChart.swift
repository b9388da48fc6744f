internal import Statistics

/// Quality against latency, both with their intervals: up is better, left is faster.
enum ParetoChart {
    static func draw(_ results: SearchResults) -> String? {
        let front = ParetoPoints(results)
        guard front.points.count > 1 else { return nil }
        let (left, right, top, bottom) = (44.0, 396.0, 10.0, 220.0)
        var svg = SVG(width: 420, height: 256, title: "Quality and 95th percentile of latency of the finalists")
        let scores = ScoreAxis(
            front.points.flatMap { [$0.quality.lower, $0.quality.upper, $0.quality.value] }, from: bottom, to: top)
        let times = ScoreAxis(
            front.points.flatMap {
                [$0.milliseconds, $0.finalist.p95?.lower, $0.finalist.p95?.upper].compactMap { $0 }
            },
            from: left + 4, to: right)
        scores.drawRows(in: &svg, left: left, right: right)
        times.drawGrid(in: &svg, top: top, bottom: bottom)
        var labels = PointLabels()
        for point in front.points {
            let (x, y) = (times[point.milliseconds], scores[point.quality.value])
            let trial = point.finalist.trial
            let isOnFront = front.front.contains(trial)
            let other = isOnFront ? "" : " faint"
            let kind = trial == results.winner ? " winner" : trial == results.baseline ? " baseline" : other
            let line = "interval\(trial == results.winner ? " winner" : "")"
            svg.line(x, scores[point.quality.lower], x, scores[point.quality.upper], class: line)
            let p95 = point.finalist.p95
            svg.line(
                times[p95?.lower ?? point.milliseconds], y, p95?.upper.map { times[$0] } ?? right, y, class: line)
            svg.dot(
                x, y, radius: isOnFront ? 5 : 3.5, class: "dot\(kind)",
                tip: "trial \(trial): \(Rounding.text(point.quality.value)), "
                    + "\(QuantityWords.milliseconds(point.milliseconds))\(isOnFront ? ", on the front" : "")")
            labels.add(String(trial), x, y)
        }
        for label in labels.labels { svg.text(label.text, label.x + 6, label.y - 6, class: "small") }
        svg.text("p95 latency in ms", (left + right) / 2, bottom + 32, anchor: .middle, class: "tick")
        return svg.element
    }
}

/// The names of points; those of points that lie so near that their names would cover each other stand together.
struct PointLabels {
    struct Label: Equatable {
        var text: String
        let x: Double
        let y: Double
    }

    private(set) var labels: [Label] = []

    mutating func add(_ text: String, _ x: Double, _ y: Double) {
        // A digit is about six wide, a line about twelve high.
        if let near = labels.firstIndex(where: { abs($0.x - x) < Double($0.text.count) * 6 + 8 && abs($0.y - y) < 12 })
        {
            labels[near].text += ", \(text)"
        } else {
            labels.append(Label(text: text, x: x, y: y))
        }
    }
}
