internal import Base
package import Storage

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// A document that people agree to before work goes on: what a project requires, how it is to be built.
package struct ReviewedDocument: Sendable {
    /// Which one.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case requirements, design

        /// The file, in the project's folder.
        package var fileName: String { rawValue + ".md" }
        /// What comments on it are about.
        package var target: CommentTarget.Kind { self == .requirements ? .requirements : .design }
    }

    /// The longest that is read, in bytes.
    static let longest = 1_000_000

    package let kind: Kind
    /// Its lines.
    package let lines: [DocumentLine]
    /// How many lines the file has, with those that are not shown.
    let lineCount: Int
    /// The SHA-256 of its bytes: what an approval is for.
    package let hash: String
    /// When it was last changed.
    package let changed: Date
    /// The approvals of any content that it had, the newest first.
    package let approvals: [ApprovalRecord]

    /// What changed since it was approved last, a line each.
    package internal(set) var changes: [String] = []
    /// What keeps requirements from being measured or met, a sentence each.
    package internal(set) var findings: [String] = []

    /// Of a design: on which other requirements it stands; nil where it stands on those that there are.
    package internal(set) var basis: DesignBasis?

    /// The approval of what it says now; nil where nobody agreed to that.
    package var approval: ApprovalRecord? { approvals.first { $0.hash == hash } }

    /// The lines that are edited together.
    package var blocks: [ClosedRange<Int>] { DocumentLine.blocks(of: lines, count: lineCount) }

    /// What is said for readers at several levels.
    package var groups: [LeveledGroup] { LeveledGroup.groups(of: lines, count: lineCount) }

    /// The document of a project; nil where there is none.
    ///
    /// - Throws: `EngineerError` where it cannot be shown.
    static func read(_ kind: Kind, in project: Project, approvals: [ApprovalRecord]) throws(EngineerError)
        -> ReviewedDocument?
    {
        guard let source = try DocumentSource.read(kind, in: project),
            // What a killed run left behind is no document.
            !(source.bytes.isEmpty && approvals.isEmpty)
        else { return nil }
        return ReviewedDocument(
            kind: kind, lines: DocumentLine.lines(of: source.text), lineCount: source.lineCount, hash: source.hash,
            changed: FileState(source.path)?.changed ?? Date(timeIntervalSince1970: 0), approvals: approvals)
    }
}
