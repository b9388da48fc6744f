internal import AutoML
internal import Base

/// The scores of all trials by the values of one parameter: where the dots of one value lie further right, that value
/// tends to be better.
struct ParameterChart {
    let parameter: String
    let element: String

    private static let row = 26.0

    /// A chart for each parameter of which at least two values were measured.
    static func all(_ results: SearchResults) -> [ParameterChart] {
        let measured = results.trials.filter { $0.score != nil }
        let names = Set(measured.flatMap(\.configuration.values.keys)).sorted()
        let axis = ScoreAxis(measured.compactMap { $0.score?.value }, from: 118, to: 366)
        return names.compactMap { name in
            var groups: [JSONValue: [SearchResults.TrialResult]] = [:]
            for trial in measured {
                if let value = trial.configuration[name] { groups[value, default: []].append(trial) }
            }
            guard groups.count > 1 else { return nil }
            return ParameterChart(parameter: name, element: draw(name, groups, axis: axis, results: results))
        }
    }

    private static func draw(
        _ name: String, _ groups: [JSONValue: [SearchResults.TrialResult]], axis: ScoreAxis, results: SearchResults
    ) -> String {
        let sorted = groups.sorted { left, right in
            if let left = left.key.number, let right = right.key.number { return left < right }
            return text(left.key) < text(right.key)
        }
        // A range that was sampled has about as many values as trials: what does not fit a screen is left out.
        let shown = sorted.prefix(16)
        let bottom = 6 + Double(shown.count) * row
        var svg = SVG(width: 420, height: bottom + 22, title: "The scores of all trials by \(name)")
        axis.drawGrid(in: &svg, top: 4, bottom: bottom)
        for (position, group) in shown.enumerated() {
            let y = 6 + (Double(position) + 0.5) * row
            svg.text(text(group.key), 108, y + 4, anchor: .end, limit: 17)
            let scores = group.value.compactMap { $0.score?.value }
            if let (low, high) = quartiles(scores) {
                svg.box(axis[low], y - 8, axis[high] - axis[low], 16, class: "box")
            }
            if let middle = median(scores) { svg.line(axis[middle], y - 10, axis[middle], y + 10, class: "median") }
            for trial in group.value {
                guard let score = trial.score?.value else { continue }
                let tip = "trial \(trial.number): \(Rounding.text(score))"
                svg.dot(
                    axis[score], y, radius: 3, class: trial.number == results.winner ? "dot winner" : "dot faint",
                    tip: tip)
            }
            svg.text("n=\(scores.count)", 416, y + 4, anchor: .end, class: "tick")
        }
        return svg.element
    }

    private static func text(_ value: JSONValue) -> String {
        switch value {
        case .bool(let flag): flag ? "yes" : "no"
        case .string(let text): text
        default: value.canonicalText
        }
    }

    private static func median(_ values: [Double]) -> Double? {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return nil }
        return (sorted[sorted.count / 2] + sorted[(sorted.count - 1) / 2]) / 2
    }

    /// The middle half of at least four values.
    private static func quartiles(_ values: [Double]) -> (Double, Double)? {
        let sorted = values.sorted()
        guard sorted.count >= 4 else { return nil }
        return (sorted[sorted.count / 4], sorted[sorted.count - 1 - sorted.count / 4])
    }
}
