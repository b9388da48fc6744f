internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Shows other processes that this one lives: a locked file, whose lock the system gives back when the process ends,
/// however it ends.
final class CallLease: Sendable {
    /// Names this process in the rows of its open calls.
    let name: String
    private let folder: String
    private let file: OpenFile

    /// A new lease in a folder, which is made where it does not exist.
    init(folder: String) throws {
        try createDirectory(folder)
        var random = SystemRandomNumberGenerator()
        let name = "\(processNumber)-\(String(random.next(), radix: 16))"
        // Nobody may find the file before it is locked.
        file = try withDirectoryLock(folder) {
            let file = try OpenFile("\(folder)/\(name)", flags: O_RDWR | O_CREAT | O_EXCL)
            guard flock(file.descriptor, LOCK_EX | LOCK_NB) == 0 else { throw POSIXFailure("lock", file.path) }
            return file
        }
        self.name = name
        self.folder = folder
    }

    deinit { _ = removeFile(file.path) }

    /// Whether nobody holds the lease of this name any more. Where that cannot be found out, somebody does.
    func isDead(_ name: String) -> Bool {
        // A name is a file's: what a damaged row says may not lead elsewhere.
        guard name != self.name, !name.contains("/"), name != ".", name != ".." else { return name != self.name }
        let held = try? withDirectoryLock(folder) {
            do {
                let other = try OpenFile("\(folder)/\(name)", flags: O_RDWR)
                return flock(other.descriptor, LOCK_EX | LOCK_NB) != 0
            } catch let failure as POSIXFailure where failure.isMissing {
                return false
            }
        }
        return held == false
    }

    /// Removes the files of leases that nobody holds any more.
    func sweep() {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where isDead(name) {
            _ = removeFile("\(folder)/\(name)")
        }
    }
}
