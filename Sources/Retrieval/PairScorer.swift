/// Judges how well passages answer a query, each read together with it: a cross-encoder, or a service that hosts one.
///
/// Retrieval only declares the port. A pair costs a pass through a model, so only the first hits of a ranking are
/// judged.
public protocol PairScorer: Sendable {
    /// Names the scorer and its weights: two with equal identity give equal scores.
    var identity: String { get }
    /// One score a passage, greater is better; comparable only between passages of one query.
    func scores(of passages: [String], for query: String) async throws -> [Float]
}
