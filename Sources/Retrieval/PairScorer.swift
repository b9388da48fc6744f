/// Judges how well passages answer a query, each read together with it: a cross-encoder, or a service that hosts one.
///
/// Retrieval only declares the port. A pair costs a pass through a model, so only the first hits of a ranking are
/// judged.
public protocol PairScorer: Sendable {
    /// Names the scorer and its weights: two with equal identity give equal scores.
    var identity: String { get }
    /// One score a passage, greater is better; comparable only between passages of one query.
    func scores(of passages: [String], for query: String) async throws -> [Float]
    /// Whether somebody serves it, who may want to be paid by the token; without its own, no.
    var isServed: Bool { get }
    /// The scores, with the tokens that the server counted.
    func scoresCounting(of passages: [String], for query: String) async throws -> Counted<[Float]>
}

extension PairScorer {
    /// It runs on this machine.
    public var isServed: Bool { false }

    /// The scores; nobody counts.
    public func scoresCounting(of passages: [String], for query: String) async throws -> Counted<[Float]> {
        Counted(try await scores(of: passages, for: query), tokens: nil)
    }
}
