internal import Base
internal import Retrieval

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Reads a BEIR `corpus.jsonl`: `{"_id", "title", "text", "metadata"}` a line.
///
/// The document's text is the title, a blank line and the text, as the field indexes these collections.
struct CollectionReader {
    let file: DocumentFile
    let diagnostics: DiagnosticCollector

    func read() throws -> [Document] {
        var documents: [Document] = []
        var lines: [DocumentID: Int] = [:]
        var cancelled = false
        try InputFile.readLines(of: file.path) { number, line in
            cancelled = Task.isCancelled
            guard !line.isEmpty, let document = document(line, number: number) else { return !cancelled }
            if let first = lines[document.id] {
                warn("The id \(document.id) is that of line \(first) already; this line is left out.", number)
            } else {
                lines[document.id] = number
                documents.append(document)
            }
            return !cancelled
        }
        if cancelled { throw CancellationError() }
        return documents
    }

    private func document(_ line: ArraySlice<UInt8>, number: Int) -> Document? {
        let bytes = number == 1 && line.starts(with: [0xEF, 0xBB, 0xBF]) ? line.dropFirst(3) : line
        guard let row = try? JSONValue(parsing: Data(bytes)), row.object != nil else {
            warn("The line is no JSON object, and is left out. Every line is {\"_id\", \"title\", \"text\"}.", number)
            return nil
        }
        guard let id = row["_id"]?.string ?? row["_id"]?.integer.map(String.init) else {
            warn("The line has no \"_id\", and is left out.", number)
            return nil
        }
        let title = row["title"]?.string ?? ""
        let body = row["text"]?.string ?? ""
        guard (title + body).contains(where: { !$0.isWhitespace }) else {
            warn("The document \(id) is empty, and is left out.", number)
            return nil
        }
        let text = title.isEmpty ? body : title + "\n\n" + body
        var blocks = ParagraphParser.blocks(of: Array(text.utf8))
        if !title.isEmpty, let first = blocks.first, first.range.upperBound <= title.utf8.count {
            blocks[0].kind = .heading(level: 1)
        }
        var metadata = row["metadata"]?.object ?? [:]
        metadata.merge(DocumentKind.collection.metadata) { $1 }
        metadata["path"] = .string(file.relativePath)
        return Document(
            id: DocumentID(id), title: title.isEmpty ? id : title, text: text, blocks: blocks, metadata: metadata
        )
    }

    private func warn(_ sentence: String, _ line: Int) {
        diagnostics.add(Diagnostic(.warning, sentence, file: file.relativePath, line: line))
    }
}
