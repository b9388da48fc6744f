internal import Base
package import Sandbox
internal import Storage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Checkpoints in a bare repository of their own. The workspace's own `.git` is neither read nor written.
///
/// git runs inside walls: a repository within the workspace has settings of its own that may name programs. What version
/// control ignores is not kept, unless it was named; nor are files over 20 MB, and repositories within the workspace.
///
/// Where the system says that no file was changed since the last snapshot, git is not asked: the new one is that one
/// under another name.
package struct GitCheckpoints: Checkpoints {
    private let git: WallCommand
    private let workspace: String
    private let store: String
    private let last: LastSnapshot

    /// - Parameters:
    ///   - store: the folder of the repository, which is made.
    /// - Throws: `AgentsError` where git is not installed.
    package init(_ sandbox: Sandbox, workspace: String, store: String) throws {
        guard WallCommand.path(of: "git") != nil else {
            throw AgentsError(
                .usage, "Files cannot be brought back: git is not installed. Run: sudo apt-get install git")
        }
        try WholeFile.makeFolder(store)
        var policy = SandboxPolicy(
            readable: [workspace], writable: [store],
            environment: [
                "GIT_DIR": store, "GIT_WORK_TREE": workspace, "GIT_CONFIG_NOSYSTEM": "1",
                "GIT_CONFIG_GLOBAL": "/dev/null",
                "GIT_OPTIONAL_LOCKS": "0", "GIT_AUTHOR_NAME": "neo", "GIT_AUTHOR_EMAIL": "neo", "LC_ALL": "C",
            ], directory: workspace)
        policy.limits.wallSeconds = 120
        policy.limits.outputBytes = 64 << 20
        git = WallCommand(sandbox: sandbox, policy: policy, mostBytes: 32 << 20)
        self.workspace = workspace
        self.store = store
        last = LastSnapshot(store: store)
    }

    package func keep(_ paths: [String]) async throws -> String { try await snapshot("before", paths) }

    package func close() async throws { _ = try await snapshot("after", []) }

    // MARK: Snapshots

    /// Writes the files as they are as a tree, and names it by its number and kind.
    private func snapshot(_ kind: String, _ paths: [String]) async throws -> String {
        let below = paths.compactMap { $0.hasPrefix(workspace + "/") ? String($0.dropFirst(workspace.count + 1)) : nil }
        let named = Set(below.filter { Self.canBeKept(workspace + "/" + $0) })
        // Before git looks: what is changed from here on is seen as a change the next time, whether git saw it or not.
        let stamps = WorkspaceStamps(of: workspace)
        if let stamps, let id = last.again(kind, stamps, named) { return id }
        let isSettled = try await stamps?.settle() ?? false
        let output = try await run(ShadowScript.snapshot + ["snapshot", kind], input: below.joined(separator: "\0"))
        let words = String(decoding: output, as: UTF8.self).split(whereSeparator: \.isWhitespace).map(String.init)
        guard words.count == 2 else {
            throw AgentsError(.storage, "The files could not be kept: git gave no name for them.")
        }
        last.note(words[0], tree: words[1], isSettled ? stamps : nil, named) {
            Self.canBeKept(workspace + "/" + $0)
        }
        return words[0]
    }

    /// Whether a file that is named is kept, also where version control ignores it.
    private static func canBeKept(_ path: String) -> Bool {
        var facts = stat()
        return lstat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG && facts.st_size <= 20 << 20
    }

    private func run(_ command: [String], input: String, writing: Bool = false) async throws -> [UInt8] {
        var git = git
        if writing { git.policy.writable.append(workspace) }
        let output: WallCommand.Output
        do { output = try await git.run(command, input: input) } catch let error as SandboxError {
            throw AgentsError(.storage, "The files could not be kept: \(error.message)")
        }
        guard output.status == 0, !output.isCut else {
            let reason = output.errors.split(separator: "\n").last.map { ToolText.shown(String($0)) }
            throw AgentsError(
                .storage,
                "The files could not be kept or brought back: "
                    + (output.isCut ? "there are too many." : reason ?? "git ended with status \(output.status)."))
        }
        return output.bytes
    }

    // MARK: Restoring

    /// A tree that was kept.
    private struct Snapshot {
        let id: String
        let kind: String
        var name: String { "\(id)-\(kind)" }
    }

    /// What a restoring does.
    private struct Plan {
        let first: Snapshot
        let now: Snapshot
        var restored: [String]
        var removed: [String]
        var kept: [String]
    }

    package func preview(_ id: String) async throws -> RestoreReport {
        let plan = try await plan(id)
        return RestoreReport(restored: plan.restored, removed: plan.removed, kept: plan.kept)
    }

    package func restore(_ id: String) async throws -> RestoreReport {
        let plan = try await plan(id)
        var report = RestoreReport(restored: plan.restored, removed: plan.removed, kept: plan.kept)
        guard !report.isEmpty else { return report }
        _ = try await run(
            ShadowScript.restore + ["restore", plan.first.name, String(plan.removed.count)],
            input: (plan.removed + plan.restored).map { $0 + "\0" }.joined(), writing: true)
        _ = try await snapshot("restored", [])
        report.before = plan.now.id
        return report
    }

    private func plan(_ id: String) async throws -> Plan {
        let listed = try await run(ShadowScript.list, input: "")
        let known = listed.split(separator: UInt8(ascii: "\n")).compactMap { line -> Snapshot? in
            let parts = String(decoding: line, as: UTF8.self).split(separator: "-").map(String.init)
            return parts.count == 2 ? Snapshot(id: parts[0], kind: parts[1]) : nil
        }
        guard let place = known.firstIndex(where: { $0.id == id && ($0.kind == "before" || $0.kind == "now") }) else {
            let names = known.filter { $0.kind == "before" }.suffix(5).map(\.id).joined(separator: ", ")
            throw AgentsError(.usage, "There is no checkpoint \(id). The last are: \(names.isEmpty ? "none" : names).")
        }
        var chain = Array(known[place...])
        chain.append(Snapshot(id: try await snapshot("now", []), kind: "now"))
        var agents: Set<String> = []
        var others: Set<String> = []
        for (position, (earlier, later)) in zip(chain, chain.dropFirst()).enumerated() {
            // What a restore changed is nobody's change, unless it is the one to be undone.
            if later.kind == "restored", position > 0 { continue }
            let changed = try await changes(earlier, later)
            // Where the end of a turn is missing, because Neo was ended in it, what changed is the agent's.
            if earlier.kind == "before" || later.kind == "restored" {
                agents.formUnion(changed)
            } else {
                others.formUnion(changed)
            }
        }
        let first = chain[0]
        let now = chain[chain.count - 1]
        // Only what is not already as it was.
        let different = Set(try await changes(first, now))
        let wanted = agents.subtracting(others).intersection(different).sorted()
        let before = Set(try await names(in: first, among: wanted))
        return Plan(
            first: first, now: now, restored: wanted.filter(before.contains),
            removed: wanted.filter { !before.contains($0) },
            kept: agents.intersection(others).intersection(different).sorted())
    }

    private func changes(_ one: Snapshot, _ other: Snapshot) async throws -> [String] {
        try await list(ShadowScript.changes + ["changes", one.name, other.name])
    }

    private func names(in snapshot: Snapshot, among wanted: [String]) async throws -> [String] {
        let wanted = Set(wanted)
        return try await list(ShadowScript.names + ["names", snapshot.name]).filter(wanted.contains)
    }

    private func list(_ command: [String]) async throws -> [String] {
        try await run(command, input: "").split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }
}
