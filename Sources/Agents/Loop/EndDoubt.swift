/// Whether a model that says it is done may have stopped too early, by what its calls came to.
struct EndDoubt: Sendable, Hashable {
    private static let mostDoubts = 2
    private let isOn: Bool
    private var hasCalled = false
    private var hasFailed = false
    private var doubts = 0

    init(isOn: Bool) { self.isOn = isOn }

    mutating func saw(_ result: ToolEnd) {
        hasCalled = true
        hasFailed = result.isError
    }

    /// What the model is told; nil where nothing speaks against the end, or it was told often enough.
    mutating func text() -> String? {
        guard isOn, doubts < Self.mostDoubts, !hasCalled || hasFailed else { return nil }
        doubts += 1
        return hasCalled
            ? "Your last call failed, so the work may not be done. If something is left, call a tool now: what you only write is "
                + "not done. If all is done, say so in one sentence."
            : "You have called no tool, so nothing has changed. Call a tool now: what you only write is not done."
    }
}
