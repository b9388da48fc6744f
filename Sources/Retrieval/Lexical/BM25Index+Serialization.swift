extension BM25Index {
    private static let magic = Array("neo-bm25".utf8)
    private static let version: UInt64 = 2

    /// The index as bytes, for a cache. Little-endian: format, parameters, vocabulary, postings.
    public var serialized: [UInt8] {
        var writer = ByteWriter()
        writer.bytes = Self.magic
        let variant = UInt64(BM25Variant.allCases.firstIndex(of: variant) ?? 0)
        writer.write([Self.version, variant, k1.bitPattern, b.bitPattern])
        writer.write([UInt64(count), UInt64(vocabulary.count)])
        let words = vocabulary.sorted { $0.value < $1.value }.map { Array($0.key.utf8) }
        writer.write(words.map { UInt32($0.count) })
        for word in words { writer.bytes += word }
        writer.write(postings.offsets.map { UInt64($0) })
        for term in words.indices { writer.write(postings.chunks(of: term)) }
        writer.write(postings.scores.prefix(postings.offsets.last ?? 0))
        return writer.bytes
    }

    /// Reads what `serialized` wrote.
    ///
    /// - Throws: `RetrievalError` if the bytes are anything else; every number is checked, so that no later search can
    ///   go out of bounds.
    public init(serialized: [UInt8]) throws(RetrievalError) {
        var reader = ByteReader(serialized)
        let head = try reader.read(Self.magic.count, of: UInt8.self)
        guard head == Self.magic else { throw .corrupt("they do not begin as one") }
        let numbers = try reader.read(6, of: UInt64.self)
        guard numbers[0] == Self.version else { throw .corrupt("their version is \(numbers[0]), not \(Self.version)") }
        guard numbers[1] < BM25Variant.allCases.count else { throw .corrupt("they are of no known variant") }
        let variant = BM25Variant.allCases[Int(numbers[1])]
        let (k1, b) = (Double(bitPattern: numbers[2]), Double(bitPattern: numbers[3]))
        guard k1 >= 0, k1.isFinite, (0...1).contains(b) else { throw .corrupt("their parameters are impossible") }
        guard let count = Int32(exactly: numbers[4]), let terms = Int32(exactly: numbers[5]) else {
            throw .corrupt("they claim more chunks or terms than an index holds")
        }
        let lengths = try reader.read(Int(terms), of: UInt32.self)
        var vocabulary: [String: Int32] = [:]
        vocabulary.reserveCapacity(Int(terms))
        for (term, length) in lengths.enumerated() {
            let word = String(decoding: try reader.read(Int(length), of: UInt8.self), as: UTF8.self)
            vocabulary[word] = Int32(term)
        }
        guard vocabulary.count == lengths.count else { throw .corrupt("a term stands in them twice") }
        let offsets = try reader.read(Int(terms) + 1, of: UInt64.self).map { Int(clamping: $0) }
        guard offsets.first == 0, zip(offsets, offsets.dropFirst()).allSatisfy(<=) else {
            throw .corrupt("their postings overlap")
        }
        let chunks = try reader.read(offsets.last ?? 0, of: Int32.self)
        guard zip(offsets, offsets.dropFirst()).allSatisfy({ isAscending(chunks[$0..<$1]) }) else {
            throw .corrupt("the chunks of a term are in no order")
        }
        let scores = try reader.read(offsets.last ?? 0, of: Float.self)
        guard reader.isAtEnd else { throw .corrupt("something follows the index") }
        guard chunks.allSatisfy({ (0..<count).contains($0) }), scores.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
            throw .corrupt("a posting names a chunk or a score that cannot be")
        }
        self.init(
            k1: k1, b: b, variant: variant, count: Int(count), vocabulary: vocabulary,
            offsets: offsets, chunks: chunks, scores: scores
        )
    }
}

private func isAscending(_ chunks: ArraySlice<Int32>) -> Bool {
    zip(chunks, chunks.dropFirst()).allSatisfy(<)
}

extension RetrievalError {
    fileprivate static func corrupt(_ what: String) -> RetrievalError {
        RetrievalError(
            code: .corruptIndex,
            message:
                "These bytes are no BM25 index: \(what). Build the index again; a cache may be deleted at any time."
        )
    }
}

/// Puts numbers one after the other, little-endian.
private struct ByteWriter {
    var bytes: [UInt8] = []

    mutating func write<Number: BitwiseCopyable>(_ numbers: some Sequence<Number>) {
        Array(numbers).withUnsafeBytes { bytes += $0 }
    }
}

/// Takes them out again, and never reads past the end.
private struct ByteReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func read<Number: BitwiseCopyable>(
        _ count: Int, of type: Number.Type
    ) throws(RetrievalError) -> [Number] {
        let (size, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Number>.stride)
        guard !overflow, size <= bytes.count - position else { throw .corrupt("they end too early") }
        let start = position
        position += size
        guard count > 0 else { return [] }
        return bytes.withUnsafeBytes { raw in
            [Number](unsafeUninitializedCapacity: count) { buffer, initialized in
                UnsafeMutableRawBufferPointer(buffer).copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: raw[start..<start + size])
                )
                initialized = count
            }
        }
    }
}
