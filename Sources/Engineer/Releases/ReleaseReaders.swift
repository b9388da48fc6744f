internal import Base
internal import Documents
internal import Retrieval

/// `access.jsonl` of a release: every document as it was loaded, with its file, a line each. Who sees which documents is found
/// out from it when the release is served: its rules may change, and which of equal files stays depends on who asks.
enum ReleaseReaders {
    /// The name of the file.
    static let fileName = "access.jsonl"

    private struct Row: Codable {
        var file: String
        var id: DocumentID
        /// The hash of the file's content; nil in a collection.
        var content: ContentHash?
        /// The document; nil where `documents.jsonl` has it to the letter.
        var document: Document?

        private enum CodingKeys: String, CodingKey {
            case file, id, content, document
        }
    }

    /// What is written.
    ///
    /// - Parameters:
    ///   - loaded: every document, copies included.
    ///   - kept: those of `documents.jsonl`: copies are left out of them, and stand as names in those that stayed.
    static func bytes(_ loaded: [LoadedDocument], kept: [Document]) throws -> [UInt8] {
        let known = byName(kept)
        var bytes: [UInt8] = []
        for item in loaded {
            let row = Row(
                file: item.file, id: item.document.id, content: item.content,
                document: known[item.document.id] == item.document ? nil : item.document)
            bytes += Array(try JSONValue(encoding: row).canonicalText.utf8) + [UInt8(ascii: "\n")]
        }
        return bytes
    }

    /// What was written.
    static func loaded(_ bytes: [UInt8], kept: [Document]) throws -> [LoadedDocument] {
        let known = byName(kept)
        return try bytes.split(separator: UInt8(ascii: "\n")).map { line in
            let row = try JSONValue(parsing: Array(line), maximumDepth: 64).decoded(as: Row.self)
            guard let document = row.document ?? known[row.id], document.id == row.id else {
                throw EngineerError(
                    code: .release,
                    message: "\(fileName) names the document \(row.id), which the release does not have.")
            }
            return LoadedDocument(document: document, content: row.content, file: row.file)
        }
    }

    private static func byName(_ documents: [Document]) -> [DocumentID: Document] {
        Dictionary(documents.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

extension ReleaseFolder {
    /// Throws where a project says who sees which documents, and the release cannot tell them apart.
    func requireReaders(for project: Project) throws(EngineerError) {
        guard project.file.access != nil, !manifest.namesReaders else { return }
        throw EngineerError(
            code: .release,
            message:
                "neo.yaml says who sees which documents (`access:`), and release \(identity.number) was made before it did: "
                + "whoever asked it would see all of them. Make a new one with `neo release build`, and promote that.")
    }
}
