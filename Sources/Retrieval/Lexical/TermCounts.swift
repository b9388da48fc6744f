/// How often each term stands in each chunk, by term.
struct TermCounts {
    private(set) var vocabulary: [String: Int32] = [:]
    /// How many terms each chunk has.
    private(set) var lengths: [Int] = []
    /// Where the postings of each term begin; one more than there are terms.
    private(set) var offsets: [Int] = [0]
    /// The chunks of each term, ascending.
    private(set) var chunks: [Int32] = []
    /// How often the term stands in the chunk.
    private(set) var frequencies: [Int32] = []

    init(_ documents: [[String]]) {
        lengths = documents.map(\.count)
        // First by chunk …
        var terms: [Int32] = []
        var byChunk: [Int32] = []
        var ends: [Int] = []
        var slot: [Int] = []  // where a term's count of the present chunk stands
        for document in documents {
            let start = terms.count
            for word in document {
                let term = number(of: word)
                if term == slot.count { slot.append(-1) }
                if slot[term] >= start {
                    byChunk[slot[term]] += 1
                } else {
                    slot[term] = terms.count
                    terms.append(Int32(term))
                    byChunk.append(1)
                }
            }
            ends.append(terms.count)
        }
        // … then by term: counting sort, which keeps the chunks of a term in order.
        offsets = [Int](repeating: 0, count: vocabulary.count + 1)
        for term in terms { offsets[Int(term) + 1] += 1 }
        for term in 0..<vocabulary.count { offsets[term + 1] += offsets[term] }
        var next = offsets
        chunks = [Int32](repeating: 0, count: terms.count)
        frequencies = chunks
        var posting = 0
        for (chunk, end) in ends.enumerated() {
            while posting < end {
                let place = next[Int(terms[posting])]
                next[Int(terms[posting])] = place + 1
                chunks[place] = Int32(chunk)
                frequencies[place] = byChunk[posting]
                posting += 1
            }
        }
    }

    private mutating func number(of word: String) -> Int {
        if let known = vocabulary[word] { return Int(known) }
        vocabulary[word] = Int32(vocabulary.count)
        return vocabulary.count - 1
    }
}
