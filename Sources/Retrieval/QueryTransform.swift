/// Puts a question into other words before it is searched with: several phrasings of it (multi-query), the questions
/// that it consists of (decomposition), or a passage that might answer it (HyDE).
///
/// Each text that comes back is searched with by itself, and the rankings are fused. Retrieval only declares the port;
/// what needs a language model implements it elsewhere.
public protocol QueryTransform: Sendable {
    /// Names the transform and all that it depends on: two with equal identity give equal texts.
    var identity: String { get }
    /// What to search with instead of the question; the question itself is among it only if it should be searched too.
    func queries(for question: String) async throws -> [String]
}

/// Searches with the question as it was asked.
public struct NoQueryTransform: QueryTransform {
    /// `none`.
    public let identity = "none"

    /// The transform that changes nothing.
    public init() {}

    /// The question alone.
    public func queries(for question: String) async throws -> [String] { [question] }
}
