internal import Base
internal import Documents
internal import Retrieval
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension DocumentSurvey {
    /// So many files are in memory at a time.
    private static let batch = 64

    /// Reads a project's documents, or takes what was kept where no file has changed.
    ///
    /// - Parameter onParse: hears of each file for which a slow parser runs.
    /// - Throws: `DocumentsError` where no file can be found.
    @concurrent
    package static func of(
        _ project: Project, onParse: @escaping @Sendable (_ file: String) -> Void = { _ in }
    ) async throws -> DocumentSurvey {
        try project.prepareStateFolder()
        let diagnostics = DiagnosticCollector()
        let cache = StageCache(
            directory: project.cachePath, limitBytes: Workspace.cacheBytes, diagnostics: diagnostics)
        let settings = project.file.parsers
        let loader = DocumentLoader(
            diagnostics: diagnostics, settings: settings, folder: project.folder, cache: cache, onParse: onParse)
        let files = try loader.find(project.file.documents, base: project.folder)
        let (source, bytes) = identity(of: files, settings)
        if let kept = kept(in: project), kept.source == source { return kept }
        var survey = DocumentSurvey(source: source)
        survey.files = files.count
        survey.bytes = bytes
        for file in files {
            let kind = DocumentKind(path: file.path, foreign: settings.foreignFormats)?.name ?? "text"
            survey.formats[kind, default: 0] += 1
        }
        var reading = SurveyReading(survey)
        for start in stride(from: 0, to: files.count, by: batch) {
            try Task.checkCancellation()
            for document in try await loader.load(Array(files[start..<min(start + batch, files.count)])) {
                reading.add(document)
            }
        }
        survey = reading.finish(diagnostics.all)
        try AtomicFile.write(JSONValue(encoding: survey).prettyText + "\n", to: path(in: project))
        return survey
    }

    /// What a project's documents are, by names, sizes and times of their files, without reading them.
    static func source(of project: Project) throws -> ContentHash {
        let settings = project.file.parsers
        let loader = DocumentLoader(
            diagnostics: DiagnosticCollector(), settings: settings, folder: project.folder)
        return identity(of: try loader.find(project.file.documents, base: project.folder), settings).0
    }

    private static func path(in project: Project) -> String { project.path(".neo/survey.json") }

    /// What was found when the documents were read last, whatever they are now; nil where they never were.
    package static func kept(in project: Project) -> DocumentSurvey? {
        FileManager.default.contents(atPath: path(in: project))
            .flatMap { try? JSONValue(parsing: $0).decoded(as: DocumentSurvey.self) }
    }

    /// Whether the documents are as they were when they were read: by names, sizes and times.
    package func isCurrent(in project: Project) -> Bool {
        (try? Self.source(of: project)) == source
    }

    private static func identity(of files: [DocumentFile], _ settings: ParserSettings) -> (ContentHash, bytes: Int) {
        var hash = ContentHash.Builder()
        hash.add("\(version)")
        for format in settings.named.keys.sorted() {
            hash.add(format)
            hash.add(settings.parsers(of: format).map(\.name).joined(separator: "\n"))
        }
        var bytes = 0
        for file in files {
            let state = FileState(file.path)
            bytes += state?.bytes ?? 0
            hash.add("\(file.relativePath)\n\(state?.bytes ?? 0)\n\(state?.changed.timeIntervalSince1970 ?? 0)")
        }
        return (hash.finish(), bytes)
    }
}

/// What a survey has learnt so far; of each document it keeps numbers and a sketch.
private struct SurveyReading {
    private var survey: DocumentSurvey
    private var lengths: [Int] = []
    private var dates: [String] = []
    private var contents: [ContentHash: String] = [:]
    private var near = NearDuplicates()

    init(_ survey: DocumentSurvey) {
        self.survey = survey
    }

    mutating func add(_ document: Document) {
        let name = document.id.rawValue
        for alias in document.aliases { isCopy(alias.rawValue, of: name) }
        let content = ContentHash(of: document.text)
        if let original = contents[content] { return isCopy(name, of: original) }
        contents[content] = name
        let bytes = Array(document.text.utf8)
        survey.documents += 1
        lengths.append(document.text.unicodeScalars.count)
        survey.languages[document.language ?? "unknown", default: 0] += 1
        if let date = document.metadata["date"]?.string, date.utf8.count == 10 { dates.append(date) }
        if let sketch = MinHash(bytes), let original = near.add(name, sketch) {
            survey.nearCopies += 1
            example(name, original)
        }
        notePersonalData(PersonalData.all(in: bytes).filter(\.kind.isOfPerson), in: name)
    }

    func finish(_ diagnostics: [Diagnostic]) -> DocumentSurvey {
        var survey = survey
        let lengths = lengths.sorted()
        survey.characters = lengths.reduce(0, +)
        if let largest = lengths.last {
            survey.sizes = .init(
                median: lengths[(lengths.count - 1) / 2], ninetieth: lengths[(lengths.count - 1) * 9 / 10],
                largest: largest)
        }
        let dates = dates.sorted()
        if let oldest = dates.first, let newest = dates.last {
            survey.dates = .init(oldest: oldest, median: dates[(dates.count - 1) / 2], newest: newest)
        }
        let unread = diagnostics.filter { $0.file != nil && $0.message.contains("is left out") }
        survey.unread = unread.count
        survey.unreadExamples = unread.prefix(DocumentSurvey.examples).map {
            .init(file: $0.file ?? "", reason: $0.message)
        }
        return survey
    }

    private mutating func isCopy(_ name: String, of original: String) {
        survey.copies += 1
        example(name, original)
    }

    private mutating func example(_ name: String, _ original: String) {
        guard survey.copyExamples.count < DocumentSurvey.examples else { return }
        survey.copyExamples.append(.init(document: name, original: original))
    }

    private mutating func notePersonalData(_ found: [PersonalData], in name: String) {
        guard !found.isEmpty else { return }
        survey.personalDocuments += 1
        for kind in PersonalData.Kind.allCases {
            let lines = found.filter { $0.kind == kind }.map(\.line)
            guard !lines.isEmpty else { continue }
            let index = survey.personal.firstIndex { $0.kind == kind } ?? survey.personal.count
            if index == survey.personal.count { survey.personal.append(.init(kind: kind)) }
            survey.personal[index].count += lines.count
            survey.personal[index].documents += 1
            let free = DocumentSurvey.examples - survey.personal[index].places.count
            survey.personal[index].places += lines.prefix(max(0, free)).map { "\(name):\($0)" }
        }
    }
}
