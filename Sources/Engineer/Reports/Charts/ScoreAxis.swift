/// Maps scores to a stretch of a drawing and draws its grid.
struct ScoreAxis {
    let lower: Double
    let upper: Double
    let start: Double
    let end: Double

    /// An axis over all values, widened to round numbers. Values that are all equal get room on both sides.
    init(_ values: [Double], from start: Double, to end: Double) {
        let finite = values.filter(\.isFinite)
        let (least, most) = (finite.min() ?? 0, finite.max() ?? 1)
        // A hundredth is the finest difference that a chart should make visible.
        let step = Self.roundStep(max(most - least, 0.04) / 4)
        lower = (least / step).rounded(.down) * step
        var top = (most / step).rounded(.up) * step
        if top - lower < step / 2 { top = lower + step }
        upper = top
        self.start = start
        self.end = end
    }

    /// The place of a score.
    subscript(_ value: Double) -> Double {
        guard value.isFinite else { return start }
        return start + (value - lower) / (upper - lower) * (end - start)
    }

    /// The round numbers on the axis.
    var ticks: [Double] {
        let step = Self.roundStep((upper - lower) / 5)
        let first = (lower / step).rounded(.up)
        let count = Int(((upper / step).rounded(.down) - first).rounded()) + 1
        return (0..<max(min(count, 12), 0)).map { (first + Double($0)) * step }
    }

    /// Vertical grid lines with their numbers below.
    func drawGrid(in svg: inout SVG, top: Double, bottom: Double) {
        for tick in ticks {
            svg.line(self[tick], top, self[tick], bottom, class: "grid")
            svg.text(label(tick), self[tick], bottom + 14, anchor: .middle, class: "tick")
        }
    }

    /// Horizontal grid lines with their numbers to the left; for a chart whose scores go upward.
    func drawRows(in svg: inout SVG, left: Double, right: Double) {
        for tick in ticks {
            svg.line(left, self[tick], right, self[tick], class: "grid")
            svg.text(label(tick), left - 6, self[tick] + 4, anchor: .end, class: "tick")
        }
    }

    private func label(_ value: Double) -> String {
        Rounding.text(value, digits: Self.roundStep((upper - lower) / 5) >= 1 ? 0 : 2)
    }

    /// 1, 2 or 5 times a power of ten, not below `step` and not below a hundredth.
    private static func roundStep(_ step: Double) -> Double {
        var power = 0.01
        while power * 10 < step { power *= 10 }
        return [1, 2, 5, 10].map { $0 * power }.first { $0 >= step * 0.999 } ?? power * 10
    }
}
