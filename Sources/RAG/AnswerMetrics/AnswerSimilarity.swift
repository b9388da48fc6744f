package import Retrieval

/// How near an answer is to the golden answers by meaning: the greatest cosine of their vectors.
///
/// Encoders put contradictions close together ("it is on by default", "it is off by default"), so a high value says
/// that two texts are about the same, not that they say the same.
package struct AnswerSimilarity: Sendable {
    private let encoder: any TextEncoder

    /// The measure of an encoder.
    package init(_ encoder: any TextEncoder) { self.encoder = encoder }

    /// For each answer the cosine with the golden answer that is nearest; nil where there is none, 0 where the answer
    /// is blank.
    @concurrent
    package func scores(_ answers: [(answer: String, golden: [String])]) async throws -> [Double?] {
        let vectors = try await encoder.encode(answers.flatMap { [$0.answer] + $0.golden })
        var row = 0
        return answers.map { answer, golden in
            let own = vectors[row: row]
            let cosines = golden.indices.map { Self.cosine(own, vectors[row: row + 1 + $0]) }
            row += 1 + golden.count
            return answer.allSatisfy(\.isWhitespace) ? cosines.max().map { _ in 0 } : cosines.max()
        }
    }

    /// Of rows of any length: a served encoder may give others than unit vectors.
    private static func cosine(_ first: ArraySlice<Float>, _ second: ArraySlice<Float>) -> Double {
        var (product, squares, otherSquares) = (0.0, 0.0, 0.0)
        for (x, y) in zip(first, second) {
            product += Double(x) * Double(y)
            squares += Double(x) * Double(x)
            otherSquares += Double(y) * Double(y)
        }
        let norms = (squares * otherSquares).squareRoot()
        return norms > 0 ? product / norms : 0
    }
}
