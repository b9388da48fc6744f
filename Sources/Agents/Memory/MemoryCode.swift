package import Sandbox

/// Asks git where the code stands, and how far it has gone since.
package struct MemoryCode: Sendable {
    /// What became of the code since a commit of git.
    package enum Since: Sendable, Hashable {
        /// So many files differ from it now.
        case changed(Int)
        /// It is no longer in this repository.
        case unknown
    }

    /// Where the code stands; nil where the folder is in no repository.
    package var now: @Sendable () async -> MemoryCommit.Code?
    /// How many files differ from a commit of git; nil where git cannot be asked.
    package var since: @Sendable (_ commit: String) async -> Since?

    package init(
        now: @escaping @Sendable () async -> MemoryCommit.Code?,
        since: @escaping @Sendable (_ commit: String) async -> Since?
    ) {
        self.now = now
        self.since = since
    }

    /// Nobody to ask.
    package static let none = MemoryCode(now: { nil }, since: { _ in nil })

    /// git, inside walls: a repository's settings may name programs. A linked worktree, whose repository lies elsewhere, is as none.
    package static func git(_ sandbox: Sandbox, workspace: String) -> MemoryCode {
        guard let git = WallCommand.path(of: "git") else { return .none }
        let wall = WallCommand.looking(sandbox, SandboxPolicy(readable: [workspace], directory: workspace))
        @Sendable func ask(_ arguments: [String]) async -> [UInt8]? {
            let output = try? await wall.run(
                [git, "-c", "safe.directory=*", "-c", "core.fsmonitor=false", "--no-optional-locks"] + arguments)
            guard let output, output.status == 0 else { return nil }
            return output.bytes
        }
        @Sendable func differing(from commit: String) async -> Int? {
            // The folder that is worked in may be a part of the repository: only that part counts.
            guard let changed = await ask(["diff", "--name-only", "--relative", "-z", commit, "--", "."]),
                let added = await ask(["ls-files", "--others", "--exclude-standard", "-z", "--", "."])
            else { return nil }
            return (changed.split(separator: 0) + added.split(separator: 0)).count {
                !$0.starts(with: Array(".neo/".utf8))
            }
        }
        return MemoryCode(
            now: {
                guard let head = await ask(["rev-parse", "HEAD"]).map({ String(decoding: $0, as: UTF8.self) }),
                    let match = head.firstMatch(of: /[0-9a-f]{40,64}/)
                else { return nil }
                let commit = String(match.0)
                return await differing(from: commit).map { MemoryCommit.Code(commit: commit, changes: $0) }
            },
            since: { commit in
                // A person may have written anything there.
                guard commit.wholeMatch(of: /[0-9a-f]{7,64}/) != nil, await ask(["rev-parse", "HEAD"]) != nil else {
                    return nil
                }
                guard await ask(["cat-file", "-e", commit + "^{commit}"]) != nil else { return .unknown }
                return await differing(from: commit).map(Since.changed)
            })
    }
}
