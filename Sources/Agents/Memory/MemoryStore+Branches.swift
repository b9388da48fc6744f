internal import Base
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension MemoryStore {
    /// Begins a branch.
    package func branch(_ name: String, purpose: String, from: String = MemoryBranch.first) throws {
        guard MemoryBranch.isName(name) else {
            throw AgentsError(
                .usage,
                "A branch has a name of small letters, digits, dots, dashes and underscores, 64 at most, such as "
                    + "faster-search; \(MemoryText.line(name, most: 80)) is none.")
        }
        guard !purpose.allSatisfy(\.isWhitespace) else {
            throw AgentsError(.usage, "A branch needs a purpose: what is tried on it, and why.")
        }
        try locked(making: true) { files in
            guard try files.text("branches/\(name)/commit.md") == nil else {
                throw AgentsError(.usage, "There is a branch \(name) already.")
            }
            guard branchNames.contains(from) else { throw AgentsError(.usage, Self.noBranch(from, of: branchNames)) }
            try make(name, purpose: purpose, from: from, in: &files)
        }
    }

    func make(_ name: String, purpose: String, from: String?, in files: inout MemoryFiles) throws {
        try WholeFile.makeFolder(folder + "/branches/" + name)
        var values: [(key: String, value: String)] = [
            ("purpose", MemoryText.line(purpose)), ("created", time.now().timestamp), ("status", "open"),
        ]
        if let from {
            values.append(("from", from))
            let page = MemoryPage(try files.text("branches/\(from)/commit.md") ?? "", branch: from)
            if let last = page.commits.last { values.append(("from_commit", last.id)) }
        }
        try files.write(try MemoryBranch.text("", setting: values), to: "branches/\(name)/metadata.yaml")
        try log("began: \(MemoryText.line(purpose))", by: "neo", on: name, in: files)
        // Last: it says that the branch is there.
        try files.write(MemoryPage.beginning(of: name, purpose: purpose), to: "branches/\(name)/commit.md")
    }

    /// The branches, the first one first.
    package func branches() throws -> [MemoryBranch] {
        try locked { files in
            try branchNames.compactMap { name in
                guard try files.text("branches/\(name)/commit.md") != nil else { return nil }
                return MemoryBranch(name: name, text: try files.text("branches/\(name)/metadata.yaml") ?? "")
            }
        }
    }

    /// A branch's commits, the oldest first, and why it was begun.
    package func commits(of branch: String) throws -> [MemoryCommit] {
        try locked { files in
            guard MemoryBranch.isName(branch), let text = try files.text("branches/\(branch)/commit.md") else {
                throw AgentsError(.usage, Self.noBranch(branch, of: branchNames))
            }
            return MemoryPage(text, branch: branch).commits
        }
    }

    // MARK: Merging

    /// Whose word counts where two branches note different things under one key.
    package enum Preference: String, Sendable, CaseIterable {
        /// That of the branch that is merged into.
        case ours
        /// That of the branch that is merged.
        case theirs
    }

    /// Takes a branch over into another one.
    ///
    /// - Parameter summary: what the branch came to; the titles of its commits where nobody says it.
    /// - Throws: `AgentsError` with every key of `metadata.yaml` under which the two note different things, unless somebody said whose
    ///   word counts; nothing is written then.
    package func merge(
        _ name: String, into target: String = MemoryBranch.first, summary: String? = nil,
        preferring preference: Preference? = nil, author: String, code: MemoryCommit.Code? = nil
    ) throws -> MemoryCommit {
        try locked(making: true) { files in
            let names = branchNames
            for branch in [name, target] where !names.contains(branch) {
                throw AgentsError(.usage, Self.noBranch(branch, of: names))
            }
            guard name != target else { throw AgentsError(.usage, "A branch cannot be merged into itself.") }
            var page = MemoryPage(try files.text("branches/\(name)/commit.md") ?? "", branch: name)
            let journal = try files.journal()
            if let last = journal.lastIndex(where: { $0.branch == target && $0.merges == name }) {
                let known = Set(journal[..<last].map(\.id))
                page.commits.removeAll { known.contains($0.id) }
                guard !page.commits.isEmpty else {
                    throw AgentsError(.usage, "\(name) has nothing new since it was merged into \(target).")
                }
            }
            let notes = try merged(name, into: target, preferring: preference, in: files)
            var draft = Draft(step: summary ?? Self.summary(of: page, named: name), author: author)
            draft.branch = target
            draft.code = code
            draft.soFar = page.purpose.map { "Branch \(name) was for: \($0)" } ?? ""
            let commit = try add(draft, merging: name, in: &files)
            if !notes.isEmpty {
                let path = "branches/\(target)/metadata.yaml"
                try files.write(try MemoryBranch.text(try files.text(path) ?? "", setting: notes), to: path)
            }
            try mark(name, mergedInto: target, in: &files)
            return commit
        }
    }

    /// What the target's metadata takes over.
    private func merged(
        _ name: String, into target: String, preferring preference: Preference?, in files: MemoryFiles
    ) throws -> [(key: String, value: String)] {
        func branch(_ name: String) throws -> MemoryBranch {
            MemoryBranch(name: name, text: try files.text("branches/\(name)/metadata.yaml") ?? "")
        }
        let (theirs, ours) = (try branch(name), try branch(target))
        for fault in [theirs.fault, ours.fault].compactMap(\.self) {
            throw AgentsError(.usage, "\(fault), so it cannot be merged. Mend it, and merge again.")
        }
        let differing = theirs.notes.filter { ours.notes[$0.key] != nil && ours.notes[$0.key] != $0.value }
        if preference == nil, !differing.isEmpty {
            let words = differing.keys.sorted().map {
                "\(MemoryText.line($0, most: 80)) is \"\(MemoryText.line(ours.notes[$0] ?? "", most: 120))\" on \(target) and "
                    + "\"\(MemoryText.line(theirs.notes[$0] ?? "", most: 120))\" on \(name)"
            }
            throw AgentsError(
                .usage,
                "The branches disagree, and nothing was merged: \(words.joined(separator: "; ")). Say whose word counts "
                    + "(--prefer ours or --prefer theirs), or edit metadata.yaml of one.")
        }
        return theirs.notes.filter { preference != .ours || differing[$0.key] == nil }.sorted { $0.key < $1.key }
            .map { ($0.key, $0.value) }
    }

    func mark(_ name: String, mergedInto target: String, in files: inout MemoryFiles) throws {
        let path = "branches/\(name)/metadata.yaml"
        guard branchNames.contains(name), let text = try files.text(path) else { return }
        let branch = MemoryBranch(name: name, text: text)
        guard branch.fault == nil, branch.values["merged_into"] == nil else { return }
        try files.write(
            try MemoryBranch.text(text, setting: [("status", "merged"), ("merged_into", target)]), to: path)
    }

    private static func summary(of page: MemoryPage, named name: String) -> String {
        guard !page.commits.isEmpty else { return "Branch \(name) brought nothing that was committed." }
        return "Branch \(name) brought:\n" + page.commits.map { "- \($0.title) (\($0.id))" }.joined(separator: "\n")
    }
}
