internal import Base

/// What each stage leaves possible, as bars from 0 to 1.
enum CeilingsChart {
    private static let row = 28.0

    static func draw(_ results: SearchResults) -> String? {
        guard let causes = results.causes else { return nil }
        let stages = causes.stages
        let bottom = 4 + Double(stages.count) * row
        var svg = SVG(width: 420, height: bottom + 22, title: "The best possible score behind each stage")
        let axis = ScoreAxis([0, 1], from: 118, to: 366)
        axis.drawGrid(in: &svg, top: 4, bottom: bottom)
        for (position, stage) in stages.enumerated() {
            let y = 4 + (Double(position) + 0.5) * row
            svg.text(stage.stage, 108, y + 4, anchor: .end, limit: 18)
            svg.box(axis[0], y - 8, axis[stage.ceiling] - axis[0], 16, class: "box")
            svg.text(Rounding.text(stage.ceiling), 416, y + 4, anchor: .end, class: "value")
        }
        return svg.element
    }
}
