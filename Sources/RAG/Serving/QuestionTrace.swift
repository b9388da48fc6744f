internal import Synchronization

/// What is noted of one question while it is answered, for whoever watches a service: times and figures, no words.
///
/// It is bound to the request's task (``current``), so that no stage has to be told who watches; where nobody does,
/// nothing is noted.
package final class QuestionTrace: Sendable {
    /// The trace of this task; nil where nobody watches.
    @TaskLocal package static var current: QuestionTrace?

    /// A part of the work.
    package enum Stage: String, Sendable, Hashable, CaseIterable {
        case retrieve, rerank, generate
    }

    /// What is known so far.
    package struct Figures: Sendable, Hashable {
        /// Nanoseconds by stage; those of `rerank` are no part of those of `retrieve`.
        package var nanoseconds: [Stage: UInt64] = [:]
        /// The best cosine of the question and a sentence.
        package var similarity: Double?
        /// The greatest share of the question's weight that one passage holds.
        package var coverage: Double?
        /// How strong the evidence is, from 0 to 1.
        package var evidence: Double?
        /// How many terms the question has.
        package var terms: Int?
        /// Why there is no answer, as one of a few words.
        package var reason: String?
    }

    private let state = Mutex(Figures())

    /// Nothing noted yet.
    package init() {}

    /// All that was noted.
    package var figures: Figures { state.withLock { $0 } }

    func note(_ body: (inout Figures) -> Void) { state.withLock { body(&$0) } }

    /// Notes how long a stage takes that runs as a part of none or of another one, whose time it is then no part of.
    static func timing<Result>(
        _ stage: Stage, within outer: Stage? = nil, _ body: () async throws -> Result
    ) async rethrows -> Result {
        guard let trace = current else { return try await body() }
        let start = ContinuousClock.now
        defer {
            let parts = start.duration(to: .now).components
            let spent = UInt64(clamping: parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000)
            trace.note { figures in
                figures.nanoseconds[stage, default: 0] &+= spent
                if let outer { figures.nanoseconds[outer, default: 0] &-= spent }
            }
        }
        return try await body()
    }
}
