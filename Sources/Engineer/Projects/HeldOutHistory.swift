internal import Base
internal import Sandbox

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Whether the git repository of a project's folder holds golden rows that are held out: in a commit, on any branch or on
/// none, in its index, or in an object that nothing names any more.
struct HeldOutHistory: Sendable {
    /// The project's folder.
    let folder: String
    /// Lines and questions that must not be found.
    let texts: [String]

    /// Parts of the repository in which files' contents are.
    private static let parts = ["objects", "lfs", "modules", "rebase-apply", "rebase-merge", "rr-cache"]

    /// The parts that are there.
    var contents: [String] {
        Self.parts.map { "\(folder)/.git/\($0)" }.filter { FileManager.default.fileExists(atPath: $0) }
    }

    /// Looks through every object; git runs inside walls, because who wrote the repository is not known.
    ///
    /// - Returns: whether one holds such a text, or it cannot be told: without git, where there is too much to look through in
    ///   20 seconds, or where the repository is damaged.
    func mayHoldRows(_ sandbox: Sandbox?) async -> Bool {
        // Short texts stand everywhere.
        let wanted = texts.flatMap { $0.split(separator: "\n") }.filter { $0.utf8.count >= 8 }
        guard let sandbox, !wanted.isEmpty else { return true }
        var policy = SandboxPolicy(
            readable: [folder + "/.git"],
            environment: ["GIT_DIR": folder + "/.git", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null"])
        policy.directory = folder + "/.git"
        policy.limits.wallSeconds = 20
        let result = try? await sandbox.run(
            ["/bin/bash", "-c", Self.script], under: policy, input: wanted.joined(separator: "\n") + "\n")
        return result?.output != "none\n"
    }

    private static let script = """
        cat > /tmp/texts
        git cat-file --batch-all-objects --batch --buffer | grep -a -F -q -f /tmp/texts
        codes=("${PIPESTATUS[@]}")
        [ "${codes[0]}" = 0 ] && [ "${codes[1]}" = 1 ] && echo none
        """
}
