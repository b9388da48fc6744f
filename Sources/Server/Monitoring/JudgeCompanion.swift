internal import Base
internal import Engineer
internal import RAG
internal import ServiceLifecycle

/// Judges answers beside the server, one after the other; no answer waits for it. Where more are offered than it can judge,
/// the later ones are left out.
struct JudgeCompanion: Service {
    /// So many wait at most.
    private static let capacity = 20

    private let judge: LiveJudge
    private let complain: @Sendable (String) -> Void
    private let offers: AsyncStream<LiveJudge.Offer>
    /// Offers an answer.
    let offer: AsyncStream<LiveJudge.Offer>.Continuation

    init(_ judge: LiveJudge, complain: @escaping @Sendable (String) -> Void) {
        (self.judge, self.complain) = (judge, complain)
        (offers, offer) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.capacity))
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var lastFailure = ""
            for await offer in offers {
                do {
                    try await judge.judge(offer)
                    lastFailure = ""
                } catch {
                    if Task.isCancelled { return }
                    let words = sentence(for: error)
                    if words != lastFailure { complain("A live answer could not be judged: \(words)") }
                    lastFailure = words
                }
            }
        }
        // The group would take an early end for a failure.
        try? await gracefulShutdown()
    }
}
