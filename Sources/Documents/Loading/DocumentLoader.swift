package import Base
package import Retrieval

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Reads and parses documents, many at a time.
///
/// What cannot be used (binary, empty, unreadable, too large, a copy of another file) is left out with a diagnostic
/// that names the file; the rest goes on.
package struct DocumentLoader: Sendable {
    /// What is read at most of one file; `corpus.jsonl` is read in pieces and has no limit as a whole.
    package static let defaultLimit = 20_000_000

    private let diagnostics: DiagnosticCollector
    private let limit: Int

    /// Findings go to `diagnostics`; files of more than `limit` bytes are left out.
    package init(diagnostics: DiagnosticCollector, limit: Int = defaultLimit) {
        self.diagnostics = diagnostics
        self.limit = limit
    }

    /// Finds and reads the documents of a project.
    @concurrent
    package func load(_ patterns: [String], base: String) async throws -> [Document] {
        let files = try DocumentFinder(base: base, diagnostics: diagnostics).find(patterns)
        let documents = try await load(files)
        guard !documents.isEmpty else {
            throw DocumentsError(
                .nothingReadable,
                "None of the \(files.count) files that match \(patterns.joined(separator: ", ")) could be used:\n"
                    + diagnostics.all.prefix(5).map(\.text).joined(separator: "\n")
            )
        }
        return documents
    }

    /// Reads files. The documents come in the order of the files.
    @concurrent
    package func load(_ files: [DocumentFile]) async throws -> [Document] {
        let width = max(1, ProcessInfo.processInfo.activeProcessorCount)
        let loaded = try await withThrowingTaskGroup(of: (Int, [LoadedDocument]).self) { group in
            var results = [[LoadedDocument]](repeating: [], count: files.count)
            var next = 0
            func addNext() {
                guard next < files.count else { return }
                let position = next
                next += 1
                group.addTask { (position, try read(files[position])) }
            }
            for _ in 0..<width { addNext() }
            while let (position, documents) = try await group.next() {
                results[position] = documents
                addNext()
            }
            return results
        }
        return withoutCopies(loaded.flatMap { $0 })
    }

    private struct LoadedDocument: Sendable {
        var document: Document
        /// The hash of the file, for telling copies; nil in a collection, whose judgements may name both copies.
        var content: ContentHash?
        var file: String
    }

    private func read(_ file: DocumentFile) throws -> [LoadedDocument] {
        try Task.checkCancellation()
        let kind = DocumentKind(path: file.path) ?? (isCollection(file.path) ? .collection : .text)
        do {
            if kind == .collection {
                return try CollectionReader(file: file, diagnostics: diagnostics).read()
                    .map { LoadedDocument(document: $0, content: nil, file: file.relativePath) }
            }
            let size = try InputFile.size(of: file.path)
            guard size <= limit else {
                let megabytes = "\(size / 1_000_000) MB, more than the limit of \(limit / 1_000_000) MB"
                leaveOut(file, "The file has \(megabytes), and is left out. Split it into smaller files.")
                return []
            }
            let bytes = try InputFile.read(file.path, limit: limit)
            guard let decoded = decode(bytes, file) else { return [] }
            let document = DocumentParser(diagnostics: diagnostics).parse(
                decoded.text, id: file.id, kind: kind, path: file.relativePath
            )
            return [LoadedDocument(document: document, content: ContentHash(of: decoded.text), file: file.relativePath)]
        } catch let error as DocumentsError {
            leaveOut(file, "The file is left out: \(error.message)")
            return []
        }
    }

    /// Any other JSONL file whose first line looks like a document.
    private func isCollection(_ path: String) -> Bool {
        guard path.hasSuffix(".jsonl") || path.hasSuffix(".ndjson") else { return false }
        var isDocument = false
        try? InputFile.readLines(of: path) { _, line in
            let row = try? JSONValue(parsing: Data(line))
            isDocument = row?["_id"] != nil && row?["text"] != nil
            return false
        }
        return isDocument
    }

    private func decode(_ bytes: [UInt8], _ file: DocumentFile) -> TextDecoding? {
        guard let decoded = TextDecoding(bytes) else {
            leaveOut(file, "The file is binary, and is left out. Convert it to text or exclude it from the pattern.")
            return nil
        }
        guard decoded.text.unicodeScalars.contains(where: { !$0.properties.isWhitespace && $0 != "\u{FEFF}" }) else {
            leaveOut(file, "The file is empty, and is left out. Fill or delete it.")
            return nil
        }
        switch decoded.encoding {
        case .utf8, .utf16: break
        case .utf8Repaired:
            let sentence = "Some bytes are no UTF-8 and were replaced. Save the file as UTF-8."
            diagnostics.add(Diagnostic(.warning, sentence, file: file.relativePath))
        case .latin1:
            let sentence = "The file is no UTF-8 and was read as Latin-1 (Windows-1252). Save it as UTF-8."
            diagnostics.add(Diagnostic(.warning, sentence, file: file.relativePath))
        }
        return decoded
    }

    private func leaveOut(_ file: DocumentFile, _ sentence: String) {
        diagnostics.add(Diagnostic(.warning, sentence, file: file.relativePath))
    }

    /// Keeps the first of equal files, which then answers to the other names too, and the first of equal ids.
    private func withoutCopies(_ loaded: [LoadedDocument]) -> [Document] {
        var kept: [Document] = []
        var positions: [ContentHash: Int] = [:]
        var ids: Set<DocumentID> = []
        for item in loaded {
            if let content = item.content, let position = positions[content] {
                let sentence = "The file is a copy of \(kept[position].id); one of them is enough."
                diagnostics.add(Diagnostic(.note, sentence, file: item.file))
                kept[position].addAlias(item.document.id)
                continue
            }
            guard ids.insert(item.document.id).inserted else {
                let sentence = "The id \(item.document.id) is in use already; this document is left out. Rename it."
                diagnostics.add(Diagnostic(.warning, sentence, file: item.file))
                continue
            }
            if let content = item.content { positions[content] = kept.count }
            kept.append(item.document)
        }
        return kept
    }
}

extension Document {
    /// The names of files with the same content, which stand for this document too.
    package var aliases: [DocumentID] {
        (metadata["copies"]?.array ?? []).compactMap(\.string).map { DocumentID($0) }
    }

    mutating func addAlias(_ id: DocumentID) {
        metadata["copies"] = .array((metadata["copies"]?.array ?? []) + [.string(id.rawValue)])
    }
}
