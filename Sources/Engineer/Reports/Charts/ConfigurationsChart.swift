internal import AutoML

/// The best configurations with their intervals.
enum ConfigurationsChart {
    private static let row = 32.0

    static func draw(_ results: SearchResults) -> String? {
        let ranked = RankedTrials(results: results)
        let trials = ranked.shown.filter { $0.score != nil }
        let estimates = trials.compactMap(\.score)
        guard !estimates.isEmpty else { return nil }
        let bottom = 4 + Double(trials.count) * row
        var svg = SVG(
            width: 420, height: bottom + 22, title: "The score of the best configurations with 95 % intervals")
        let axis = ScoreAxis(estimates.flatMap { [$0.lower, $0.value, $0.upper] }, from: 12, to: 372)
        axis.drawGrid(in: &svg, top: 4, bottom: bottom)
        for (position, trial) in trials.enumerated() {
            guard let score = trial.score else { continue }
            let y = 4 + Double(position) * row
            let words = ranked.words(trial)
            svg.text("\(ranked.label(trial)) · \(words)", 4, y + 12, class: "small", limit: 72)
            let kind = trial.number == results.winner ? " winner" : trial.number == results.baseline ? " baseline" : ""
            svg.line(axis[score.lower], y + 22, axis[score.upper], y + 22, class: "interval\(kind)")
            svg.dot(
                axis[score.value], y + 22, radius: 4, class: "dot\(kind)",
                tip:
                    "\(Rounding.text(score.value)), \(Rounding.text(score.lower)) to \(Rounding.text(score.upper)): \(words)"
            )
            svg.text(Rounding.text(score.value), 416, y + 26, anchor: .end, class: "value")
        }
        return svg.element
    }
}
