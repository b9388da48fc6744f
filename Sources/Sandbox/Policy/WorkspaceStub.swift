internal import Synchronization

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// An empty file or folder that is made where something protected is missing, so that a run cannot make it, and taken
/// away when the last run that needed it is over.
struct WorkspaceStub: Sendable, Hashable {
    let path: String
    let isFolder: Bool

    /// Makes it.
    init(path: String, isFolder: Bool) throws {
        self.path = path
        self.isFolder = isFolder
        let made =
            isFolder ? mkdir(path, 0o755) : open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard made >= 0 || errno == EEXIST else {
            throw SandboxError(.notStarted, "\(path) could not be protected: \(String(cString: strerror(errno))).")
        }
        if !isFolder, made >= 0 { close(made) }
        Self.users.withLock { $0[path, default: 0] += 1 }
    }

    /// Takes it away, if it is still empty and nobody else needs it.
    func remove() {
        let isLast = Self.users.withLock { users in
            users[path, default: 1] -= 1
            if users[path] == 0 { users[path] = nil }
            return users[path] == nil
        }
        guard isLast else { return }
        if isFolder {
            rmdir(path)
        } else {
            var found = stat()
            if lstat(path, &found) == 0, found.st_size == 0, found.st_mode & S_IFMT == S_IFREG { unlink(path) }
        }
    }

    /// Whether a protected name is usually a folder.
    static func isFolder(named path: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        return ["skills", "hooks", ".git", ".neo", ".vscode", ".idea", ".agents", ".claude", ".codex"].contains(name)
    }

    private static let users = Mutex<[String: Int]>([:])
}
