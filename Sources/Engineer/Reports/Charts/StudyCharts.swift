internal import AutoML
internal import Base
internal import RAG
internal import Storage

/// The charts of a study that runs, or has run: each is an SVG element without styles of its own, and the table of its
/// data, which is what stands in its CSV file.
package struct StudyChart: Sendable {
    /// What is drawn, as a caption.
    package let caption: String
    /// What it says, for those who cannot see it.
    package let description: String
    package let svg: String
    package let header: [String]
    package let rows: [[String]]

    /// The best of the complete trials so far, with its interval, over all trials.
    package static func bestSoFar(_ study: StudyOverview) -> StudyChart? {
        let trials = study.trials.filter { $0.score != nil }
        guard let first = study.trials.first?.number, let last = study.trials.last?.number, !trials.isEmpty else {
            return nil
        }
        let (left, right, top, bottom) = (44.0, 550.0, 12.0, 210.0)
        let axis = ScoreAxis(
            trials.flatMap { [$0.score?.lower, $0.score?.upper].compactMap { $0 } }, from: bottom, to: top)
        let place = { (number: Int) in
            left + 10 + Double(number - first) / Double(max(last - first, 1)) * (right - left - 20)
        }
        var path: [(x: Double, y: Double)] = []
        var (lower, upper): ([(x: Double, y: Double)], [(x: Double, y: Double)]) = ([], [])
        var best: SearchResults.Estimate?
        var rows: [[String]] = []
        for trial in study.trials {
            let x = place(trial.number)
            if trial.state == .complete, let score = trial.score, score.value > best?.value ?? -1 {
                if let best {
                    path.append((x, axis[best.value]))
                    lower.append((x, axis[best.lower]))
                    upper.append((x, axis[best.upper]))
                }
                best = score
            }
            if let best {
                path.append((x, axis[best.value]))
                lower.append((x, axis[best.lower]))
                upper.append((x, axis[best.upper]))
            }
            rows.append(
                [String(trial.number), trial.state.rawValue] + cells(trial.score) + cells(best))
        }
        let title = "Score of each trial and the best so far"
        let words =
            best.map { "The best of \(trials.count) trials with a score is \(Rounding.text($0.value))." }
            ?? "No trial is complete yet."
        var svg = SVG(width: 560, height: 250, title: "\(title). \(words)")
        axis.drawRows(in: &svg, left: left, right: right)
        svg.path(upper, class: "bound")
        svg.path(lower, class: "bound")
        svg.path(path, class: "best")
        for trial in trials {
            guard let score = trial.score else { continue }
            let kind = trial.state == .complete ? "" : trial.state == .failed ? " failed" : " faint"
            svg.dot(
                place(trial.number), axis[score.value], radius: trial.number == study.best?.number ? 5 : 3.5,
                class: trial.number == study.best?.number ? "dot winner" : "dot\(kind)",
                tip: "trial \(trial.number): \(Rounding.text(score.value)) (\(trial.state.rawValue)) · \(trial.words)")
        }
        svg.text(String(first), place(first), bottom + 16, anchor: .middle, class: "tick")
        if last != first { svg.text(String(last), place(last), bottom + 16, anchor: .middle, class: "tick") }
        svg.text("trial", (left + right) / 2, bottom + 32, anchor: .middle, class: "tick")
        return StudyChart(
            caption: "\(title) (\(study.metric))", description: words, svg: svg.element,
            header: ["trial", "state", "score", "lower", "upper", "best", "best_lower", "best_upper"], rows: rows)
    }

    /// How many questions each trial was measured on before it was stopped: the race.
    package static func racing(_ study: StudyOverview) -> StudyChart? {
        guard study.trials.count > 1, !study.questions.isEmpty else { return nil }
        let shown = study.trials.suffix(60)
        let row = 14.0
        let bottom = 6 + Double(shown.count) * row
        let (left, right) = (40.0, 460.0)
        let full = Double(max(study.questions.count, shown.map(\.figures.measured).max() ?? 1))
        var svg = SVG(width: 560, height: bottom + 26, title: "How many questions each trial was measured on")
        for (position, trial) in shown.enumerated() {
            let y = 6 + Double(position) * row
            svg.text(String(trial.number), left - 8, y + 10, anchor: .end, class: "tick")
            svg.box(left, y, right - left, row - 4, class: "track")
            svg.box(
                left, y, Double(trial.figures.measured) / full * (right - left), row - 4,
                class: "bar \(trial.state.rawValue)")
            svg.text("\(trial.figures.measured) \(trial.state.rawValue)", right + 4, y + 10, class: "small")
        }
        svg.text(
            "questions, of \(study.questions.count)", (left + right) / 2, bottom + 18, anchor: .middle, class: "tick")
        let stopped = study.count(.stopped)
        return StudyChart(
            caption: "Racing: questions measured before a trial was stopped",
            description:
                "\(stopped) of \(study.trials.count) trials were stopped early, \(study.count(.complete)) are complete.",
            svg: svg.element, header: ["trial", "state", "measured", "questions"],
            rows: study.trials.map {
                [String($0.number), $0.state.rawValue, String($0.figures.measured), String(study.questions.count)]
            })
    }

    /// Which choices make the difference, as far as the trials that have ended tell.
    package static func importance(_ study: StudyOverview) -> StudyChart? {
        guard let importance = study.importance else { return nil }
        let shares = importance.parameters.prefix(10)
        guard !shares.isEmpty else { return nil }
        let row = 22.0
        let bottom = 6 + Double(shares.count) * row
        let (left, right) = (140.0, 500.0)
        var svg = SVG(width: 560, height: bottom + 8, title: "What share of the difference each parameter explains")
        for (position, share) in shares.enumerated() {
            let y = 6 + Double(position) * row
            svg.text(share.names.joined(separator: " × "), left - 8, y + 13, anchor: .end, limit: 26)
            svg.box(left, y + 2, max(1, share.share * (right - left)), row - 8, class: "bar")
            let (from, to) = (left + share.lower * (right - left), left + share.upper * (right - left))
            svg.line(from, y + 9, to, y + 9, class: "interval")
            svg.text("\(Rounding.text(100 * share.share, digits: 0)) %", 552, y + 13, anchor: .end, class: "value")
        }
        let isEnough = importance.trials >= 100 || importance.isWholeSpace == true
        return StudyChart(
            caption: "Which choices matter (functional ANOVA over \(importance.trials) trials"
                + (study.results == nil ? " that have ended)" : ")"),
            description: isEnough
                ? "The line is the range of the middle 90 % of the trees."
                : "\(importance.trials) trials are too few to be sure of the order; 100 or more would be enough.",
            svg: svg.element, header: ["parameters", "share", "lower", "upper"],
            rows: (importance.parameters + importance.interactions).map {
                [$0.names.joined(separator: " × "), exact($0.share), exact($0.lower), exact($0.upper)]
            })
    }

    /// Quality and latency of the finalists, once the search has ended.
    package static func pareto(_ study: StudyOverview) -> StudyChart? {
        guard let results = study.results, let svg = ParetoChart.draw(results) else { return nil }
        let front = ParetoPoints(results)
        return StudyChart(
            caption: "Pareto front: quality and 95th percentile of latency",
            description: "On the front: \(front.front.sorted().map { "trial \($0)" }.joined(separator: ", ")). "
                + "Up is better, left is faster.",
            svg: svg,
            header: ["trial", "score", "lower", "upper", "p95_ms", "index_bytes", "dollars_per_1000", "on_front"],
            rows: front.points.map { point in
                [
                    String(point.finalist.trial), exact(point.quality.value), exact(point.quality.lower),
                    exact(point.quality.upper), exact(point.milliseconds), String(point.finalist.indexBytes),
                    exact(point.cost), String(front.front.contains(point.finalist.trial)),
                ]
            })
    }

    /// Why questions fail, once the search has ended: the first stage that lost something of their evidence.
    package static func causes(_ study: StudyOverview) -> StudyChart? {
        guard let causes = study.results?.causes else { return nil }
        let row = 24.0
        let bottom = 6 + Double(causes.shares.count) * row
        let most = Double(max(causes.shares.map(\.questions.count).max() ?? 1, 1))
        let (left, right) = (140.0, 500.0)
        var svg = SVG(width: 560, height: bottom + 6, title: "Questions by the first stage that lost evidence")
        for (position, share) in causes.shares.enumerated() {
            let y = 6 + Double(position) * row
            svg.text(share.cause.rawValue, left - 8, y + 14, anchor: .end, limit: 26)
            svg.box(left, y + 2, Double(share.questions.count) / most * (right - left), row - 9, class: "bar")
            svg.text(String(share.questions.count), 552, y + 14, anchor: .end, class: "value")
        }
        let lost = causes.shares.reduce(0) { $0 + $1.questions.count }
        return StudyChart(
            caption: "Failures of the winner by cause",
            description: "\(lost) of \(causes.questions) questions lost something of their evidence.",
            svg: svg.element, header: ["cause", "questions", "pieces", "ids"],
            rows: causes.shares.map {
                [
                    $0.cause.rawValue, String($0.questions.count), String($0.pieces),
                    $0.questions.joined(separator: " "),
                ]
            })
    }

    /// Bars of amounts by name, such as dollars a day.
    package static func bars(
        _ amounts: [(name: String, value: Double)], caption: String, unit: String, words: (Double) -> String
    ) -> StudyChart? {
        let shown = amounts.suffix(30)
        guard !shown.isEmpty else { return nil }
        let row = 22.0
        let (left, right) = (180.0, 460.0)
        let most = max(shown.map(\.value).max() ?? 0, .leastNormalMagnitude)
        var svg = SVG(width: 560, height: 10 + Double(shown.count) * row, title: caption)
        for (position, amount) in shown.enumerated() {
            let y = 6 + Double(position) * row
            svg.text(amount.name, left - 8, y + 13, anchor: .end, limit: 30)
            svg.box(left, y + 2, amount.value / most * (right - left), row - 8, class: "bar")
            svg.text(words(amount.value), 552, y + 13, anchor: .end, class: "value")
        }
        let largest = shown.max { $0.value < $1.value }
        return StudyChart(
            caption: caption,
            description: largest.map { "The most: \($0.name) with \(words($0.value))." } ?? "",
            svg: svg.element, header: ["name", unit], rows: amounts.map { [$0.name, exact($0.value)] })
    }

    private static func cells(_ estimate: SearchResults.Estimate?) -> [String] {
        guard let estimate else { return ["", "", ""] }
        return [exact(estimate.value), exact(estimate.lower), exact(estimate.upper)]
    }

    private static func exact(_ value: Double) -> String { value.isFinite ? "\(value)" : "" }

    /// The table as CSV (RFC 4180). A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    package var csv: String { Self.csv([header] + rows) }

    /// Rows as CSV.
    package static func csv(_ rows: [[String]]) -> String {
        rows.map { row in
            row.map { cell in
                let isFormula = cell.first.map { "=+-@\t\r".contains($0) } ?? false && Double(cell) == nil
                let text = isFormula ? "'" + cell : cell
                return text.contains { ",\"\n\r".contains($0) || $0.isNewline }
                    ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
            }.joined(separator: ",") + "\r\n"
        }.joined()
    }
}
