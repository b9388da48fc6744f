#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// What a system call refused, and on which file.
struct POSIXFailure: Error, CustomStringConvertible {
    /// `errno`.
    var number: Int32
    /// What was tried: `write`.
    var operation: String
    /// The file.
    var path: String

    init(_ operation: String, _ path: String) {
        number = errno
        self.operation = operation
        self.path = path
    }

    var isDiskFull: Bool { number == ENOSPC || number == EDQUOT }
    var isMissing: Bool { number == ENOENT }

    var description: String {
        "cannot \(operation) \(path): \(String(cString: strerror(number)))"
    }
}

/// An open file, closed at the end of its life.
final class OpenFile: Sendable {
    let descriptor: Int32
    let path: String

    /// Opens a file, or a directory, so that child processes do not inherit it.
    init(_ path: String, flags: Int32, mode: mode_t = 0o644) throws(POSIXFailure) {
        self.path = path
        descriptor = open(path, flags | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw POSIXFailure("open", path) }
    }

    deinit {
        if descriptor >= 0 { _ = close(descriptor) }
    }

    /// Its length.
    func size() throws(POSIXFailure) -> Int {
        var information = stat()
        guard fstat(descriptor, &information) == 0 else { throw POSIXFailure("examine", path) }
        return Int(information.st_size)
    }

    /// Reads to the end, at most `limit` bytes.
    func readToEnd(limit: Int) throws(POSIXFailure) -> [UInt8] {
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            while count < limit, let base = buffer.baseAddress {
                let got = read(descriptor, base + count, limit - count)
                if got < 0, errno == EINTR { continue }
                failed = got < 0
                guard got > 0 else { break }
                count += got
            }
        }
        if failed { throw POSIXFailure("read", path) }
        return bytes
    }

    /// Writes all the bytes.
    func write(_ bytes: some Sequence<UInt8>) throws(POSIXFailure) {
        let failed =
            bytes.withContiguousStorageIfAvailable { writeAll(UnsafeRawBufferPointer($0)) }
            ?? Array(bytes).withUnsafeBytes { writeAll($0) }
        if failed { throw POSIXFailure("write", path) }
    }

    private func writeAll(_ buffer: UnsafeRawBufferPointer) -> Bool {
        var rest = buffer[...]
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest)
            #if canImport(Glibc)
                let put = Glibc.write(descriptor, part.baseAddress, part.count)
            #elseif canImport(Musl)
                let put = Musl.write(descriptor, part.baseAddress, part.count)
            #elseif canImport(Darwin)
                let put = Darwin.write(descriptor, part.baseAddress, part.count)
            #endif
            if put < 0, errno == EINTR { continue }
            guard put > 0 else { return true }
            rest = rest.dropFirst(put)
        }
        return false
    }
}

/// Creates a directory with all above it; what exists already is left as it is.
func createDirectory(_ path: String) throws(POSIXFailure) {
    if mkdir(path, 0o755) == 0 || errno == EEXIST { return }
    let parent = directory(of: path)
    guard errno == ENOENT, parent != path else { throw POSIXFailure("create", path) }
    try createDirectory(parent)
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw POSIXFailure("create", path) }
}

/// The directory in which a file lies: `.` for a bare name.
func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
}
