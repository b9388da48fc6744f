/// The best alignment of a quote with a part of a text.
///
/// Similarity is 1 − d / m: d is the least number of letters to insert, remove or replace to turn the quote into
/// some part of the text (Sellers' approximate matching, within a band), m the quote's length, both normalized.
struct QuoteAlignment: Sendable, Hashable {
    /// Where the part stands in the window, in bytes.
    var range: Range<Int>
    /// From 0 to 1.
    var similarity: Double

    /// Aligns a quote within a window that starts about `slack` bytes before the place.
    init?(of quote: ArraySlice<UInt8>, in window: ArraySlice<UInt8>, slack: Int) {
        let width = 2 * slack + 1
        guard !quote.isEmpty, !window.isEmpty else { return nil }
        let far = Int32.max / 2
        // Cell k of row i stands for the window's first i + k bytes.
        var costs = [Int32](repeating: 0, count: width + 1)
        var starts = (0...width).map { Int32($0) }
        for k in 0...width where k > window.count || k == width { costs[k] = far }
        for (i, letter) in quote.enumerated() {
            var left = far
            var leftStart: Int32 = 0
            for k in 0..<width {
                let end = i + 1 + k
                guard end <= window.count else {
                    costs[k] = far
                    continue
                }
                let isEqual = window[window.startIndex + end - 1] == letter
                var best = costs[k] + (isEqual ? 0 : 1)
                var start = starts[k]
                // The quote's letter is missing from the text.
                if costs[k + 1] + 1 < best { (best, start) = (costs[k + 1] + 1, starts[k + 1]) }
                if left + 1 < best { (best, start) = (left + 1, leftStart) }
                (costs[k], starts[k]) = (best, start)
                (left, leftStart) = (best, start)
            }
        }
        guard let best = (0..<width).min(by: { costs[$0] < costs[$1] }), costs[best] < far else { return nil }
        let end = quote.count + best
        range = min(Int(starts[best]), end)..<end
        similarity = max(0, 1 - Double(costs[best]) / Double(quote.count))
    }
}
