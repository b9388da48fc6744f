internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What a memory says, from afar to near: the project, a branch, one commit, the log.
///
/// Source: the levels of CONTEXT in Git-Context-Controller (arXiv:2508.00031).
package struct MemoryContext: Sendable {
    package let store: MemoryStore
    let code: MemoryCode
    /// The text of a file of the folder that may be read.
    package let read: @Sendable (String) -> String?
    /// The file with what a person prefers everywhere; nil for none.
    let preferences: String?

    package init(
        _ store: MemoryStore, code: MemoryCode, preferences: String?, read: @escaping @Sendable (String) -> String?
    ) {
        self.store = store
        self.code = code
        self.read = read
        self.preferences = preferences
    }

    /// The project: its page, its branches, the last commits of the first one, facts, preferences.
    package func project(commits count: Int = 3) async throws -> String {
        let preferences =
            preferred.isEmpty
            ? [] : ["## What the user prefers\n\n" + preferred.map { "- \($0)" }.joined(separator: "\n")]
        guard store.exists else {
            return (["Nothing is remembered of this folder yet."] + preferences).joined(separator: "\n\n")
        }
        var parts: [String] = []
        if let page = try store.locked({ try $0.text("main.md") }) { parts.append(MemoryText.bounded(page, 6_000)) }
        let branches = try store.branches()
        parts.append(
            "## Branches\n\n"
                + branches.map { branch in
                    let fault = branch.fault.map { "; \($0): mend it" } ?? ""
                    return "- \(branch.name) (\(MemoryText.line(branch.status, most: 40))): "
                        + MemoryText.line(branch.purpose, most: 300) + fault
                }.joined(separator: "\n"))
        parts.append(try await branch(MemoryBranch.first, commits: count))
        parts += try facts().map { ["## Facts\n\n" + $0] } ?? []
        parts += preferences
        let removed = try store.locked { $0.state.removed }
        if !removed.isEmpty {
            parts.append(
                "Commits that somebody took out of their page (neo memory restore ID): "
                    + removed.joined(separator: ", "))
        }
        return parts.joined(separator: "\n\n")
    }

    /// A branch: why it was begun, and its last commits.
    package func branch(_ name: String, commits count: Int = 5) async throws -> String {
        let commits = try store.commits(of: name)
        guard !commits.isEmpty else { return "## Branch \(name)\n\nNothing was committed." }
        var parts = ["## Branch \(name), the last \(min(count, commits.count)) of \(commits.count) commits"]
        // Of the same commit of git, git is asked once.
        var known: [String: String?] = [:]
        for (place, commit) in commits.suffix(count).enumerated() {
            let isLast = place == min(count, commits.count) - 1
            let standing: String?
            if let sha = commit.code?.commit, let answer = known[sha] {
                standing = answer
            } else {
                standing = await self.standing(commit)
                if let sha = commit.code?.commit { known[sha] = standing }
            }
            parts.append(Self.text(commit, standing: standing, isWhole: isLast))
        }
        return parts.joined(separator: "\n\n")
    }

    /// One commit, whole.
    package func commit(_ id: String) async throws -> String {
        let found = try store.branchNames.flatMap { try store.commits(of: $0) }.filter { $0.id.hasPrefix(id) }
        guard let commit = found.first, found.count == 1, id.count >= 4 else {
            throw AgentsError(
                .usage, "\(found.count > 1 ? "More than one" : "No") commit is named \(MemoryText.line(id, most: 40)).")
        }
        return Self.text(commit, standing: await standing(commit), isWhole: true)
    }

    /// Whether what a commit says is still of the code that is there: `true at abc1234; 14 files changed since`.
    package func standing(_ commit: MemoryCommit) async -> String? {
        guard let mark = commit.code else { return nil }
        let short = mark.commit.prefix(10)
        let beside = mark.changes == 0 ? "" : " with \(mark.changes) files that differed"
        switch await code.since(mark.commit) {
        case .changed(0): return "true at \(short)\(beside); nothing changed since"
        case .changed(let count):
            return "true at \(short)\(beside); \(count) \(count == 1 ? "file" : "files") changed since"
        case .unknown: return "true at \(short)\(beside), which is no longer in this repository"
        case nil: return "true at \(short)\(beside); git cannot be asked"
        }
    }

    /// The facts, those first whose source no longer says so; nil for none.
    package func facts() throws -> String? {
        let facts = try store.facts(read: read)
        guard !facts.isEmpty else { return nil }
        return facts.map { fact, standing in
            switch standing {
            case .holds: "- \(fact.text) (\(Self.place(fact)), looked at now)"
            case .stale(let reason): "- STALE, \(reason): \(fact.text) (\(Self.place(fact)))"
            case .unchecked(let reason): "- \(fact.text) (\(Self.place(fact)); not checked: \(reason))"
            }
        }.joined(separator: "\n")
    }

    /// What a person prefers everywhere; each a line.
    package var preferred: [String] {
        guard let preferences, let bytes = FileManager.default.contents(atPath: preferences) else { return [] }
        return String(decoding: bytes.prefix(MemoryText.longest), as: UTF8.self).split(whereSeparator: \.isNewline)
            .filter { $0.hasPrefix("- ") || $0.hasPrefix("* ") }.map { MemoryText.line(String($0.dropFirst(2))) }
    }

    private static func place(_ fact: MemoryFact) -> String {
        let source =
            switch fact.source {
            case .file(let path, _, _): path
            case .page(let address): address
            case .person(let name): name
            case nil: "no source"
            }
        return [source, fact.date].compactMap(\.self).joined(separator: ", ")
    }

    private static func text(_ commit: MemoryCommit, standing: String?, isWhole: Bool) -> String {
        var lines = ["### \(commit.id) · \(commit.date) · \(MemoryText.line(commit.author, most: 80))"]
        if let standing { lines.append(standing) }
        if let tests = commit.tests { lines.append("tests: \(MemoryText.line(tests.result)) (\(tests.date))") }
        if let merges = commit.merges { lines.append("takes over the branch \(merges)") }
        if isWhole, !commit.soFar.isEmpty { lines += ["", "So far: " + ToolText.harmless(commit.soFar)] }
        lines += ["", ToolText.harmless(isWhole ? commit.step : MemoryText.bounded(commit.step, 800))]
        return lines.joined(separator: "\n")
    }
}
