package import Base
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What is remembered of the work in a folder: `.neo/memory`, plain Markdown that people may edit.
///
/// Whoever writes holds the folder's lock for a moment, so that several agents and people at once lose nothing of each other; a
/// process that is killed leaves either nothing or a commit that the next one completes.
package struct MemoryStore: Sendable {
    /// `.neo/memory` of the folder.
    package let folder: String
    let time: TimeSource

    /// - Parameter workspace: the folder that is worked in.
    package init(workspace: String, time: TimeSource = .system) {
        folder = workspace + "/.neo/memory"
        self.time = time
    }

    /// Whether anything was ever remembered here.
    package var exists: Bool { FileManager.default.fileExists(atPath: folder + "/main.md") }

    /// Makes the folder with its first branch, where it is missing. What Neo keeps in a folder is no part of its version control.
    package func prepare() throws {
        guard !exists else { return }
        try WholeFile.makeFolder(folder + "/branches")
        let ignore = folder.dropLast("/memory".count) + "/.gitignore"
        if !FileManager.default.fileExists(atPath: String(ignore)) {
            try WholeFile.write(Array("*\n".utf8), to: String(ignore))
        }
        try withDirectoryLock(folder) {
            var files = try MemoryFiles(folder: folder)
            guard try files.text("main.md") == nil else { return }
            if try files.text("branches/\(MemoryBranch.first)/commit.md") == nil {
                try make(MemoryBranch.first, purpose: "The work as a whole", from: nil, in: &files)
            }
            // Last: it says that all is there.
            try files.write(Self.page, to: "main.md")
        }
    }

    private static let page = """
        # What this project is about

        Neo appends to this page; edit it as you like.

        ## Goals

        ## Milestones

        ## Roadmap

        """

    /// Does something while nobody else writes: with the files, of which all that a killed process left undone is done.
    ///
    /// - Parameter isMade: whether a memory is begun where there is none; without, that is said.
    func locked<Result>(making isMade: Bool = false, _ body: (inout MemoryFiles) throws -> Result) throws -> Result {
        if isMade { try prepare() }
        guard exists else {
            throw AgentsError(
                .usage,
                "Nothing is remembered in this folder yet. neo memory commit \"…\" keeps a first step of the work.")
        }
        do {
            return try withDirectoryLock(folder) {
                var files = try MemoryFiles(folder: folder)
                try complete(&files)
                return try body(&files)
            }
        } catch let error as AgentsError { throw error } catch {
            throw AgentsError(.storage, "The memory could not be kept: \(sentence(for: error))", cause: error)
        }
    }

    /// The names of the branches, the first one first.
    package var branchNames: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/branches")) ?? []
        return [MemoryBranch.first] + names.filter { MemoryBranch.isName($0) && $0 != MemoryBranch.first }.sorted()
    }

    // MARK: Edits and interruptions

    /// Puts back what the journal has and a page lacks, unless a person took it out; notes what people edited.
    private func complete(_ files: inout MemoryFiles) throws {
        let journal = try files.journal()
        for branch in branchNames {
            let name = "branches/\(branch)/commit.md"
            guard let text = try files.text(name) else { continue }
            let present = Set(MemoryPage(text, branch: branch).commits.map(\.id))
            let missing = journal.filter {
                $0.branch == branch && !present.contains($0.id) && !files.state.removed.contains($0.id)
            }
            if try !files.isOwn(name) {
                files.state.removed += missing.map(\.id)
                try note(editOf: name, text, branch: branch, in: &files)
            } else if !missing.isEmpty {
                try files.write(text + missing.map(MemoryPage.block).joined(), to: name)
            }
        }
        for commit in journal {
            if let merged = commit.merges { try mark(merged, mergedInto: commit.branch, in: &files) }
        }
        for name in ["main.md", FactsPage.name] {
            guard let text = try files.text(name), try !files.isOwn(name) else { continue }
            try note(editOf: name, text, branch: MemoryBranch.first, in: &files)
        }
    }

    /// From here on the page as it is counts as known.
    private func note(editOf name: String, _ text: String, branch: String, in files: inout MemoryFiles) throws {
        try log("\(name) was edited by hand", by: "a person", on: branch, in: files)
        // A page that was written as it is: nothing is written, its hash is kept.
        try files.write(text, to: name)
    }

    // MARK: Commits

    /// What is committed.
    package struct Draft: Sendable {
        package var step: String
        package var soFar = ""
        package var author: String
        package var branch = MemoryBranch.first
        package var code: MemoryCommit.Code?
        package var tests: MemoryCommit.Tests?
        /// A line for the milestones of the project; nil for none.
        package var milestone: String?

        package init(step: String, author: String) {
            self.step = step
            self.author = author
        }
    }

    /// Commits; it lasts when this returns.
    ///
    /// - Throws: `AgentsError` where there is nothing to say, or no such branch.
    package func commit(_ draft: Draft) throws -> MemoryCommit {
        try locked(making: true) { files in
            let commit = try add(draft, merging: nil, in: &files)
            if let milestone = draft.milestone, let text = try files.text("main.md") {
                let line = "- \(commit.date.prefix(10)) \(MemoryText.line(milestone)) (\(commit.branch), \(commit.id))"
                try files.write(FactsPage.adding(line, under: "## Milestones", to: text), to: "main.md")
            }
            return commit
        }
    }

    func add(_ draft: Draft, merging merged: String?, in files: inout MemoryFiles) throws -> MemoryCommit {
        guard !draft.step.allSatisfy(\.isWhitespace) else {
            throw AgentsError(.usage, "A commit needs words: what this step brought.")
        }
        let name = "branches/\(draft.branch)/commit.md"
        guard MemoryBranch.isName(draft.branch), let page = try files.text(name) else {
            throw AgentsError(.usage, Self.noBranch(draft.branch, of: branchNames))
        }
        let date = time.now().timestamp
        let id = MemoryCommit.name([draft.branch, date, draft.step], unlike: UUID().uuidString)
        let commit = MemoryCommit(
            id: id, branch: draft.branch, date: date, author: MemoryText.line(draft.author), code: draft.code,
            tests: draft.tests ?? files.state.tests, merges: merged,
            soFar: MemoryText.bounded(draft.soFar, MemoryText.longest),
            step: MemoryText.bounded(draft.step, MemoryText.longest))
        try files.append(commit)
        try files.write(page + (page.hasSuffix("\n") ? "" : "\n") + MemoryPage.block(commit), to: name)
        try log("committed \(id): \(commit.title)", by: commit.author, on: draft.branch, in: files)
        return commit
    }

    static func noBranch(_ name: String, of names: [String]) -> String {
        "There is no branch \(MemoryText.line(name, most: 80)); there are: \(names.joined(separator: ", ")). "
            + "neo memory branch NAME --purpose \"…\" makes one."
    }

    /// Puts a commit back that somebody took out of its page.
    package func restore(_ id: String) throws -> MemoryCommit {
        try locked { files in
            let found = try files.journal().filter { $0.id.hasPrefix(id) && files.state.removed.contains($0.id) }
            guard let commit = found.first, found.count == 1 else {
                let removed = files.state.removed.joined(separator: ", ")
                throw AgentsError(
                    .usage,
                    "No commit \(MemoryText.line(id, most: 40)) was taken out"
                        + (removed.isEmpty ? "." : "; these were: \(removed)."))
            }
            let name = "branches/\(commit.branch)/commit.md"
            files.state.removed.removeAll { $0 == commit.id }
            try files.write((try files.text(name) ?? "") + MemoryPage.block(commit), to: name)
            return commit
        }
    }

    /// Remembers how tests ended, for the next commit.
    package func note(tests: MemoryCommit.Tests) throws {
        try locked(making: true) { files in
            files.state.tests = tests
            try files.keepState()
        }
    }
}
