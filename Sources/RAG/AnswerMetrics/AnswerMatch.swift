/// Exact match and token F1 of an answer with the golden answers; of several the best, for each of the two.
///
/// Source: as of ``AnswerTokens``; equals `compute_exact` and `compute_f1` of SQuAD's `evaluate-v2.0.py`, where an
/// answer without words equals only a golden answer without words.
package struct AnswerMatch: Sendable, Hashable {
    /// 1 where the words are those of a golden answer, else 0.
    package var exactMatch: Double
    /// The harmonic mean of the shares of its words that the answer and the golden answer have in common.
    package var tokenF1: Double

    /// Compares an answer; nil where there is no golden answer.
    package init?(_ answer: String, golden: [String]) {
        guard !golden.isEmpty else { return nil }
        let words = AnswerTokens(answer).words
        let others = golden.map { AnswerTokens($0).words }
        exactMatch = others.contains(words) ? 1 : 0
        tokenF1 = others.reduce(0) { max($0, Self.f1(words, $1)) }
    }

    private static func f1(_ words: [String], _ golden: [String]) -> Double {
        guard !words.isEmpty, !golden.isEmpty else { return words.isEmpty && golden.isEmpty ? 1 : 0 }
        var left: [String: Int] = [:]
        for word in golden { left[word, default: 0] += 1 }
        var common = 0
        for word in words where left[word, default: 0] > 0 {
            left[word, default: 0] -= 1
            common += 1
        }
        return HarmonicMean.ofShares(common, of: words.count, and: golden.count)
    }
}

/// The harmonic mean of a precision and a recall.
enum HarmonicMean {
    /// The mean of `common` of `first` and `common` of `second`; 0 where nothing is common.
    static func ofShares(_ common: Int, of first: Int, and second: Int) -> Double {
        guard common > 0 else { return 0 }
        let precision = Double(common) / Double(first)
        let recall = Double(common) / Double(second)
        return 2 * precision * recall / (precision + recall)
    }
}
