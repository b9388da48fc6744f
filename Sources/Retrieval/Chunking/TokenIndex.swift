/// Where the tokens of one text stand: counts the tokens of any part without reading the text again.
public struct TokenIndex: Sendable, Hashable {
    private let starts: [Int]
    private let ends: [Int]

    /// Counts a text once.
    public init(text: String, counter: any TokenCounter) {
        self.init(counter.tokenRanges(in: text))
    }

    /// Takes UTF-8 ranges of tokens, in order and without overlap.
    public init(_ ranges: [Range<Int>]) {
        starts = ranges.map(\.lowerBound)
        ends = ranges.map(\.upperBound)
    }

    /// How many tokens the text has.
    public var count: Int { starts.count }

    /// How many tokens begin in a UTF-8 range. Counts of ranges that do not overlap add up to the count of their union.
    public func count(in range: Range<Int>) -> Int {
        tokens(in: range).count
    }

    /// The numbers of the tokens that begin in a UTF-8 range.
    public func tokens(in range: Range<Int>) -> Range<Int> {
        let first = firstToken(from: range.lowerBound)
        return first..<max(first, firstToken(from: range.upperBound))
    }

    /// The UTF-8 range from the first of some tokens to the end of the last.
    public func utf8Range(ofTokens tokens: Range<Int>) -> Range<Int> {
        guard !tokens.isEmpty else { return 0..<0 }
        return starts[tokens.lowerBound]..<ends[tokens.upperBound - 1]
    }

    /// The number of the first token that begins at an offset or behind it.
    private func firstToken(from offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
