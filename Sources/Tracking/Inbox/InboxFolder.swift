internal import Base

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// What lies in `.neo/inbox`: a folder a writer, with files of lines.
struct InboxFolder {
    /// A file of lines.
    struct Fragment: Hashable {
        /// The folder's name and the file's: `host-17-ab/00000000.jsonl`.
        var name: String
        var path: String
        var bytes: Int
        /// When it was last written, in seconds since 1970.
        var changed: Double
    }

    /// A folder without a lock file belongs to a program that takes none; it may be writing for so long after its last line.
    static let patience = 3600.0

    let path: String

    /// The folders of writers.
    func writers() -> [String] {
        Self.names(in: path).filter { !$0.hasPrefix(".") }
    }

    /// The files of a writer, in order. Links and what is no file are passed over.
    func fragments(of writer: String) -> [Fragment] {
        Self.names(in: "\(path)/\(writer)").filter { $0.hasSuffix(".jsonl") }.sorted().compactMap { name in
            let file = "\(path)/\(writer)/\(name)"
            var facts = stat()
            guard lstat(file, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
            #if canImport(Darwin)
                let time = facts.st_mtimespec
            #else
                let time = facts.st_mtim
            #endif
            return Fragment(
                name: "\(writer)/\(name)", path: file, bytes: Int(facts.st_size),
                changed: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9)
        }
    }

    /// Runs the body while nobody writes into a writer's folder; false where somebody may.
    ///
    /// - Parameter body: is told whether the writer had a lock, so that it is known to be gone.
    func withSilence(of writer: String, now: Double, _ body: (_ isGone: Bool) throws -> Void) rethrows -> Bool {
        let lock = open("\(path)/\(writer)/lock", O_RDWR | O_CLOEXEC | O_NOFOLLOW)
        guard lock >= 0 else {
            guard fragments(of: writer).allSatisfy({ now - $0.changed > Self.patience }) else { return false }
            try body(false)
            return true
        }
        defer { _ = close(lock) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else { return false }
        try body(true)
        return true
    }

    /// Removes a file of a writer.
    func delete(_ fragment: Fragment) {
        _ = unlink(fragment.path)
    }

    /// Removes a writer's folder, which nobody opens again.
    func remove(_ writer: String) {
        _ = unlink("\(path)/\(writer)/lock")
        _ = rmdir("\(path)/\(writer)")
    }

    /// Reads a part of a file, at most `limit` bytes.
    static func read(_ fragment: Fragment, from offset: Int, limit: Int) throws -> [UInt8] {
        let file = open(fragment.path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard file >= 0 else { throw unreadable(fragment) }
        defer { _ = close(file) }
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            while count < limit, let base = buffer.baseAddress {
                let got = pread(file, base + count, limit - count, off_t(offset + count))
                if got < 0, errno == EINTR { continue }
                failed = got < 0
                guard got > 0 else { break }
                count += got
            }
        }
        if failed { throw unreadable(fragment) }
        return bytes
    }

    private static func unreadable(_ fragment: Fragment) -> TrackingError {
        TrackingError(.fileSystem, "Cannot read \(fragment.path): \(String(cString: strerror(errno))).")
    }

    private static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
