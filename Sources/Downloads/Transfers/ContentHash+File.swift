internal import Base

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

extension ContentHash.Builder {
    /// Adds a file's bytes piece by piece; answers how many there were, or nil where it cannot be read.
    mutating func addFile(_ path: String) -> Int? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { buffer.deallocate() }
        var total = 0
        while true {
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            guard count > 0 else { return total }
            addPiece(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            total += count
        }
    }
}

extension ModelEntry.File {
    /// What is wrong with a copy of this file, or nil.
    func problem(at path: String) -> String? {
        var builder = ContentHash.Builder()
        guard let count = builder.addFile(path) else { return "\(path) is missing or cannot be read" }
        guard count == size else { return "\(path) has \(count) bytes instead of \(size)" }
        let found = builder.finish()
        return found == hash ? nil : "\(path) has SHA-256 \(found.short)… instead of \(hash.short)…"
    }
}
