extension BM25Index {
    /// How many bytes its terms and postings hold in memory, without what the allocator and hash tables add.
    public var bytes: Int {
        let terms = vocabulary.keys.reduce(0) { $0 + $1.utf8.count }
        return terms + vocabulary.count * MemoryLayout<Int32>.stride + postings.bytes
    }
}

extension PostingLists {
    /// How many bytes its lists hold.
    var bytes: Int {
        offsets.count * MemoryLayout<Int>.stride + scores.count * MemoryLayout<Float>.stride
            + chunks.count * MemoryLayout<Int32>.stride + words.count * MemoryLayout<UInt64>.stride
    }
}

extension DenseIndex {
    /// How many bytes its vectors hold in memory; of a graph, with the links of its lowest layer.
    public var bytes: Int {
        switch self {
        case .flat(let index): index.bytes
        case .graph(let index): index.bytes
        }
    }
}

extension Chunk {
    /// How many bytes its text and its headings have.
    public var bytes: Int { text.utf8.count + headings.reduce(0) { $0 + $1.utf8.count } }
}
