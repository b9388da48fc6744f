package import Base
package import Retrieval
package import Storage

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
    private let settings: ParserSettings
    private let folder: String?
    private let cache: StageCache?
    private let onParse: @Sendable (_ file: String) -> Void

    /// Findings go to `diagnostics`; files of more than `limit` bytes are left out.
    ///
    /// - Parameters:
    ///   - settings: the parsers of formats that have several.
    ///   - folder: where parsers run: a script that a project names may be relative to it.
    ///   - cache: keeps what those parsers made of a content; without it every file is parsed anew.
    ///   - onParse: hears of each file for which such a parser runs.
    package init(
        diagnostics: DiagnosticCollector, limit: Int = defaultLimit, settings: ParserSettings = .usual,
        folder: String? = nil, cache: StageCache? = nil,
        onParse: @escaping @Sendable (_ file: String) -> Void = { _ in }
    ) {
        self.diagnostics = diagnostics
        self.limit = limit
        self.settings = settings
        self.folder = folder
        self.cache = cache
        self.onParse = onParse
    }

    /// The same loader with another place for its findings.
    package func reporting(to diagnostics: DiagnosticCollector) -> DocumentLoader {
        DocumentLoader(
            diagnostics: diagnostics, limit: limit, settings: settings, folder: folder, cache: cache, onParse: onParse)
    }

    /// Finds and reads the documents of a project.
    @concurrent
    package func load(_ patterns: [String], base: String) async throws -> [Document] {
        let files = try find(patterns, base: base)
        let documents = try await load(files)
        try requireDocuments(documents, files: files, patterns: patterns)
        return documents
    }

    /// Finds the documents of a project without reading them.
    package func find(_ patterns: [String], base: String) throws(DocumentsError) -> [DocumentFile] {
        try DocumentFinder(base: base, foreign: settings.foreignFormats, diagnostics: diagnostics).find(patterns)
    }

    /// The formats of files for which a parser is chosen.
    package func formats(of files: [DocumentFile]) -> Set<String> {
        Set(files.compactMap { DocumentKind(path: $0.path, foreign: settings.foreignFormats)?.format })
    }

    /// Says why where no file could be used.
    package func requireDocuments(
        _ documents: [Document], files: [DocumentFile], patterns: [String]
    ) throws(DocumentsError) {
        guard !documents.isEmpty else {
            throw DocumentsError(
                .nothingReadable,
                "None of the \(files.count) files that match \(patterns.joined(separator: ", ")) could be used:\n"
                    + diagnostics.all.prefix(5).map(\.text).joined(separator: "\n")
            )
        }
    }

    /// Reads files. The documents come in the order of the files.
    ///
    /// - Parameter choice: the parsers of the formats that have several.
    @concurrent
    package func load(_ files: [DocumentFile], choice: ParserChoice = ParserChoice()) async throws -> [Document] {
        withoutCopies(try await loadAll(files, choice: choice))
    }

    /// Reads files, copies included: which of equal files stays can depend on who may see them.
    @concurrent
    package func loadAll(
        _ files: [DocumentFile], choice: ParserChoice = ParserChoice()
    ) async throws -> [LoadedDocument] {
        let parsers = try await parsers(of: formats(of: files), choice)
        let width = max(1, ProcessInfo.processInfo.activeProcessorCount)
        let loaded = try await withThrowingTaskGroup(of: (Int, [LoadedDocument]).self) { group in
            var results = [[LoadedDocument]](repeating: [], count: files.count)
            var next = 0
            func addNext() {
                guard next < files.count else { return }
                let position = next
                next += 1
                group.addTask { (position, try await read(files[position], parsers)) }
            }
            for _ in 0..<width { addNext() }
            while let (position, documents) = try await group.next() {
                results[position] = documents
                addNext()
            }
            return results
        }
        return loaded.flatMap { $0 }
    }

    /// A parser with what names its version.
    private struct ChosenParser: Sendable {
        var parser: FileParser
        var identity: ParserIdentity
    }

    private func parsers(of formats: Set<String>, _ choice: ParserChoice) async throws -> [String: ChosenParser] {
        var parsers: [String: ChosenParser] = [:]
        for format in formats.sorted() {
            let parser = try settings.parser(of: format, choice)
            parsers[format] = ChosenParser(parser: parser, identity: await ParserIdentity(of: parser, folder: folder))
        }
        return parsers
    }

    private func read(_ file: DocumentFile, _ parsers: [String: ChosenParser]) async throws -> [LoadedDocument] {
        try Task.checkCancellation()
        let kind =
            DocumentKind(path: file.path, foreign: settings.foreignFormats)
            ?? (isCollection(file.path) ? .collection : .text)
        do {
            if kind == .collection {
                return try CollectionReader(file: file, diagnostics: diagnostics).read()
                    .map { LoadedDocument(document: $0, content: nil, file: file.relativePath) }
            }
            guard let bytes = try content(of: file, kind) else { return [] }
            var text = bytes
            if kind.format == nil || kind == .html {
                guard let decoded = decode(bytes, file, isMarkup: kind == .html) else { return [] }
                if kind.format == nil {
                    return [
                        loaded(
                            DocumentParser.parsed(decoded.text, kind: kind), file, kind, ContentHash(of: decoded.text))
                    ]
                }
                text = Array(decoded.text.utf8)
            }
            guard let format = kind.format, let parser = parsers[format] else { return [] }
            guard !bytes.isEmpty else {
                leaveOut(file, "The file is empty, and is left out. Fill or delete it.")
                return []
            }
            let parsed = try await parse(file, bytes: bytes, text: text, parser)
            guard !parsed.isBlank else {
                leaveOut(file, "The file holds no text (read with \(parser.parser.name)), and is left out.")
                return []
            }
            return [loaded(parsed, file, kind, ContentHash(of: Data(bytes)))]
        } catch let error as DocumentsError {
            leaveOut(file, "The file is left out: \(error.message)")
            return []
        }
    }

    /// The bytes of a file that is not too large.
    private func content(of file: DocumentFile, _ kind: DocumentKind) throws(DocumentsError) -> [UInt8]? {
        // A book with pictures is large, though its text is not; what its parser prints has a limit of its own.
        let most = kind.format == nil || kind == .html ? limit : 10 * limit
        let size = try InputFile.size(of: file.path)
        guard size <= most else {
            let megabytes = "\(size / 1_000_000) MB, more than the limit of \(most / 1_000_000) MB"
            leaveOut(file, "The file has \(megabytes), and is left out. Split it into smaller files.")
            return nil
        }
        return try InputFile.read(file.path, limit: most)
    }

    private func loaded(
        _ parsed: ParsedText, _ file: DocumentFile, _ kind: DocumentKind, _ content: ContentHash
    ) -> LoadedDocument {
        let modified = (try? FileStatus(of: file.path)).flatMap { DocumentDate(secondsSince1970: $0.modified) }
        let document = DocumentParser(diagnostics: diagnostics).document(
            parsed, id: file.id, kind: kind, path: file.relativePath, modified: modified
        )
        return LoadedDocument(document: document, content: content, file: file.relativePath)
    }

    /// What a parser makes of a content: kept, or made now.
    private func parse(
        _ file: DocumentFile, bytes: [UInt8], text: [UInt8], _ chosen: ChosenParser
    ) async throws -> ParsedText {
        let onParse = onParse
        let compute: @Sendable () async throws -> ParsedText = {
            onParse(file.relativePath)
            return try await chosen.parser.parse(file.path, text: text, folder: folder)
        }
        guard let cache else { return try await compute() }
        var key = ContentHash.Builder()
        key.add(chosen.identity.text)
        key.add(Data(bytes))
        let name = key.finish()
        let kept = try await cache.value(forKey: name) { try await compute().encoded() }
        if let parsed = ParsedText(encoded: kept) { return parsed }
        // Intact, but of another form: it would be parsed at every run if it stayed.
        let parsed = try await compute()
        cache.replace(try parsed.encoded(), forKey: name)
        return parsed
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

    private func decode(_ bytes: [UInt8], _ file: DocumentFile, isMarkup: Bool) -> TextDecoding? {
        guard let decoded = TextDecoding(bytes, isMarkup: isMarkup) else {
            leaveOut(file, "The file is binary, and is left out. Convert it to text or exclude it from the pattern.")
            return nil
        }
        guard decoded.text.unicodeScalars.contains(where: { !$0.properties.isWhitespace && $0 != "\u{FEFF}" }) else {
            leaveOut(file, "The file is empty, and is left out. Fill or delete it.")
            return nil
        }
        if let finding = decoded.finding {
            diagnostics.add(Diagnostic(finding.severity, finding.sentence, file: file.relativePath))
        }
        return decoded
    }

    private func leaveOut(_ file: DocumentFile, _ sentence: String) {
        diagnostics.add(Diagnostic(.warning, sentence, file: file.relativePath))
    }

    /// Keeps the first of equal files, which then answers to the other names too, and the first of equal ids.
    package func withoutCopies(_ loaded: [LoadedDocument]) -> [Document] {
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
