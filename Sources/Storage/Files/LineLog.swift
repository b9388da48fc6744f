#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A file of lines that only grows, written by one process at a time.
///
/// A line is appended with one write. Where a process, or the machine, ended in the middle of one, the next to open the
/// file takes the torn end away.
package final class LineLog: Sendable {
    /// What was in the file when it was opened.
    package struct Contents: Sendable, Hashable {
        /// The whole lines, without their ends.
        package var lines: [String]
        /// How many bytes were torn, and taken away.
        package var mendedBytes: Int
    }

    private let file: OpenFile

    /// Opens a file, or makes it, for this process alone.
    ///
    /// - Parameters:
    ///   - path: The file; its folder must exist. Only this user may read it.
    ///   - purpose: What the file is, for the sentence that another process gets: `The session ab12`.
    ///   - isWhole: Whether a line is as it was written; asked of the last one, which may be torn although it ends.
    /// - Throws: ``StorageError`` with the code `busy` where another process has it open.
    package static func open(
        _ path: String, purpose: String, isWhole: (String) -> Bool
    ) throws(StorageError) -> (log: LineLog, contents: Contents) {
        do throws(POSIXFailure) {
            let file = try OpenFile(path, flags: O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW, mode: 0o600)
            try lock(file)
            let bytes = try file.readToEnd(limit: try file.size())
            var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            // What follows the last end of a line is the beginning of one that was never finished.
            var kept = bytes.count - (lines.popLast()?.count ?? 0)
            var texts = lines.map { String(decoding: $0, as: UTF8.self) }
            if let last = texts.last, !isWhole(last) {
                kept -= (lines.last?.count ?? 0) + 1
                texts.removeLast()
            }
            if kept < bytes.count {
                guard ftruncate(file.descriptor, off_t(kept)) == 0, fsync(file.descriptor) == 0 else {
                    throw POSIXFailure("mend", path)
                }
            }
            return (LineLog(file), Contents(lines: texts, mendedBytes: bytes.count - kept))
        } catch {
            if error.number == EWOULDBLOCK { throw StorageError(.busy, "\(purpose) is open in another process.") }
            throw StorageError(error, what: purpose)
        }
    }

    private init(_ file: OpenFile) { self.file = file }

    /// A process that is being started shares the lock of its parent until it becomes another program, and one that was
    /// killed holds it until the system has cleared up: both take milliseconds, and are waited for.
    private static func lock(_ file: OpenFile) throws(POSIXFailure) {
        for _ in 0..<50 {
            if flock(file.descriptor, LOCK_EX | LOCK_NB) == 0 { return }
            guard errno == EWOULDBLOCK || errno == EINTR else { break }
            usleep(10_000)
        }
        guard flock(file.descriptor, LOCK_EX | LOCK_NB) == 0 else { throw POSIXFailure("lock", file.path) }
    }

    /// Appends lines.
    ///
    /// - Parameter isDurable: whether they must be on the disk before this returns.
    /// - Throws: ``StorageError``; a part of the lines may then stand at the end of the file, which is mended.
    package func append(_ lines: [String], isDurable: Bool) throws(StorageError) {
        guard !lines.isEmpty else { return }
        do throws(POSIXFailure) {
            let before = try file.size()
            do throws(POSIXFailure) {
                try file.write(lines.flatMap { Array($0.utf8) + [UInt8(ascii: "\n")] })
                if isDurable, fsync(file.descriptor) != 0 { throw POSIXFailure("write", file.path) }
            } catch {
                // On a full disk, half a line would stand before the next one.
                _ = ftruncate(file.descriptor, off_t(before))
                throw error
            }
        } catch {
            throw StorageError(error, what: "The file \(file.path)")
        }
    }
}
