internal import Base
package import RAG

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The audits of a project: `judge-audit.json` beside `neo.yaml`, which belongs into version control.
package struct JudgeAuditFile: Sendable {
    private let path: String

    /// The file of a project; it may not be there yet.
    package init(_ project: Project) { path = project.path("judge-audit.json") }

    /// What is known of a judge.
    package enum Standing: Sendable, Hashable {
        /// It was audited.
        case audited(JudgeAudit)
        /// It was not, or another one was: a sentence.
        case unaudited(String)
    }

    /// What is known of a judge: an audit is void when the model or the prompt is another one.
    package func standing(
        of judge: String, prompt: String, criterion: JudgeCriterion
    ) throws(EngineerError) -> Standing {
        guard let audit = try read()[criterion.rawValue] else {
            return .unaudited("No audit has compared this judge with people: neo judge audit.")
        }
        guard audit.judge == judge else {
            return .unaudited("The audit of \(audit.date) is void: it was of another judge, \(audit.judge).")
        }
        guard audit.prompt == prompt else {
            return .unaudited("The audit of \(audit.date) is void: the judge's prompt has changed since.")
        }
        return .audited(audit)
    }

    /// Keeps an audit in place of the last one of its criterion.
    package func keep(_ audit: JudgeAudit) throws {
        var audits = try read()
        audits[audit.criterion.rawValue] = audit
        let rows = try audits.mapValues { audit -> JSONValue in
            guard var row = try JSONValue(encoding: audit).object else { return .null }
            // For people; read back, they are computed again.
            row["figures"] = audit.figures
            return .object(row)
        }
        try AtomicFile.write(JSONValue.object(rows).prettyText + "\n", to: path)
    }

    private func read() throws(EngineerError) -> [String: JudgeAudit] {
        guard let data = FileManager.default.contents(atPath: path) else { return [:] }
        do {
            return try JSONDecoder().decode([String: JudgeAudit].self, from: data)
        } catch {
            throw EngineerError(
                code: .project, message: "\(path) is no file of audits: restore it, or delete it and audit again.",
                cause: error)
        }
    }
}
