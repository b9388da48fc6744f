#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Reads a file from a place on, a megabyte at a time; answers how many bytes there were, or nil where it cannot be read.
func readPieces<Failure: Error>(
    of path: String, from start: Int = 0, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
) throws(Failure) -> Int? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard start == 0 || lseek(descriptor, off_t(start), SEEK_SET) >= 0 else { return nil }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { buffer.deallocate() }
    var total = 0
    while true {
        let count = read(descriptor, buffer.baseAddress, buffer.count)
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { return nil }
        guard count > 0 else { return total }
        try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        total += count
    }
}
