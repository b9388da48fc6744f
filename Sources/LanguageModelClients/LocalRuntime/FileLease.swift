#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A lock on a file, alone or together with others, that the system gives back when its holder dies. The file's time of
/// change is when it was last held.
final class FileLease: Sendable {
    private let descriptor: Int32
    private let isShared: Bool

    /// Takes the lock, or answers nil where others hold it in a way that excludes it.
    ///
    /// - Throws: `LocalRuntimeError` where the file cannot be made.
    init?(_ path: String, shared: Bool) throws(LocalRuntimeError) {
        isShared = shared
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw LocalRuntimeError("\(path) cannot be opened: \(String(cString: strerror(errno))).")
        }
        var status: Int32
        repeat {
            status = flock(descriptor, (shared ? LOCK_SH : LOCK_EX) | LOCK_NB)
        } while status != 0 && errno == EINTR
        guard status == 0 else { return nil }
        if shared { touch() }
    }

    deinit {
        if isShared { touch() }
        _ = flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Whether the file that is locked is still the one at a path, and was not removed, with its folder or alone.
    func isInPlace(_ path: String) -> Bool {
        var (own, there) = (stat(), stat())
        guard fstat(descriptor, &own) == 0, stat(path, &there) == 0 else { return false }
        return own.st_ino == there.st_ino && own.st_dev == there.st_dev
    }

    /// Notes that it is held now.
    func touch() { _ = futimens(descriptor, nil) }

    /// How long ago it was last held, in seconds.
    static func idleSeconds(_ path: String, now: Double = Date().timeIntervalSince1970) -> Double {
        var facts = stat()
        guard stat(path, &facts) == 0 else { return 0 }
        #if canImport(Darwin)
            let time = facts.st_mtimespec
        #else
            let time = facts.st_mtim
        #endif
        return now - Double(time.tv_sec) - Double(time.tv_nsec) / 1e9
    }

    /// Whether somebody holds it; false also where there is no such file.
    static func isHeld(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_SH | LOCK_NB) == 0 else { return true }
        _ = flock(descriptor, LOCK_UN)
        return false
    }

    /// Whether somebody holds it together with others, or alone.
    static func isHeldShared(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return true }
        _ = flock(descriptor, LOCK_UN)
        return false
    }
}
