internal import Base
package import RAG
internal import Storage

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The golden questions as they stand in the file, and what is wrong with its rows.
package struct GoldenRows: Sendable {
    /// The file, seen from the project.
    package let file: String
    package let questions: [GoldenQuestion]
    /// The line of each question.
    package let lines: [String: Int]
    /// What is wrong, a sentence each.
    package let findings: [String]
    /// The SHA-256 of the file that this was read from.
    package let hash: String
    package let changed: Date

    /// The rows of a project; nil where there is no file.
    static func read(_ project: Project) throws -> GoldenRows? {
        let path = project.path(project.file.golden)
        guard let state = FileState(path) else { return nil }
        guard state.bytes <= 100_000_000, let data = FileManager.default.contents(atPath: path) else {
            throw EngineerError(code: .invalidGoldenSet, message: "\(path) cannot be read, or is larger than 100 MB.")
        }
        let diagnostics = DiagnosticCollector()
        let hash = ContentHash(of: data).hex
        do {
            let set = try GoldenSet(
                parsing: String(decoding: data, as: UTF8.self), file: project.file.golden, diagnostics: diagnostics)
            return GoldenRows(
                file: project.file.golden, questions: set.questions, lines: set.lines,
                findings: diagnostics.all.filter { $0.severity != .note }.map { finding in
                    (finding.line.map { "line \($0): " } ?? "") + finding.message
                }, hash: hash, changed: state.changed)
        } catch let error as RAGError {
            return GoldenRows(
                file: project.file.golden, questions: [], lines: [:],
                findings: error.message.split(separator: "\n").map(String.init), hash: hash, changed: state.changed)
        }
    }
}

/// A change of a golden question by a person.
package struct GoldenEdit: Sendable {
    /// The question that is changed.
    package var id: String
    /// The hash of the file that the person saw.
    package var seen: String
    package var question: String
    package var answers: [String]
    package var isAnswerable: Bool
    package var type: String?

    /// A change.
    package init(
        id: String, seen: String, question: String, answers: [String], isAnswerable: Bool, type: String?
    ) {
        self.id = id
        self.seen = seen
        self.question = question
        self.answers = answers
        self.isAnswerable = isAnswerable
        self.type = type
    }

    /// Writes the row anew, and leaves every other line of the file as it is, byte by byte.
    ///
    /// Fields of the row that nobody knows stay, too. The file is replaced at once or not at all.
    /// - Throws: `EngineerError` where the file is not the one that the person saw, and says what became of the question;
    ///   where the row would not be one.
    package func apply(to project: Project) throws {
        try project.prepareStateFolder()
        // Whoever accepts a proposal at this moment appends to the same file.
        try withDirectoryLock(project.path(".neo")) { try write(to: project) }
    }

    private func write(to project: Project) throws {
        guard let now = try GoldenRows.read(project) else {
            throw EngineerError(code: .invalidGoldenSet, message: "\(project.file.golden) is not there any more.")
        }
        guard now.hash == seen else {
            throw EngineerError(code: .invalidRequest, message: "Nothing was written: " + changes(in: now))
        }
        guard let line = now.lines[id] else {
            throw EngineerError(code: .invalidRequest, message: "\(now.file) has no question \(id).")
        }
        let path = project.path(now.file)
        guard let data = FileManager.default.contents(atPath: path), ContentHash(of: data).hex == seen else {
            throw EngineerError(
                code: .invalidRequest,
                message: "Nothing was written: \(now.file) changed at this moment. Look at it again.")
        }
        var rows = Array(data).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Array($0) }
        let text = String(decoding: rows[line - 1], as: UTF8.self).drop { $0 == "\u{FEFF}" }
        guard case .object(var row) = try JSONValue(parsing: String(text)) else {
            throw EngineerError(code: .invalidGoldenSet, message: "Line \(line) of \(now.file) is no object.")
        }
        row["question"] = .string(question)
        row["answer"] = nil
        row["answers"] = .array(answers.map { .string($0) })
        row["answerable"] = isAnswerable ? nil : false
        row["type"] = type.map { .string($0) }
        rows[line - 1] = Array(JSONValue.object(row).canonicalText.utf8)
        let whole = Array(rows.joined(separator: [UInt8(ascii: "\n")]))
        // What would not be read again is not written.
        _ = try GoldenSet(
            parsing: String(decoding: whole, as: UTF8.self), file: now.file, diagnostics: DiagnosticCollector())
        try AtomicFile.write(whole, to: path)
    }

    private func changes(in now: GoldenRows) -> String {
        let again = "Load the page again and make your change there."
        guard let question = now.questions.first(where: { $0.id == id }) else {
            return "\(now.file) changed since you opened it, and the question \(id) is not in it any more."
        }
        return "\(now.file) changed since you opened it; the question is now \"\(question.question)\" with "
            + "\(ReportText.count(question.answers.count, "answer")): "
            + "\(question.answers.joined(separator: " | ")). \(again)"
    }
}
