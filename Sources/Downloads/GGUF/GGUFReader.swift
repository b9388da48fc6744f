#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Reads the numbers and texts of a GGUF file in order. Every length is compared with what the file can hold before
/// anything is allocated or skipped: the file may come from anybody.
struct GGUFReader: ~Copyable {
    /// The file, for messages.
    let path: String
    /// How long the file is.
    let fileSize: Int
    /// The place of the next byte.
    private(set) var position = 0

    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var bufferStart = 0

    /// A header is mostly the vocabulary; the largest known ones take about 20 MB.
    static let headerLimit = 256 << 20
    private static let step = 1 << 18

    /// Opens a file.
    init(_ path: String) throws(DownloadsError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        var facts = stat()
        guard descriptor >= 0, fstat(descriptor, &facts) == 0 else {
            let reason = String(cString: strerror(errno))
            if descriptor >= 0 { close(descriptor) }
            throw DownloadsError(.disk, "\(path) cannot be read: \(reason).")
        }
        // A pipe or a device could keep the reader waiting for ever.
        guard facts.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw DownloadsError(.disk, "\(path) is no file.")
        }
        fileSize = Int(facts.st_size)
    }

    deinit {
        close(descriptor)
    }

    /// How many bytes the header may still have.
    var rest: Int { min(fileSize, Self.headerLimit) - position }

    /// Takes some bytes.
    mutating func bytes(_ count: Int) throws(DownloadsError) -> ArraySlice<UInt8> {
        try require(count)
        if position < bufferStart || position + count > bufferStart + buffer.count {
            try fill(atLeast: count)
        }
        let start = position - bufferStart
        position += count
        return buffer[start..<start + count]
    }

    private mutating func fill(atLeast count: Int) throws(DownloadsError) {
        buffer.removeAll(keepingCapacity: true)
        bufferStart = position
        let wanted = max(count, Self.step)
        var failed = false
        buffer = [UInt8](unsafeUninitializedCapacity: wanted) { bytes, filled in
            while filled < wanted {
                let read = pread(
                    descriptor, bytes.baseAddress.map { $0 + filled }, wanted - filled, off_t(position + filled))
                if read < 0, errno == EINTR { continue }
                failed = read < 0
                guard read > 0 else { return }
                filled += read
            }
        }
        if failed { throw DownloadsError(.disk, "\(path) cannot be read.") }
        guard buffer.count >= count else { throw damaged("it ends within its header") }
    }

    /// Passes over some bytes.
    mutating func skip(_ count: Int) throws(DownloadsError) {
        try require(count)
        position += count
    }

    /// A whole number as the file stores it, the lowest byte first.
    mutating func integer<Number: FixedWidthInteger>(_: Number.Type) throws(DownloadsError) -> Number {
        var value: Number = 0
        var shift = 0
        for byte in try bytes(MemoryLayout<Number>.size) {
            value |= Number(truncatingIfNeeded: byte) << shift
            shift += 8
        }
        return value
    }

    /// A count or a length, which may not be larger than `limit`.
    mutating func count(_ what: String, limit: Int) throws(DownloadsError) -> Int {
        let value = try integer(UInt64.self)
        guard value <= UInt64(max(0, limit)) else { throw damaged("\(what) is \(value), which cannot be") }
        return Int(value)
    }

    /// A text; bytes that are no UTF-8 are repaired.
    mutating func text(_ what: String, limit: Int) throws(DownloadsError) -> String {
        let length = try count("the length of \(what)", limit: min(limit, rest - 8))
        return String(decoding: try bytes(length), as: UTF8.self)
    }

    /// Passes over a text.
    mutating func skipText() throws(DownloadsError) {
        try skip(try count("the length of a text", limit: rest - 8))
    }

    private func require(_ count: Int) throws(DownloadsError) {
        guard count >= 0, count <= rest else {
            throw damaged(
                fileSize > Self.headerLimit
                    ? "its header is longer than \(Self.headerLimit >> 20) MB" : "it ends within its header")
        }
    }

    /// What is wrong with the file.
    func damaged(_ reason: String) -> DownloadsError {
        DownloadsError(
            .damaged, "\(path) is not a GGUF file that can be used: \(reason). Fetch it again, or name another one.")
    }
}
