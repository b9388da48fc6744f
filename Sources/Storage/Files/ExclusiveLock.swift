#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Runs the body while this process holds the lock file, e.g. `.neo/lock`, so that two searches never run on one
/// project.
///
/// The operating system gives the lock back when the process ends, however it ends; the file stays, and means nothing
/// by itself. Child processes do not inherit the lock.
///
/// - Parameters:
///   - path: The lock file; it and its directory are made where they do not exist.
///   - purpose: What holds the lock, for the sentence that another one gets: `A search`.
/// - Throws: ``StorageError`` with the code `busy`, naming the process that holds it; whatever the body throws.
package func withExclusiveLock<Result>(
    at path: String,
    purpose: String = "A search",
    _ body: () async throws -> Result
) async throws -> Result {
    let file = try acquireLock(at: path, purpose: purpose)
    let result: Result
    do {
        result = try await body()
    } catch {
        release(file)
        throw error
    }
    release(file)
    return result
}

/// The process that holds a lock file, or nil where none does. The lock is not touched: whoever wants it next gets it.
package func lockHolder(at path: String) -> Int? {
    guard let file = try? OpenFile(path, flags: O_RDONLY | O_CLOEXEC), let bytes = try? file.readToEnd(limit: 64),
        let number = pid_t(String(decoding: bytes, as: UTF8.self).prefix { $0.isNumber }), number > 0
    else { return nil }
    // A process that was killed left its number behind. One of another user may not be signalled, and is there.
    return kill(number, 0) == 0 || errno == EPERM ? Int(number) : nil
}

/// Whether some process holds a lock file; false also where there is none. Who looks holds it for a moment, together with
/// others who look, so that who wants it then should try more than once.
package func isLockHeld(at path: String) -> Bool {
    guard let file = try? OpenFile(path, flags: O_RDONLY) else { return false }
    guard flock(file.descriptor, LOCK_SH | LOCK_NB) == 0 else { return errno == EWOULDBLOCK }
    return false
}

/// Waits for the lock of a directory, for as long as the body takes in another process: for moments only.
package func withDirectoryLock<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    let file = try OpenFile(path, flags: O_RDONLY | O_DIRECTORY)
    while flock(file.descriptor, LOCK_EX) != 0 {
        guard errno == EINTR else { throw POSIXFailure("lock", path) }
    }
    defer { _ = flock(file.descriptor, LOCK_UN) }
    return try body()
}

private func acquireLock(at path: String, purpose: String) throws(StorageError) -> OpenFile {
    do {
        try createDirectory(directory(of: path))
        let file = try OpenFile(path, flags: O_RDWR | O_CREAT)
        if flock(file.descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK else { throw POSIXFailure("lock", path) }
            let holder = String(decoding: try file.readToEnd(limit: 64), as: UTF8.self).prefix { $0.isNumber }
            throw StorageError(
                .busy,
                "\(purpose) is already running here\(holder.isEmpty ? "" : " as process \(holder)"). Wait until it ends, "
                    + "or stop it\(holder.isEmpty ? "" : " with `kill \(holder)`"); the lock is \(path)."
            )
        }
        guard ftruncate(file.descriptor, 0) == 0 else { throw POSIXFailure("empty", path) }
        try file.write(Array("\(getpid())\n".utf8))
        return file
    } catch let error as StorageError {
        throw error
    } catch let error as POSIXFailure {
        throw StorageError(error, what: "The lock \(path)")
    } catch {
        throw StorageError(.fileSystem, "The lock \(path) cannot be taken.", cause: error)
    }
}

private func release(_ file: OpenFile) {
    // The process number goes first: the next holder writes its own.
    _ = ftruncate(file.descriptor, 0)
    _ = flock(file.descriptor, LOCK_UN)
}
