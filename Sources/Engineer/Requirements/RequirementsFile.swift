package import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `requirements.md` of a project, and `requirements.json` beside it.
package struct RequirementsFile: Sendable {
    /// The most requirements that are taken: each is compared with each.
    static let most = 1000

    /// The path of `requirements.md`.
    package let path: String
    /// What stands in it.
    package let document: RequirementsDocument
    /// The line of each requirement.
    package let lines: [Int]
    /// The SHA-256 of its bytes, as an approval has it.
    package let hash: ContentHash

    /// Reads the requirements of a project.
    ///
    /// - Throws: `EngineerError` where there are none, or they cannot be read.
    package init(of project: Project) throws(EngineerError) {
        path = project.path("requirements.md")
        let data = try Self.content(
            of: path,
            missing:
                "Write one: a section \"## Requirements\", and in it a heading as \"### R1\" for each; docs/requirements.md has the form."
        )
        guard let text = String(validating: data, as: UTF8.self) else {
            throw EngineerError(code: .project, message: "\(path) is no text in UTF-8; save it as UTF-8.")
        }
        let reader = RequirementsReader(text)
        guard reader.document.requirements.count <= Self.most else {
            throw EngineerError(
                code: .project,
                message: "\(path) has more than \(Self.most) requirements, which nobody reads; take most of them out.")
        }
        document = reader.document
        lines = reader.lines
        hash = ContentHash(of: data)
    }

    /// What keeps them from being measured or met; empty where they are in order.
    package var findings: [RequirementFinding] { RequirementsLinter.findings(in: document, lines: lines) }

    /// Writes `requirements.json` beside it, and gives its path.
    package func writeJSON(in project: Project) throws(EngineerError) -> String {
        let path = project.path("requirements.json")
        guard case .object(var fields) = document.json else { return path }
        fields["format"] = 1
        fields["document"] = ["file": "requirements.md", "sha256": .string(hash.hex)]
        try AtomicFile.write(JSONValue.object(fields).prettyText + "\n", to: path)
        return path
    }

    /// In what the document differs from `requirements.json`.
    ///
    /// - Throws: `EngineerError` where there is no such file, or it is none of Neo's.
    package func differences(in project: Project) throws(EngineerError) -> [RequirementsDifference] {
        let path = project.path("requirements.json")
        let data = try Self.content(of: path, missing: "Write it with neo spec write \(project.folder).")
        guard let json = try? JSONValue(parsing: data), json["format"] == 1,
            let written = RequirementsDocument(json: json)
        else {
            throw EngineerError(
                code: .project,
                message:
                    "\(path) does not hold requirements in the form that neo spec write gives them. Move it away, and "
                    + "write it anew with neo spec write \(project.folder).")
        }
        return RequirementsDifference.all(from: written, to: document)
    }

    private static func content(of path: String, missing: String) throws(EngineerError) -> Data {
        guard let state = FileState(path) else {
            throw EngineerError(code: .project, message: "There is no \(path). \(missing)")
        }
        let longest = 10 * ReviewedDocument.longest
        guard state.bytes <= (path.hasSuffix(".md") ? ReviewedDocument.longest : longest),
            let data = FileManager.default.contents(atPath: path)
        else {
            throw EngineerError(
                code: .project,
                message: "\(path) cannot be read: it must be a file of yours, of at most "
                    + (path.hasSuffix(".md") ? "1 MB." : "10 MB."))
        }
        return data
    }
}
