internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The snapshot that was taken last, and what the system said of the files then: as long as it says the same, the next
/// snapshot is the same tree, and only gets a name.
final class LastSnapshot: Sendable {
    private struct State {
        var number: Int
        var tree: String
        var stamps: WorkspaceStamps
        /// Files that it has although version control ignores them.
        var named: Set<String>
    }

    private let state = Mutex<State?>(nil)
    private let store: String

    /// - Parameter store: the folder of the repository.
    init(store: String) { self.store = store }

    /// A new name for the last snapshot; nil where files were changed since, or some are named that it may not have.
    func again(_ kind: String, _ stamps: WorkspaceStamps, _ named: Set<String>) -> String? {
        state.withLock { state in
            guard let last = state, last.stamps == stamps, named.isSubset(of: last.named) else { return nil }
            let digits = String(last.number + 1)
            let id = String(repeating: "0", count: max(0, 6 - digits.count)) + digits
            guard write(last.tree, id, kind) else {
                // Somebody else gave out numbers.
                state = nil
                return nil
            }
            state?.number += 1
            return id
        }
    }

    /// Notes what git made.
    ///
    /// - Parameters:
    ///   - stamps: what the system said before; nil where a later change could look the same.
    ///   - isThere: whether a file that is ignored is still there to be kept.
    func note(
        _ id: String, tree: String, _ stamps: WorkspaceStamps?, _ named: Set<String>, isThere: (String) -> Bool
    ) {
        state.withLock { state in
            // What git once took in stays for as long as each snapshot finds it.
            let kept = named.union(state?.named.filter(isThere) ?? [])
            guard let stamps, let number = Int(id) else {
                state = nil
                return
            }
            state = State(number: number, tree: tree, stamps: stamps, named: kept)
        }
    }

    /// Writes a reference as git does, into a file of its own that is new. No link is followed: git, which wrote the folder,
    /// worked on what strangers wrote.
    private func write(_ tree: String, _ id: String, _ kind: String) -> Bool {
        var folder = open(store, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        defer { close(folder) }
        for name in ["refs", "neo"] {
            let inner = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            close(folder)
            folder = inner
        }
        guard folder >= 0 else { return false }
        for taken in ["before", "after", "now", "restored"] {
            var facts = stat()
            if fstatat(folder, "\(id)-\(taken)", &facts, AT_SYMLINK_NOFOLLOW) == 0 { return false }
        }
        let file = openat(folder, "\(id)-\(kind)", O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard file >= 0 else { return false }
        defer { close(file) }
        let bytes = Array("\(tree)\n".utf8)
        return systemWrite(file, bytes, bytes.count) == bytes.count
    }
}

private func systemWrite(_ file: Int32, _ bytes: [UInt8], _ count: Int) -> Int { write(file, bytes, count) }
