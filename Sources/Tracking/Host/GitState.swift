internal import Processes
internal import Sandbox

/// The commit that is checked out, and whether files differ from it.
struct GitState: Sendable, Hashable {
    var commit: String
    var isDirty: Bool

    /// Asks git, inside walls: a repository's settings may name programs. Nil where the folder is in no repository, or git
    /// cannot be asked: a run is logged without it then.
    static func read(_ folder: String) async -> GitState? {
        guard let root = repository(above: folder) else { return nil }
        func git(_ arguments: [String]) async -> String? {
            var process = ConfinedProcess(
                executable: "git",
                arguments: ["-c", "safe.directory=*", "-c", "core.fsmonitor=false", "--no-optional-locks", "-C", root]
                    + arguments)
            process.readable = [root]
            process.timeLimitSeconds = 10
            guard let result = try? await process.run(), result.status == 0 else { return nil }
            return result.output
        }
        guard let head = await git(["rev-parse", "HEAD"]) else { return nil }
        let commit = String(head.prefix { $0.isHexDigit })
        guard commit.count >= 40, let status = await git(["status", "--porcelain", "--untracked-files=no"]) else {
            return nil
        }
        return GitState(commit: commit, isDirty: !status.isEmpty)
    }

    private static func repository(above folder: String) -> String? {
        var path = folder
        while path.hasPrefix("/"), path != "/" {
            if HostFiles.exists(path + "/.git") { return path }
            path = path.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
        }
        return nil
    }
}
