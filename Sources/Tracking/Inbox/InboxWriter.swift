internal import Base
internal import Storage
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A folder of the inbox, `.neo/inbox/<writer>/`, to which one process appends lines.
///
/// A line is one write to a file that only grows, so it is in the system's memory when ``append(_:)`` returns: `kill -9`
/// loses nothing of it, and nobody waits for a database. While the process lives it shares the lock on `lock` in that
/// folder, by which others know that it does. What was read is deleted only by who holds the lock alone.
final class InboxWriter: Sendable {
    /// A new file is begun after so many bytes, so that what was read can go.
    static let fragmentLimit = 32 << 20

    private struct State {
        var file: Int32
        var path: String
        var bytes = 0
        /// Whether the last line was not written to its end, as on a full disk: the next one must not join it.
        var isTorn = false
    }

    let name: String
    private let folder: String
    private let lock: Int32
    private let state: Mutex<State>

    /// - Parameters:
    ///   - inbox: `.neo/inbox`.
    ///   - name: the name of the folder; processes that share one append to the same file.
    init(inbox: String, name: String) throws {
        self.name = name
        folder = "\(inbox)/\(name)"
        try WholeFile.makeFolder(folder)
        lock = try Self.open("\(folder)/lock", O_RDWR | O_CREAT)
        guard flock(lock, LOCK_SH) == 0 else { throw Self.failure("lock", folder) }
        // Who shares a folder goes on where the last one stopped.
        let path = InboxFolder(path: inbox).fragments(of: name).last { $0.bytes < Self.fragmentLimit }?.path
        do {
            state = Mutex(try Self.file(path ?? Self.newPath(folder)))
        } catch {
            _ = close(lock)
            throw error
        }
    }

    deinit {
        state.withLock { _ = close($0.file) }
        _ = close(lock)
    }

    /// Appends lines with one write.
    ///
    /// - Throws: ``TrackingError`` where the disk is full or the file refused.
    func append(_ lines: String) throws {
        var lines = state.withLock { $0.isTorn } ? "\n" + lines : lines
        try lines.withUTF8 { bytes in
            try state.withLock { state in
                if state.bytes >= Self.fragmentLimit { try turn(&state) }
                var rest = UnsafeRawBufferPointer(bytes)
                while !rest.isEmpty {
                    let count = write(state.file, rest.baseAddress, rest.count)
                    if count < 0, errno == EINTR { continue }
                    state.isTorn = count <= 0 && (state.isTorn || rest.count < bytes.count)
                    guard count > 0 else { throw Self.failure("write", state.path) }
                    rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
                    state.bytes += count
                }
            }
        }
    }

    /// Waits until all is on the disk: for what must survive the loss of power.
    func synchronize() {
        let file = state.withLock { $0.file }
        _ = fsync(file)
    }

    private func turn(_ state: inout State) throws {
        let next = try Self.file(Self.newPath(folder))
        _ = close(state.file)
        state = next
    }

    private static func file(_ path: String) throws -> State {
        let file = try open(path, O_WRONLY | O_CREAT | O_APPEND)
        return State(file: file, path: path, bytes: Int(lseek(file, 0, SEEK_END)))
    }

    /// No name is used twice: how far a file was read is kept by its name. Names sort by time.
    private static func newPath(_ folder: String) -> String {
        let nanoseconds = String(UInt64(max(0, Wall.seconds() * 1e9)), radix: 16)
        let padded = String(repeating: "0", count: max(0, 16 - nanoseconds.count)) + nanoseconds
        return "\(folder)/\(padded)-\(getpid()).jsonl"
    }

    private static func open(_ path: String, _ flags: Int32) throws -> Int32 {
        #if canImport(Glibc)
            let file = Glibc.open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0o600)
        #elseif canImport(Musl)
            let file = Musl.open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0o600)
        #else
            let file = Darwin.open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0o600)
        #endif
        guard file >= 0 else { throw failure("open", path) }
        return file
    }

    private static func failure(_ verb: String, _ path: String) -> TrackingError {
        let reason = String(cString: strerror(errno))
        return TrackingError(.fileSystem, "Cannot \(verb) \(path), where runs are logged: \(reason).")
    }
}
