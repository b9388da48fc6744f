/// Says how well passages fit a question by reading both together, which is slower and surer than comparing vectors.
/// Retrieval only declares the port; a kind of system supplies the scorer.
public protocol PairScorer: Sendable {
    /// Names scorer and weights: scores of two scorers with equal identity are equal.
    var identity: String { get }
    /// Scores passages for a question; score i belongs to passage i, and a higher one is a better fit. Scores of
    /// different questions need not be comparable.
    @concurrent
    func score(query: String, passages: [String]) async throws -> [Float]
}
