/// Finds quotes in one text.
struct QuoteFinder: Sendable {
    /// How a quote was found.
    enum Match: Sendable, Hashable {
        /// To the letter, or but for white space, case, punctuation and markup; every place.
        case equal([Range<Int>])
        /// As a similar passage.
        case aligned(Range<Int>, similarity: Double)
        /// Not at all; what comes nearest, if anything does.
        case missing(nearest: Range<Int>?)

        /// The places found.
        var ranges: [Range<Int>] {
            switch self {
            case .equal(let ranges): ranges
            case .aligned(let range, _): [range]
            case .missing: []
            }
        }
    }

    /// The least similarity at which a passage counts as the quote.
    static let threshold = 0.9

    let text: NormalizedText
    /// A hash of each word.
    let hashes: [UInt64]
    private let counts: [UInt64: Int]

    init(_ bytes: [UInt8]) {
        text = NormalizedText(bytes)
        hashes = text.wordHashes()
        counts = hashes.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    /// A quote, prepared once for many texts.
    struct Quote: Sendable {
        let exact: [UInt8]
        let normalized: NormalizedText
        let hashes: [UInt64]

        init(_ quote: String) {
            var bytes = Array(quote.utf8)[...]
            while let first = bytes.first, first <= 0x20 { bytes.removeFirst() }
            while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
            exact = Array(bytes)
            normalized = NormalizedText(exact)
            hashes = normalized.wordHashes()
        }
    }

    /// Finds a quote: exactly, then normalized, then by alignment.
    func find(_ quote: Quote) -> Match {
        let ranges = equalRanges(quote)
        if !ranges.isEmpty { return .equal(ranges) }
        let windows = bestWindows(quote, limit: 3)
        let aligned = windows.compactMap { align(quote, at: $0) }.max { $0.similarity < $1.similarity }
        if let aligned, aligned.similarity >= Self.threshold {
            return .aligned(text.rawRange(wholeWords(aligned.range)), similarity: aligned.similarity)
        }
        return .missing(nearest: windows.first.map { rawRange(ofWords: $0) })
    }

    /// Every place where a quote stands, exactly or normalized.
    func equalRanges(_ quote: Quote) -> [Range<Int>] {
        let exact = ByteSearch(quote.exact).starts(in: text.raw).map { $0..<$0 + quote.exact.count }
        let whole = exact.filter { !tearsWord(at: $0.lowerBound) && !tearsWord(at: $0.upperBound) }
        if !whole.isEmpty { return whole }
        // A passage that was cut by length may start inside a word; a short quote there is another word.
        if !exact.isEmpty, quote.exact.count >= 20 { return exact }
        let needle = quote.normalized.bytes
        return ByteSearch(needle)
            .starts(in: text.bytes) { text.isBoundary($0) && text.isBoundary($0 + needle.count) }
            .map { text.rawRange($0..<$0 + needle.count) }
    }

    private func tearsWord(at offset: Int) -> Bool {
        guard offset > 0, offset < text.raw.count else { return false }
        let pair = [text.raw[offset - 1], text.raw[offset]]
        return pair.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF) }
    }

    /// The share of a quote's words that the text has, wherever they stand.
    func sharedWords(with quote: Quote) -> Double {
        guard !quote.hashes.isEmpty else { return 0 }
        return Double(quote.hashes.count { counts[$0] != nil }) / Double(quote.hashes.count)
    }

    private func align(_ quote: Quote, at words: Range<Int>) -> QuoteAlignment? {
        let needle = quote.normalized.bytes
        let slack = needle.count / 8 + 40
        let start = max(0, text.start(ofWord: words.lowerBound) - slack)
        let window = text.bytes[start..<min(text.bytes.count, start + needle.count + 2 * slack)]
        guard var alignment = QuoteAlignment(of: needle[...], in: window, slack: slack) else { return nil }
        alignment.range = alignment.range.lowerBound + start..<alignment.range.upperBound + start
        return alignment
    }

    private func wholeWords(_ range: Range<Int>) -> Range<Int> {
        guard !range.isEmpty else { return range }
        let first = text.start(ofWord: text.word(at: range.lowerBound))
        return first..<text.start(ofWord: text.word(at: range.upperBound - 1) + 1)
    }

    private func rawRange(ofWords words: Range<Int>) -> Range<Int> {
        text.rawRange(text.start(ofWord: words.lowerBound)..<text.start(ofWord: words.upperBound))
    }

    /// The passages of as many words as the quote that share most words with it, best first; a word weighs more the
    /// rarer it is in the text. One pass over the text.
    private func bestWindows(_ quote: Quote, limit: Int) -> [Range<Int>] {
        let length = min(quote.hashes.count, hashes.count)
        guard length > 0 else { return [] }
        var missing: [UInt64: Int] = [:]
        for hash in quote.hashes where counts[hash] != nil { missing[hash, default: 0] += 1 }
        guard !missing.isEmpty else { return [] }
        let weights = missing.keys.reduce(into: [UInt64: Int]()) { weights, hash in
            weights[hash] = Int(1_000 / Double(counts[hash] ?? 1).squareRoot()) + 1
        }
        var scores: [(score: Int, start: Int)] = []
        var score = 0
        for position in hashes.indices {
            if let weight = weights[hashes[position]] {
                if missing[hashes[position], default: 0] > 0 { score += weight }
                missing[hashes[position], default: 0] -= 1
            }
            if position >= length, let weight = weights[hashes[position - length]] {
                missing[hashes[position - length], default: 0] += 1
                if missing[hashes[position - length], default: 0] > 0 { score -= weight }
            }
            if position + 1 >= length, score > 0 { scores.append((score, position + 1 - length)) }
        }
        var best: [Range<Int>] = []
        // Ties go to the earlier place, so that results repeat.
        for (_, start) in scores.sorted(by: { ($0.score, $1.start) > ($1.score, $0.start) }) {
            guard best.count < limit else { break }
            let window = start..<start + length
            if best.allSatisfy({ !$0.overlaps(window) }) { best.append(window) }
        }
        return best
    }
}
