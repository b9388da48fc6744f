internal import AutoML
internal import Base
internal import Documents
internal import RAG
internal import Retrieval
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What goes into a release.
struct ReleaseContent {
    let project: Project
    let results: SearchResults
    let workspace: Workspace
    let options: ReleaseBuilder.Options
    let ports: Workspace.Ports
    let number: Int
    let created: String

    /// What the search chose: the way of answering, where it found one, else the winner.
    var configuration: Configuration {
        results.answers?.chosen ?? results.trials.first { $0.number == results.winner }?.configuration
            ?? Configuration()
    }

    /// The program that it brings along.
    private var program: ProgramFile? { options.program.map(ProgramFile.init(path:)) }

    /// What its maker must know.
    var warnings: [String] {
        var warnings = documentWarnings
        if let path = options.program, program?.needsSwift == true {
            warnings.append(
                "\(path) asks for Swift's own libraries, so it starts only where Swift is installed. `scripts/release-program` in "
                    + "Neo's sources builds one that does not.")
        }
        return warnings
    }

    private var documentWarnings: [String] {
        let written = FileManager.default.contents(atPath: project.path("manifest.json"))
            .flatMap { try? JSONValue(parsing: $0) }
        guard let hash = written?["hashes"]?["documents"]?.string, hash != workspace.corpus.hash.hex else { return [] }
        return [
            "The documents changed since the search: the release answers from those of now, and its figures are of those "
                + "of then. `neo search` measures them again."
        ]
    }

    /// Writes all files; the manifest, which names them all, last.
    func write(
        to folder: DurableFolder, service: LiveService, vectors: KeptVectors
    ) async throws -> ReleaseManifest {
        let library = try await workspace.corpora.library(workspace.corpora.choice(of: configuration))
        var files = ReleaseFiles(folder: folder)
        let does = ReleaseConfiguration(
            configuration: configuration, parsers: workspace.corpora.choice(of: configuration).names,
            language: workspace.library.language.name,
            isWritten: results.answers?.writes ?? false)
        try files.write(JSONValue(encoding: does).prettyText + "\n", to: ReleaseConfiguration.fileName)
        try files.copy(project.path("neo.yaml"), to: "neo.yaml")
        var rows: [UInt8] = []
        for document in library.corpus.documents {
            rows += Array(try JSONValue(encoding: document).canonicalText.utf8) + [UInt8(ascii: "\n")]
        }
        try files.write(rows, to: "documents.jsonl")
        if project.file.access != nil {
            let loaded = try await workspace.documents.loaded(workspace.corpora.choice(of: configuration))
            try files.write(
                try ReleaseReaders.bytes(loaded, kept: library.corpus.documents), to: ReleaseReaders.fileName)
        }
        if vectors.rows > 0 {
            try files.write(vectors.nameBytes, to: ReleaseIndex.names)
            try files.write(vectors.valueBytes, to: ReleaseIndex.values)
            let facts: JSONValue = ["columns": .integer(vectors.columns), "rows": .integer(vectors.rows)]
            try files.write(facts.prettyText + "\n", to: ReleaseIndex.facts)
        }
        try files.write(options.interface.prettyText + "\n", to: "openapi.json")
        let models = try ReleaseModels(project: project, configuration: configuration, ports: ports)
            .write(to: &files, isCopied: options.copiesModels)
        let manifest = manifest(models, documents: library.corpus)
        try await ReleaseTestFiles(project: project, service: service, isWritten: does.isWritten).write(to: &files)
        let requirements = try? RequirementsFile(of: project).document
        try files.write(
            ModelCard(results: results, requirements: requirements, manifest: manifest, does: does).text,
            to: "MODEL_CARD.md")
        try files.write(
            ReleaseRunbook(manifest: manifest, hasReaders: project.file.access != nil).text, to: "RUNBOOK.md")
        try files.write(ReleaseUserGuide(manifest: manifest, interface: options.interface).text, to: "USER_GUIDE.md")
        try DeploymentFiles(number: number, program: program, computesModels: !models.isEmpty).write(to: &files)
        // A program that opens the folder by itself knows of no readers.
        if project.file.access == nil { try CodePackage(number: number, neo: options.version).write(to: &files) }
        if let program = options.program { try files.copy(program, to: "bin/neo", isExecutable: true) }
        // For who has no Neo: `sha256sum -c`.
        try files.write(files.sums, to: "SHA256SUMS")
        var whole = manifest
        whole.files = files.all
        if whole.namesReaders { whole.format = ReleaseManifest.formatWithReaders }
        try folder.write(Array(whole.text.utf8), to: ReleaseManifest.fileName)
        return whole
    }

    private func manifest(_ models: [ReleaseManifest.Model], documents: Corpus) -> ReleaseManifest {
        let verdict = results.verdict
        var hashes: [String: String] = [
            "documents": documents.hash.hex, "configuration": configuration.hash.hex,
        ]
        for (name, path) in [
            ("neo.yaml", "neo.yaml"), ("golden", project.file.golden), ("requirements", "requirements.md"),
            ("design", "design.md"),
        ] {
            hashes[name] = Manifest.fileHash(project.path(path)).string
        }
        return ReleaseManifest(
            release: number, project: project.file.name, created: created, neo: options.version, swift: swiftVersion,
            study: results.study, trial: results.winner, language: workspace.library.language.name,
            generator: results.answers.flatMap { $0.writes ? $0.chosen["generator"]?.string : nil },
            documents: documents.documents.count,
            hashes: hashes, models: models,
            measured: ReleaseManifest.Score(
                kind: verdict.kind.rawValue, objective: results.objective.metric, questions: verdict.questions,
                value: verdict.winner.value, lower: verdict.winner.lower, upper: verdict.winner.upper),
            machine: Manifest.machine, files: [])
    }
}

/// The files of a release that is being written, with their hashes.
struct ReleaseFiles {
    let folder: DurableFolder
    private(set) var all: [ReleaseManifest.File] = []

    init(folder: DurableFolder) {
        self.folder = folder
    }

    /// As `sha256sum` writes them.
    var sums: String { all.map { "\($0.sha256.hex)  \($0.path)\n" }.joined() }

    mutating func write(_ text: String, to name: String, isExecutable: Bool = false) throws {
        try write(Array(text.utf8), to: name, isExecutable: isExecutable)
    }

    mutating func write(_ bytes: [UInt8], to name: String, isExecutable: Bool = false) throws {
        try folder.write(bytes, to: name, isExecutable: isExecutable)
        add(name, ContentHash(of: Data(bytes)), bytes.count)
    }

    mutating func copy(_ source: String, to name: String, isExecutable: Bool = false) throws {
        try folder.copy(source, to: name, isExecutable: isExecutable)
        let written = try FileHash.sha256(of: "\(folder.path)/\(name)")
        add(name, written.hash, written.bytes)
    }

    private mutating func add(_ name: String, _ hash: ContentHash, _ bytes: Int) {
        all.append(ReleaseManifest.File(path: name, bytes: bytes, sha256: hash))
        all.sort { $0.path < $1.path }
    }
}
