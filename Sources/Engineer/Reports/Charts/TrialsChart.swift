internal import AutoML

/// Trials over time, with the best so far.
enum TrialsChart {
    static func draw(_ results: SearchResults) -> String? {
        let trials = results.trials.sorted { $0.number < $1.number }
        let scores = trials.compactMap { $0.score?.value }
        guard !scores.isEmpty, let first = trials.first, let last = trials.last else { return nil }
        let (left, right, top, bottom) = (44.0, 410.0, 10.0, 190.0)
        var svg = SVG(width: 420, height: 226, title: "The score of each trial in order, and the best so far")
        let axis = ScoreAxis(scores, from: bottom, to: top)
        axis.drawRows(in: &svg, left: left, right: right)
        let span = Double(max(last.number - first.number, 1))
        let place = { (number: Int) in
            first.number == last.number
                ? (left + right) / 2 : left + 8 + Double(number - first.number) / span * (right - left - 16)
        }
        svg.path(best(trials, results.objective, axis: axis, place: place), class: "best")
        for trial in trials {
            let x = place(trial.number)
            guard let score = trial.score?.value else {
                svg.text("×", x, bottom + 2, anchor: .middle, class: "failed")
                continue
            }
            let name =
                trial.number == results.winner
                ? "dot winner" : trial.number == results.baseline ? "dot baseline" : "dot"
            let tip =
                "trial \(trial.number): \(Rounding.text(score)) · \(RankedTrials(results: results).words(trial))"
            svg.dot(x, axis[score], radius: trial.number == results.winner ? 5 : 3.5, class: name, tip: tip)
        }
        svg.text(String(first.number), place(first.number), bottom + 16, anchor: .middle, class: "tick")
        if last.number != first.number {
            svg.text(String(last.number), place(last.number), bottom + 16, anchor: .middle, class: "tick")
        }
        svg.text("trial", (left + right) / 2, bottom + 30, anchor: .middle, class: "tick")
        return svg.element
    }

    /// A staircase: it changes where a trial is better than all before it.
    private static func best(
        _ trials: [SearchResults.TrialResult], _ objective: Objective, axis: ScoreAxis, place: (Int) -> Double
    ) -> [(x: Double, y: Double)] {
        var points: [(x: Double, y: Double)] = []
        var best: Double?
        for trial in trials {
            let x = place(trial.number)
            if let score = trial.score?.value, best.map({ objective.isBetter(score, than: $0) }) ?? true {
                if let best { points.append((x, axis[best])) }
                best = score
            }
            if let best { points.append((x, axis[best])) }
        }
        return points
    }
}
