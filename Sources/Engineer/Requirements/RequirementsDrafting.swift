package import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Brings a draft into `requirements.md`, and loses nothing that people wrote there.
///
/// The last draft is kept in `.neo/draft.json`, so that an edit is told from what Neo wrote.
package struct RequirementsDrafting: Sendable {
    /// What became of it.
    package enum Outcome: String, Sendable, Hashable {
        /// The file was written.
        case written
        /// It says what the draft says already.
        case unchanged
        /// Somebody edited it, so it was left as it is.
        case edited
    }

    /// What became of it.
    package let outcome: Outcome
    /// The path of `requirements.md`.
    package let path: String
    /// In what the file differs from what it was, or, where it was left, would.
    package let differences: [RequirementsDifference]
    /// What stands in the file, or, where it was left, would.
    package let document: RequirementsDocument

    /// Writes the draft of an interview.
    ///
    /// - Parameter replacing: whether a file that somebody edited is written, too: with the edits that no new answer
    ///   contradicts.
    /// - Throws: `EngineerError` where nothing was answered, or the file cannot be read or written.
    package init(_ interview: Interview, in project: Project, replacing: Bool) throws {
        guard !interview.state.answers.isEmpty else {
            throw EngineerError(
                code: .invalidRequest,
                message: "Nothing was answered yet, so nothing can be drafted: answer neo interview \(project.folder).")
        }
        try project.prepareStateFolder()
        var draft = Self.reread(RequirementsDraft(interview, project: project.file).document)
        let basePath = project.path(".neo/draft.json")
        let base = FileManager.default.contents(atPath: basePath)
            .flatMap { try? JSONValue(parsing: $0) }.flatMap { RequirementsDocument(json: $0) }
        path = project.path("requirements.md")
        var present: RequirementsDocument?
        if FileState(path) != nil {
            present = try RequirementsFile(of: project).document
        } else if (try? FileManager.default.attributesOfItem(atPath: path)) != nil {
            throw EngineerError(
                code: .project,
                message: "\(path) is a link or a folder, and is not written over. Move it away, and draft again.")
        }
        // What Neo says on how to read them is no answer: another version's words are no reason to change a file that stands,
        // and with it an approval.
        if present != nil, let base { draft.foreword = base.foreword }
        let isEdited = present != nil && present != base
        document = Self.reread(
            present.map { RequirementsMerge(base: base ?? RequirementsDocument(), edited: $0, draft: draft).document }
                ?? draft)
        // Of a new file what people are to read is what was answered, not how to read it.
        differences = RequirementsDifference.all(from: present ?? RequirementsDocument(), to: document)
            .filter { present != nil || $0.place != "foreword" }
        guard present != document else {
            outcome = .unchanged
            try Self.keep(draft, at: basePath)
            return
        }
        guard !isEdited || replacing else {
            outcome = .edited
            return
        }
        outcome = .written
        try AtomicFile.write(RequirementsMarkdown.text(of: document), to: path)
        try Self.keep(draft, at: basePath)
        _ = try RequirementsFile(of: project).writeJSON(in: project)
    }

    private static func keep(_ draft: RequirementsDocument, at path: String) throws {
        try AtomicFile.write(draft.json.prettyText + "\n", to: path)
    }

    /// As it reads back from a file, so that nothing but an edit is a difference.
    private static func reread(_ document: RequirementsDocument) -> RequirementsDocument {
        RequirementsReader(RequirementsMarkdown.text(of: document)).document
    }

    /// The fields of `neo spec draft --json`.
    package var json: JSONValue {
        [
            "file": .string(path), "outcome": .string(outcome.rawValue),
            "requirements": .integer(document.requirements.count),
            "open_questions": .integer(document[.openQuestions].count),
            "differences": .array(differences.map(\.json)),
        ]
    }

    /// What was done, in a sentence.
    package var sentence: String {
        let count = ReportText.count(document.requirements.count, "requirement")
        let open = document[.openQuestions].count
        return switch outcome {
        case .written: "Wrote requirements.md: \(count), \(ReportText.count(open, "open question"))."
        case .unchanged: "requirements.md says what the interview says: \(count)."
        case .edited: "requirements.md was edited since Neo drafted it, and was left as it is."
        }
    }
}
