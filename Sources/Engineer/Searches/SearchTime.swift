internal import Base

/// The time that a search may take (`--budget`), shared by its two phases: the search of retrieval leaves a part to that of
/// answers, and answers get all that is left then, at most what `generation: minutes` allows.
struct SearchTime {
    /// Which part of the time is kept for answers.
    static let answersShare = 1.0 / 3

    private let seconds: Double?
    private let kept: Double
    private let most: Double
    private let start: UInt64
    private let nanoseconds: @Sendable () -> UInt64

    /// Time that begins now.
    ///
    /// - Parameter seconds: for both phases; nil for no limit.
    init(_ seconds: Double?, generation: GenerationSetting, nanoseconds: @escaping @Sendable () -> UInt64) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
        most = generation.minutes * 60
        kept = generation.models.isEmpty ? 0 : min(most, (seconds ?? 0) * Self.answersShare)
        start = nanoseconds()
    }

    /// After how many seconds no retrieval is begun; nil for no limit.
    var ofRetrieval: Double? { seconds.map { $0 - kept } }

    /// After how many seconds no way of answering is begun, from now on.
    var ofAnswers: Double { min(most, left ?? most) }

    /// What is left for answers where that is less than `generation: minutes` allows; nil where it is not.
    var shortage: Double? { left.flatMap { $0 < most ? $0 : nil } }

    private var left: Double? {
        let now = nanoseconds()
        return seconds.map { max(0, $0 - (now > start ? Double(now - start) / 1e9 : 0)) }
    }
}
