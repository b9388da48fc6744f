internal import Base
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A change of a reviewed document by a person.
package struct DocumentEdit: Sendable {
    package let kind: ReviewedDocument.Kind
    /// What is changed.
    package let place: DocumentPart.Place
    /// The hash of the file that the person saw.
    package let seen: String
    /// The hash of the lines that the person saw.
    package let was: String
    /// What shall stand there, with a line feed between lines; nothing takes the lines out.
    package let text: String

    /// A change. Browsers send a carriage return before each line feed, whatever the file has.
    package init(
        _ kind: ReviewedDocument.Kind, at place: DocumentPart.Place, seen: String, was: String, text: String
    ) {
        self.kind = kind
        self.place = place
        self.seen = seen
        self.was = was
        self.text = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    }

    /// Writes the lines anew, and leaves every other byte of the file as it is.
    ///
    /// The file is replaced at once or not at all. Who edits here at the same time waits for a moment, and then sees the
    /// other's change.
    /// - Returns: the SHA-256 of the file as it is now.
    /// - Throws: `EngineerError` with the code `invalidRequest` where the file is not the one that the person saw, with
    ///   another one where it cannot be changed.
    package func apply(to project: Project) throws -> String {
        try withDirectoryLock(project.folder) {
            guard let source = try DocumentSource.read(kind, in: project) else {
                throw refusal("is not there any more")
            }
            guard source.hash == seen, let lines = source.lines(at: place) else {
                throw refusal("changed since you opened it", code: .invalidRequest)
            }
            guard !source.bytes.contains(0), !text.utf8.contains(0) else {
                throw refusal("or your text has NUL bytes, which no text has; take them out with another program")
            }
            let whole = source.replacing(lines, with: text)
            guard whole.count <= ReviewedDocument.longest else {
                throw refusal("would have more than 1 MB; write less")
            }
            guard whole != source.bytes else { return source.hash }
            // Its folder would let it be replaced all the same, but somebody did not want it to change.
            let facts = try? FileManager.default.attributesOfItem(atPath: source.path)
            guard let rights = facts?[.posixPermissions] as? Int, rights & 0o222 != 0,
                FileManager.default.isWritableFile(atPath: source.path)
            else { throw refusal("is read-only; give yourself the right to write it with chmod u+w") }
            try AtomicFile.write(whole, to: source.path)
            return ContentHash(of: Data(whole)).hex
        }
    }

    /// Where the change would go in the file as it is now, and whether the lines there are those that the person saw.
    ///
    /// Lines that only moved are found again, if there are no others like them.
    /// - Returns: nil where the file is not there any more.
    package func standing(in project: Project) throws(EngineerError) -> (part: DocumentPart, isAsSeen: Bool)? {
        guard let source = try DocumentSource.read(kind, in: project) else { return nil }
        if source.hash == seen, let lines = source.lines(at: place) {
            return (DocumentPart(kind, place, lines, of: source), true)
        }
        guard case .line(let number) = place else {
            return (DocumentPart(kind, .whole, 1...source.lineCount, of: source), false)
        }
        let blocks = source.blocks
        let same = blocks.filter { ContentHash(of: source.text(of: $0)).hex == was }
        if let only = same.first, same.count == 1 {
            return (DocumentPart(kind, .line(only.lowerBound), only, of: source), true)
        }
        // Else what is there now, or the last that says something before it.
        let filled = blocks.filter { source.text(of: $0).contains { !$0.isWhitespace } }
        let there = filled.last { $0.lowerBound <= number } ?? filled.first ?? 1...source.lineCount
        return (DocumentPart(kind, .line(there.lowerBound), there, of: source), false)
    }

    private func refusal(_ what: String, code: EngineerError.Code = .project) -> EngineerError {
        EngineerError(code: code, message: "Nothing was written: \(kind.fileName) \(what).")
    }
}
