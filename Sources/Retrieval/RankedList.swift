/// One hit of a search: the position of a chunk in its index, and its score.
public struct Hit: Sendable, Hashable {
    /// The position of the chunk.
    public var chunk: Int
    /// The score; greater is better.
    public var score: Float

    /// A hit.
    public init(chunk: Int, score: Float) {
        self.chunk = chunk
        self.score = score
    }

    /// The order of a ranked list: by score, best first; equal scores by position, so that results repeat.
    public static func ranksBefore(_ left: Hit, _ right: Hit) -> Bool {
        left.score != right.score ? left.score > right.score : left.chunk < right.chunk
    }
}
