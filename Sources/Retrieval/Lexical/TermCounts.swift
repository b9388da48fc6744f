/// How often each term stands in each field of each chunk, by term.
struct TermCounts {
    private(set) var vocabulary: [String: Int32] = [:]
    /// How many terms each chunk has, by field.
    private(set) var lengths: [[Int]] = []
    /// Where the postings of each term begin; one more than there are terms.
    private(set) var offsets: [Int] = [0]
    /// The chunks of each term, ascending.
    private(set) var chunks: [Int32] = []
    /// How often the term stands in the chunk, by field.
    private(set) var frequencies: [[Int32]] = []

    /// Counts fields that have equally many chunks.
    init(_ fields: [[[String]]]) {
        lengths = fields.map { $0.map(\.count) }
        // First by chunk …
        var terms: [Int32] = []
        var byChunk = [[Int32]](repeating: [], count: fields.count)
        var ends: [Int] = []
        var slot: [Int] = []  // where a term's count of the present chunk stands
        for document in fields.first?.indices ?? 0..<0 {
            let start = terms.count
            for (field, documents) in fields.enumerated() {
                for word in documents[document] {
                    let term = number(of: word)
                    if term == slot.count { slot.append(-1) }
                    if slot[term] < start {
                        slot[term] = terms.count
                        terms.append(Int32(term))
                        for other in fields.indices { byChunk[other].append(0) }
                    }
                    byChunk[field][slot[term]] += 1
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
        frequencies = fields.map { _ in [Int32](repeating: 0, count: terms.count) }
        var posting = 0
        for (chunk, end) in ends.enumerated() {
            while posting < end {
                let place = next[Int(terms[posting])]
                next[Int(terms[posting])] = place + 1
                chunks[place] = Int32(chunk)
                for field in fields.indices { frequencies[field][place] = byChunk[field][posting] }
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
