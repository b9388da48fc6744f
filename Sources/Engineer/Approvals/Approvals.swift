internal import Base
package import Storage

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Who agreed to a project's requirements and design, and whether that still holds.
///
/// An approval is for the bytes of a document. Whatever is changed in it afterwards, by whom or what ever, is not approved.
package struct Approvals: Sendable {
    private let project: Project

    /// The approvals of a project.
    package init(_ project: Project) {
        self.project = project
    }

    /// How a document stands.
    ///
    /// - Throws: `EngineerError` where the document cannot be read.
    package func standing(of kind: ReviewedDocument.Kind) async throws -> ApprovalStanding {
        var source = try DocumentSource.read(kind, in: project)
        let database = FileState(project.databasePath) == nil ? nil : try NeoDatabase(path: project.databasePath)
        let approvals = try await database?.approvals(of: kind.fileName) ?? []
        // An empty one that a killed run left behind is none; one that was emptied after it was approved is changed.
        if approvals.isEmpty, source?.bytes.isEmpty == true { source = nil }
        let last = approvals.contains { $0.hash == source?.hash } ? nil : approvals.first
        var approvedText: String?
        if let last { approvedText = try await database?.approvedText(last.hash) }
        return ApprovalStanding(
            kind: kind, text: source?.text, hash: source?.hash, approvals: approvals, approvedText: approvedText)
    }

    /// Writes down that somebody agrees to what they saw.
    ///
    /// - Parameter seen: the SHA-256 of what they saw.
    /// - Throws: `EngineerError` with the code `invalidRequest` where the document is not that any more.
    @discardableResult
    package func approve(
        _ kind: ReviewedDocument.Kind, seen: String, who: String, how: ApprovalWay, at now: Date
    ) async throws -> ApprovalRecord {
        guard let source = try DocumentSource.read(kind, in: project) else {
            throw EngineerError(
                code: .invalidRequest, message: "There is no \(kind.fileName) in this project any more.")
        }
        guard source.hash == seen else {
            throw EngineerError(
                code: .invalidRequest,
                message: "\(kind.fileName) changed while you were reading, so nothing was approved; read it again.")
        }
        try project.prepareStateFolder()
        let record = ApprovalRecord(
            document: kind.fileName, hash: source.hash, who: who, how: how.rawValue, approved: now.timestamp)
        try await NeoDatabase(path: project.databasePath).approve(record, text: source.text)
        try await AuditTrail.note(
            AuditEvent(
                "approve", by: who, at: now,
                facts: [
                    "document": .string(kind.fileName), "sha256": .string(source.hash), "how": .string(how.rawValue),
                ]),
            in: project)
        // Files for programs, which can be written again at any time.
        if kind == .requirements { _ = try? RequirementsFile(of: project).writeJSON(in: project) }
        try? await SpecFile.write(project, at: now)
        return record
    }

    /// What a run that is about to begin has to say of the documents that it stands on.
    ///
    /// - Parameter allowsUnapproved: whether it may begin all the same.
    /// - Returns: nil where the project has none of these documents.
    /// - Throws: `EngineerError` with the code `unapproved`.
    package func statement(allowsUnapproved: Bool) async throws -> ApprovalStatement? {
        var documents: [ApprovalStatement.Document] = []
        for kind in ReviewedDocument.Kind.allCases {
            let standing = try await require(kind, allowsUnapproved: allowsUnapproved)
            guard standing.state != .absent else { continue }
            documents.append(ApprovalStatement.Document(standing))
        }
        return documents.isEmpty ? nil : ApprovalStatement(documents: documents)
    }

    /// How a document stands on which something is to be done.
    ///
    /// - Throws: `EngineerError` with the code `unapproved` where it is there and not approved as it is.
    package func require(
        _ kind: ReviewedDocument.Kind, allowsUnapproved: Bool
    ) async throws -> ApprovalStanding {
        let standing = try await standing(of: kind)
        guard [.approved, .absent].contains(standing.state) || allowsUnapproved else {
            throw EngineerError(code: .unapproved, message: refusal(standing))
        }
        return standing
    }

    private func refusal(_ standing: ApprovalStanding) -> String {
        let changes = standing.changes.prefix(10).map { "\n  \($0)" }.joined()
        return "\(standing.sentence)\(changes)\nRead it and approve it with `neo approve \(standing.kind.rawValue) "
            + "\(project.folder)`, or go on without with --unapproved, which the report says."
    }
}
