/// One figure of a run.
package struct Point: Sendable, Hashable {
    /// The order in which it came.
    package var number: Int
    /// Where in the work it was taken; may go back.
    package var step: Int
    /// Seconds since 1970, by the clock of the machine that logged it; may jump.
    package var time: Double
    /// The value; may be NaN or infinite.
    package var value: Double

    package init(number: Int, step: Int, time: Double, value: Double) {
        self.number = number
        self.step = step
        self.time = time
        self.value = value
    }
}

/// What is known of one metric of a run without looking at its points.
package struct SeriesSummary: Sendable, Hashable {
    package var metric: String
    /// Whether it is a figure of the machine.
    package var isSystem: Bool
    package var count: Int
    package var lastStep: Int
    package var lastTime: Double
    package var lastValue: Double
    /// The least and the greatest that is a number; NaN where none is.
    package var minimum: Double
    package var maximum: Double
}
