/// What takes the bytes of a transfer, piece by piece.
protocol TransferSink: ~Copyable {
    /// How many bytes are there.
    var count: Int { get }
    /// Throws away what is there.
    mutating func restart() throws
    /// Adds bytes; refuses more than there may be.
    mutating func append(_ bytes: UnsafeRawBufferPointer) throws
}

/// Bytes in memory, no more than some number of them: for answers that are read at once.
struct MemorySink: TransferSink {
    private(set) var bytes: [UInt8] = []
    let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    var count: Int { bytes.count }

    mutating func restart() { bytes = [] }

    mutating func append(_ piece: UnsafeRawBufferPointer) throws {
        guard bytes.count + piece.count <= limit else {
            throw DownloadsError(.damaged, "more than \(limit) bytes came")
        }
        bytes += piece
    }
}
