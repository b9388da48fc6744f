#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Keeps other processes from the same model while one works on it. The system lets go when a process dies.
enum StoreLock {
    /// Runs `body` while the lock is held; as long as somebody else holds it, `busy` is called again and again, and
    /// waits or throws.
    @discardableResult
    static func hold<Result>(
        _ path: String, busy: () async throws -> Void, _ body: () async throws -> Result
    ) async throws -> Result {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw DownloadsError(.disk, "\(path) cannot be opened: \(String(cString: strerror(errno))).")
        }
        defer {
            // A child process that another thread is just starting may still have the file open, and the lock with it.
            _ = flock(descriptor, LOCK_UN)
            close(descriptor)
        }
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let reason = errno
            guard reason == EWOULDBLOCK || reason == EINTR else {
                throw DownloadsError(.disk, "\(path) cannot be locked: \(String(cString: strerror(reason))).")
            }
            try await busy()
        }
        return try await body()
    }
}
