internal import AutoML
internal import Base
internal import Documents
internal import RAG
internal import Retrieval
internal import Storage

/// The documents that a project names, and the ways to read them.
package struct ProjectDocuments: Sendable {
    private let loader: DocumentLoader
    private let files: [DocumentFile]
    private let settings: ParserSettings
    private let diagnostics: DiagnosticCollector
    /// By format, the parsers among which a search may choose; formats that are read in one way are not among them.
    let parsers: [String: [String]]
    /// The values of the project's `space` that belong to this corpus.
    let space: [String: JSONValue]
    /// The first parser of each format that has several.
    let standard: ParserChoice
    /// The documents under that choice.
    let documents: [Document]

    /// Finds the documents, and reads them with the parsers that come first.
    ///
    /// - Throws: `DocumentsError` where nothing can be read, or a parser is not known.
    init(
        _ project: Project, cache: StageCache?, diagnostics: DiagnosticCollector,
        onParse: @escaping @Sendable (_ file: String) -> Void = { _ in }
    ) async throws {
        let patterns = project.file.documents
        guard !patterns.isEmpty else {
            throw EngineerError(
                code: .invalidProjectFile,
                message:
                    "\(project.path("neo.yaml")) names no documents; add `documents: [docs/**/*.md]`, or what they are."
            )
        }
        settings = project.file.parsers
        self.diagnostics = diagnostics
        loader = DocumentLoader(
            diagnostics: diagnostics, settings: settings, folder: project.folder, cache: cache, onParse: onParse)
        files = try loader.find(patterns, base: project.folder)
        let formats = loader.formats(of: files)
        (parsers, space) = try Self.parsers(formats, settings, project.file.space, diagnostics)
        standard = ParserChoice(parsers.compactMapValues(\.first))
        documents = try await loader.load(files, choice: standard)
        try loader.requireDocuments(documents, files: files, patterns: patterns)
    }

    /// Documents that were read before, with the choice of parsers that read them: there is no other.
    init(
        frozen documents: [Document], parsers: [String: String], space: [String: JSONValue],
        diagnostics: DiagnosticCollector
    ) throws {
        settings = .usual
        self.diagnostics = diagnostics
        loader = DocumentLoader(diagnostics: diagnostics)
        files = []
        self.parsers = [:]
        self.space = space.filter { !$0.key.hasPrefix(ParserChoice.parameter(of: "")) }
        standard = ParserChoice(parsers)
        self.documents = documents
    }

    /// What the project's space says of parsers is taken out of it for formats that no document has.
    private static func parsers(
        _ formats: Set<String>, _ settings: ParserSettings, _ space: [String: JSONValue],
        _ diagnostics: DiagnosticCollector
    ) throws -> ([String: [String]], [String: JSONValue]) {
        var parsers: [String: [String]] = [:]
        var space = space
        for format in formats.sorted() {
            let name = ParserChoice.parameter(of: format)
            let usual = settings.parsers(of: format).map(\.name)
            if let wanted = space[name] {
                let names = (wanted.array ?? [wanted]).map { $0.string ?? $0.canonicalText }
                for parser in names { _ = try FileParser(name: parser, format: format) }
                parsers[format] = names.isEmpty ? usual : names
            } else if usual.count > 1 {
                parsers[format] = usual
            }
        }
        let known = formats.union(FileParser.builtIn.keys).union(settings.named.keys)
        for name in space.keys.sorted() where known.subtracting(formats).map(ParserChoice.parameter).contains(name) {
            space[name] = nil
            diagnostics.add(
                Diagnostic(
                    .warning, "The search space names \(name), but no document has that format; it has no effect."
                )
            )
        }
        return (parsers, space)
    }

    /// Every choice of parsers that a search may make, the standard one first.
    func choices(in space: SearchSpace) -> [ParserChoice] {
        var choices = [standard]
        for parameter in space.parameters {
            guard let format = parsers.keys.first(where: { ParserChoice.parameter(of: $0) == parameter.name }),
                case .categorical(let values) = parameter.domain
            else { continue }
            choices = choices.flatMap { choice in
                values.compactMap(\.string).map { name in
                    var next = choice
                    next.names[format] = name
                    return next
                }
            }
        }
        return [standard] + choices.filter { $0 != standard }
    }

    /// The documents under another choice: only files whose parser is another one are read again.
    func documents(_ choice: ParserChoice) async throws -> [Document] {
        for (format, name) in choice.names { _ = try FileParser(name: name, format: format) }
        let changed = Set(choice.names.filter { standard.names[$0.key] != $0.value }.keys)
        let again = files.filter { file in
            DocumentKind(path: file.path, foreign: settings.foreignFormats)?.format.map(changed.contains) == true
        }
        let own = DiagnosticCollector()
        let read = try await loader.reporting(to: own).load(again, choice: choice)
        let known = Set(diagnostics.all)
        for diagnostic in own.all where !known.contains(diagnostic) { diagnostics.add(diagnostic) }
        let ids = Set(again.map(\.id))
        return documents.filter { !ids.contains($0.id) } + read
    }
}
