internal import Base
internal import Storage

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// `spec.json`: how far a project's documents are, for programs. Its fields are those that cc-sdd uses; it is written from
/// the documents and their approvals, and says nothing of its own.
package enum SpecFile {
    /// Writes it anew.
    package static func write(_ project: Project, at now: Date) async throws {
        let path = project.path("spec.json")
        let before = FileManager.default.contents(atPath: path).flatMap { try? JSONValue(parsing: $0) }
        let value = try await json(project, created: before?["created_at"]?.string, at: now)
        try AtomicFile.write(value.prettyText + "\n", to: path)
    }

    static func json(_ project: Project, created: String?, at now: Date) async throws -> JSONValue {
        var approvals: [String: JSONValue] = [:]
        var phase = "interview"
        var isReady = true
        for kind in ReviewedDocument.Kind.allCases {
            let standing = try await Approvals(project).standing(of: kind)
            let isApproved = standing.state == .approved
            isReady = isReady && isApproved
            if standing.state != .absent { phase = kind.rawValue + (isApproved ? "-approved" : "") }
            approvals[kind.rawValue] = [
                "generated": .bool(standing.state != .absent), "approved": .bool(isApproved),
                "sha256": standing.hash.map { .string($0) } ?? .null,
                "by": standing.approval.map { .string($0.who) } ?? .null,
                "how": standing.approval.map { .string($0.how) } ?? .null,
                "at": standing.approval.map { .string($0.approved) } ?? .null,
            ]
        }
        return [
            "format": 1, "feature_name": .string(project.file.name), "kind": "rag",
            "created_at": .string(created ?? now.timestamp), "updated_at": .string(now.timestamp),
            "language": .string(project.file.language), "phase": .string(phase), "approvals": .object(approvals),
            "ready_for_implementation": .bool(isReady),
        ]
    }
}
