internal import Base

/// A step of the work that is worth keeping: what it brought, and where the code and the tests stood then.
///
/// Source: Git-Context-Controller (arXiv:2508.00031), whose commits hold a branch's purpose, its progress so far, and what this step adds.
package struct MemoryCommit: Sendable, Hashable, Codable {
    /// Where the code stood.
    package struct Code: Sendable, Hashable, Codable {
        /// The commit of git.
        package var commit: String
        /// How many files differed from it.
        package var changes: Int

        package init(commit: String, changes: Int) {
            self.commit = commit
            self.changes = changes
        }
    }

    /// How tests ended last.
    package struct Tests: Sendable, Hashable, Codable {
        /// Which ones, and how they ended: `swift test: passed`.
        package var result: String
        /// When, as ISO 8601.
        package var date: String

        package init(result: String, date: String) {
            self.result = result
            self.date = date
        }
    }

    /// Ten digits that name it in its project.
    package var id: String
    package var branch: String
    /// When, as ISO 8601.
    package var date: String
    /// Who wrote it: a session, a person.
    package var author: String
    package var code: Code?
    package var tests: Tests?
    /// The branch that it takes over.
    package var merges: String?
    /// All progress of the branch before, in short.
    package var soFar: String
    /// What this step brought.
    package var step: String

    /// The first line of what it brought.
    package var title: String {
        String(step.split(whereSeparator: \.isNewline).first.map { $0.prefix(200) } ?? "")
    }

    /// Names it by all that it says, and by something that no other one has.
    static func name(_ parts: [String], unlike salt: String) -> String {
        String(ContentHash(of: (parts + [salt]).joined(separator: "\0")).hex.prefix(10))
    }
}
