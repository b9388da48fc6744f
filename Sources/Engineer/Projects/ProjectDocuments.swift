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
    /// The documents under that choice, copies included.
    let loaded: [LoadedDocument]
    /// The documents under that choice.
    let documents: [Document]
    private let exclusions: Exclusions
    /// Those that are there; all, where nil.
    private let places: Set<DocumentPlace>?
    /// Whether they come from a release: then there are no files, and nothing is to be chosen.
    private let isFrozen: Bool

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
        let exclusions = try Exclusions(project)
        self.exclusions = exclusions
        let all = try await loader.loadAll(files, choice: standard)
        loaded = all.filter { !exclusions.contains($0.document) }
        for left in all where exclusions.contains(left.document) {
            diagnostics.add(
                Diagnostic(
                    .warning,
                    "The document is left out: it names somebody who was forgotten. Change it, and it is read again.",
                    file: left.file))
        }
        documents = loader.withoutCopies(loaded)
        (places, isFrozen) = (nil, false)
        try loader.requireDocuments(documents, files: files, patterns: patterns)
    }

    /// Documents that were read before, with the choice of parsers that read them: there is no other.
    ///
    /// - Parameter loaded: the same with their places, copies included; empty where nobody asks who sees which.
    init(
        frozen documents: [Document], loaded: [LoadedDocument] = [], parsers: [String: String],
        space: [String: JSONValue], diagnostics: DiagnosticCollector
    ) throws {
        settings = .usual
        self.diagnostics = diagnostics
        loader = DocumentLoader(diagnostics: diagnostics)
        files = []
        self.parsers = [:]
        self.space = space.filter { !$0.key.hasPrefix(ParserChoice.parameter(of: "")) }
        standard = ParserChoice(parsers)
        self.documents = documents
        self.loaded = loaded
        (exclusions, places, isFrozen) = (.none, nil, true)
    }

    /// The same with some of the documents only, as if there were no other files.
    ///
    /// Which of equal files stays, which formats there are, and so what a search may choose among, is found out anew. Who
    /// may see a document is nothing that its readers are told.
    init(keeping places: Set<DocumentPlace>, of whole: ProjectDocuments) throws {
        let named = Set(places.map(\.file))
        exclusions = whole.exclusions
        (settings, diagnostics, self.places) = (whole.settings, DiagnosticCollector(), places)
        loader = whole.loader.reporting(to: diagnostics)
        files = whole.files.filter { named.contains($0.relativePath) }
        isFrozen = whole.isFrozen
        if isFrozen {
            (parsers, space, standard) = (whole.parsers, whole.space, whole.standard)
        } else {
            (parsers, space) = try Self.parsers(loader.formats(of: files), settings, whole.space, diagnostics)
            standard = ParserChoice(parsers.compactMapValues(\.first))
        }
        loaded = whole.loaded.filter { places.contains($0.place) }.map(Self.withoutReaders)
        documents = loader.withoutCopies(loaded)
    }

    private static func withoutReaders(_ loaded: LoadedDocument) -> LoadedDocument {
        var loaded = loaded
        loaded.document.metadata[AccessRules.key] = nil
        return loaded
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
        let again = try await readAgain(choice)
        return documents.filter { !again.ids.contains($0.id) } + again.withoutCopies
    }

    /// The same, copies included.
    func loaded(_ choice: ParserChoice) async throws -> [LoadedDocument] {
        let again = try await readAgain(choice)
        return loaded.filter { !again.ids.contains($0.document.id) } + again.all
    }

    /// What another choice reads otherwise.
    private struct ReadAgain {
        var ids: Set<DocumentID>
        var all: [LoadedDocument]
        var withoutCopies: [Document]
    }

    private func readAgain(_ choice: ParserChoice) async throws -> ReadAgain {
        for (format, name) in choice.names { _ = try FileParser(name: name, format: format) }
        let changed = Set(choice.names.filter { standard.names[$0.key] != $0.value }.keys)
        let again = files.filter { file in
            DocumentKind(path: file.path, foreign: settings.foreignFormats)?.format.map(changed.contains) == true
        }
        let own = DiagnosticCollector()
        let reader = loader.reporting(to: own)
        var all = try await reader.loadAll(again, choice: choice).filter { !exclusions.contains($0.document) }
        if let places { all = all.filter { places.contains($0.place) }.map(Self.withoutReaders) }
        let read = reader.withoutCopies(all)
        let known = Set(diagnostics.all)
        for diagnostic in own.all where !known.contains(diagnostic) { diagnostics.add(diagnostic) }
        return ReadAgain(ids: Set(again.map(\.id)), all: all, withoutCopies: read)
    }
}
