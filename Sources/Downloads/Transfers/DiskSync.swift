#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Makes sure that what was written survives a loss of power before it gets its name.
enum DiskSync {
    /// Waits until a file, or the names in a folder, are on the disk.
    static func flush(_ path: String) throws(DownloadsError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("opened", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("synchronised", path) }
    }

    /// Gives a file or folder another name, at once.
    static func rename(_ path: String, to name: String) throws(DownloadsError) {
        #if canImport(Glibc)
            let status = Glibc.rename(path, name)
        #elseif canImport(Musl)
            let status = Musl.rename(path, name)
        #else
            let status = Darwin.rename(path, name)
        #endif
        guard status == 0 else { throw failure("renamed to \(name)", path) }
    }

    private static func failure(_ verb: String, _ path: String) -> DownloadsError {
        DownloadsError(.disk, "\(path) cannot be \(verb): \(String(cString: strerror(errno))).")
    }
}
