/// Winner and default by type of question.
enum SlicesChart {
    private static let row = 30.0

    static func draw(_ results: SearchResults) -> String? {
        let slices = results.slices
        guard !slices.isEmpty else { return nil }
        let bottom = 4 + Double(slices.count) * row
        var svg = SVG(
            width: 420, height: bottom + 22,
            title: "\(DecisionWords.chosenTitle(results)) and default by type of question")
        let axis = ScoreAxis(slices.flatMap { [$0.winner, $0.baseline] }, from: 138, to: 366)
        axis.drawGrid(in: &svg, top: 4, bottom: bottom)
        for (position, slice) in slices.enumerated() {
            let y = 4 + (Double(position) + 0.5) * row
            svg.text("\(slice.type) (\(slice.questions))", 128, y + 4, anchor: .end, limit: 21)
            svg.line(axis[slice.baseline], y, axis[slice.winner], y, class: "link")
            svg.dot(
                axis[slice.baseline], y, radius: 4.5, class: "dot baseline",
                tip: "default: \(Rounding.text(slice.baseline))"
            )
            svg.dot(
                axis[slice.winner], y, radius: 4.5, class: "dot winner",
                tip: "\(DecisionWords.chosen(results)): \(Rounding.text(slice.winner))")
            svg.text(Rounding.text(slice.winner), 416, y + 4, anchor: .end, class: "value")
        }
        return svg.element
    }
}
