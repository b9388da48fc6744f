internal import CVectors

/// Which chunks have each term, and what the term adds to their scores.
///
/// A term that at least one chunk of 16 has is frequent: its chunks are a set of bits with running counts, which is
/// smaller than a list of numbers, and eight of its scores are added at once. Source: A. Moffat, J. S. Culpepper, "Hybrid
/// Bitvector Index Compression", 2007 (bits for frequent terms, lists for rare ones).
struct PostingLists: Sendable {
    /// How many chunks there are.
    let count: Int
    /// The number of the first frequent term; those before it are rare.
    let firstFrequent: Int
    /// Where the scores of each term begin; one more than there are terms.
    let offsets: [Int]
    /// What the term adds to its chunks, by term, then by chunk; behind the last what the kernels may read.
    let scores: [Float]
    /// The chunks of each rare term, ascending; parallel to `scores`.
    let chunks: [Int32]
    /// The chunks of each frequent term; see `posting_kernels_add_bits`.
    let words: [UInt64]
    /// How many words a frequent term has.
    let wordsPerTerm: Int

    /// Takes lists, and numbers the terms anew.
    ///
    /// - Parameters:
    ///   - offsets: where the postings of each term begin; one more than there are terms.
    ///   - chunks: the chunks of each term, ascending, each once.
    ///   - scores: parallel to `chunks`.
    ///   - numbers: becomes the new number of each term.
    init(count: Int, offsets: [Int], chunks: [Int32], scores: [Float], numbers: inout [Int32]) {
        let terms = offsets.count - 1
        let padding = Int(POSTING_KERNELS_PADDING)
        func isFrequent(_ term: Int) -> Bool { 16 * (offsets[term + 1] - offsets[term]) >= count }
        let rare = (0..<terms).filter { !isFrequent($0) }
        let frequent = (0..<terms).filter(isFrequent)
        let width = (count + 31) / 32
        var ordered: [Float] = []
        ordered.reserveCapacity(scores.count + padding)
        var starts = [0]
        starts.reserveCapacity(terms + 1)
        numbers = [Int32](repeating: 0, count: terms)
        for (number, term) in (rare + frequent).enumerated() {
            numbers[term] = Int32(number)
            ordered += scores[offsets[term]..<offsets[term + 1]]
            starts.append(ordered.count)
        }
        ordered += [Float](repeating: 0, count: padding)
        var list: [Int32] = []
        list.reserveCapacity(starts[rare.count])
        for term in rare { list += chunks[offsets[term]..<offsets[term + 1]] }
        var words = [UInt64](repeating: 0, count: width * frequent.count)
        for (place, term) in frequent.enumerated() {
            for chunk in chunks[offsets[term]..<offsets[term + 1]] {
                words[place * width + Int(chunk >> 5)] |= 1 << UInt64(chunk & 31)
            }
            var before: UInt64 = 0
            for word in place * width..<(place + 1) * width {
                let bits = words[word].nonzeroBitCount
                words[word] |= before << 32
                before += UInt64(bits)
            }
        }
        self.count = count
        firstFrequent = rare.count
        self.offsets = starts
        self.scores = ordered
        self.chunks = list
        self.words = words
        wordsPerTerm = width
    }

    /// How many chunks have a term.
    func frequency(of term: Int) -> Int { offsets[term + 1] - offsets[term] }

    /// The chunks of a term, ascending.
    func chunks(of term: Int) -> [Int32] {
        guard term >= firstFrequent else { return Array(chunks[offsets[term]..<offsets[term + 1]]) }
        let start = (term - firstFrequent) * wordsPerTerm
        return (0..<wordsPerTerm).flatMap { word in
            (0..<32).lazy.filter { words[start + word] >> UInt64($0) & 1 == 1 }.map { Int32(32 * word + $0) }
        }
    }
}
