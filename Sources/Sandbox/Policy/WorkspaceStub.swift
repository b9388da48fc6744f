internal import CSandbox
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
/// away when the last run that needed it is over, in whatever process.
///
/// Who needs it holds a shared lock on it, which the system takes back from processes that are killed. It is told apart
/// from a user's own empty file by its date, which nobody else gives: a stub that was left behind is nobody's.
struct WorkspaceStub: Sendable, Hashable {
    let path: String
    let isFolder: Bool
    /// Holds the lock; -1 where what stands there is not a stub.
    private let lock: Int32

    /// Makes it, or joins those who need the one that is there.
    init(path: String, isFolder: Bool) throws {
        self.path = path
        self.isFolder = isFolder
        for _ in 0..<1_000 {
            let made = neo_sandbox_make_stub(path, isFolder ? 1 : 0)
            guard made == 0 || errno == EEXIST else {
                throw SandboxError(.notStarted, "\(path) could not be protected: \(String(cString: strerror(errno))).")
            }
            let held = neo_sandbox_hold_stub(path)
            if held >= 0 {
                lock = held
                return
            }
            // Something of somebody else's stands there, or the stub went just now.
            if FileManager.default.fileExists(atPath: path), !Self.isStub(path) { break }
        }
        lock = -1
    }

    /// Takes it away, if it is still as it was made and nobody else needs it.
    func remove() {
        guard lock >= 0 else { return }
        // One at a time: two that both hold it would each leave it to the other.
        Self.removing.withLock { _ in neo_sandbox_drop_stub(path, lock) }
    }

    /// Whether a path is a stub, of a run that is under way or of one that was killed.
    static func isStub(_ path: String) -> Bool { neo_sandbox_is_stub(path) != 0 }

    /// Takes away what killed runs left in a workspace.
    static func clear(_ workspace: String) {
        let names = WorkspaceProtection.readOnly + WorkspaceProtection.hidden
        let parents = Set(names.compactMap { $0.split(separator: "/").first.map(String.init) })
        for name in Set(names).union(parents).sorted(by: { $0.count > $1.count }) {
            let path = workspace + "/" + name
            guard isStub(path) else { continue }
            let held = neo_sandbox_hold_stub(path)
            if held >= 0 { removing.withLock { _ in neo_sandbox_drop_stub(path, held) } }
        }
    }

    /// Whether a protected name is usually a folder.
    static func isFolder(named path: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        return ["skills", "hooks", ".git", ".neo", ".vscode", ".idea", ".agents", ".claude", ".codex"].contains(name)
    }

    private static let removing = Mutex(())
}

extension WorkspaceProtection {
    /// Takes away what runs that were killed, with their launcher, left in a workspace: empty files and folders that stood
    /// for protected ones.
    package static func clearLeftovers(in workspace: String) { WorkspaceStub.clear(workspace) }
}
