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
        // One question: each is a run inside walls, and the first call of an agent's session waits for the answer.
        var process = ConfinedProcess(
            executable: "git",
            arguments: [
                "-c", "safe.directory=*", "-c", "core.fsmonitor=false", "--no-optional-locks", "-C", root,
                "status", "--porcelain=v2", "--branch", "--untracked-files=no",
            ])
        process.readable = [root]
        process.timeLimitSeconds = 10
        guard let result = try? await process.run(), result.status == 0 else { return nil }
        return GitState(status: result.output)
    }

    /// Reads what `git status --porcelain=v2 --branch` prints; nil where there is no commit yet.
    init?(status: String) {
        let lines = status.split(separator: "\n")
        let mark = "# branch.oid "
        guard let line = lines.first(where: { $0.hasPrefix(mark) }) else { return nil }
        commit = String(line.dropFirst(mark.count).prefix { $0.isHexDigit })
        guard commit.count >= 40 else { return nil }
        isDirty = lines.contains { !$0.hasPrefix("#") }
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
