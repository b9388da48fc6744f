internal import Base
internal import Storage

/// The requirements on which a design stands, as its first paragraphs name them, where there are others now.
package struct DesignBasis: Sendable, Hashable {
    /// The SHA-256 of the requirements that the design names.
    package let hash: String
    /// The SHA-256 of those that there are; nil where the file is gone.
    package let now: String?
    /// Whether a person has changed the design since it was drawn up.
    package let isEdited: Bool
    /// What changed in the requirements since, a line each; nil where the text that the design names was not kept.
    package let changes: [String]?

    /// What a design stands on, where that is not what the requirements say now: nil where it is, or it names none.
    ///
    /// - Throws: `EngineerError` where a document cannot be read.
    package static func outdated(_ project: Project) async throws -> DesignBasis? {
        guard let design = try DocumentSource.read(.design, in: project), let hash = named(in: design.text) else {
            return nil
        }
        let requirements = try DocumentSource.read(.requirements, in: project)
        guard requirements?.hash != hash else { return nil }
        var changes: [String]?
        // Only what was approved is kept.
        if let requirements, FileState(project.databasePath) != nil,
            let before = try await NeoDatabase(path: project.databasePath).approvedText(hash)
        {
            changes = DocumentChanges.lines(.requirements, from: before, to: requirements.text)
        }
        return DesignBasis(
            hash: hash, now: requirements?.hash, isEdited: DesignWriter.isEdited(project, hash: design.hash),
            changes: changes)
    }

    /// The hash that stands before the first section: ``requirements.md (SHA-256 `…`)``.
    static func named(in design: String) -> String? {
        let mark = "requirements.md (SHA-256 `"
        for line in design.split(omittingEmptySubsequences: true, whereSeparator: \.isNewline) {
            if line.hasPrefix("## ") { return nil }
            guard let found = line.firstRange(of: mark) else { continue }
            let hash = line[found.upperBound...].prefix { $0.isHexDigit && $0.isASCII }
            if hash.count == 64 { return hash.lowercased() }
        }
        return nil
    }

    /// What it is, as a sentence.
    package var sentence: String {
        guard let now else {
            return "design.md stands on requirements.md \(hash.prefix(12)), and there is no requirements.md any more."
        }
        return "design.md stands on requirements.md \(hash.prefix(12)), and there is \(now.prefix(12)) now."
    }

    /// What to do about it, as a sentence.
    package var remedy: String {
        guard isEdited else { return "neo design draws it up anew." }
        guard let now else {
            return "Write requirements.md again, or take the hash out of design.md's first paragraph."
        }
        return "You edited design.md, so it is left as it is. See whether it still holds, then put the hash of the "
            + "requirements that you looked at into its first paragraph (\(now)), and approve it; or let `neo design "
            + "--replace` draw it up anew, which keeps yours in .neo/replaced."
    }

    /// What changed in the requirements, a line each, where that is known.
    package var changeLines: [String] {
        changes ?? (now == nil ? [] : ["what they said then was not kept, because nobody had approved it"])
    }

    /// All of it, for a terminal.
    package var words: String {
        ([sentence] + (changeLines.isEmpty ? [] : ["Since then:"] + changeLines.map { "  \($0)" }) + [remedy])
            .joined(separator: "\n")
    }

    /// The field `design_basis` of `neo status --json`.
    var json: JSONValue {
        [
            "requirements_sha256": .string(hash), "sha256_now": now.map { .string($0) } ?? .null,
            "edited": .bool(isEdited), "changes": changes.map { .array($0.map { .string($0) }) } ?? .null,
            "sentence": .string(sentence), "remedy": .string(remedy),
        ]
    }
}
