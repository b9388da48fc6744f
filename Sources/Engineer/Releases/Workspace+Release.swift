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

extension Workspace {
    /// Opens a release from its folder alone: the documents that it was made from may be gone.
    ///
    /// - Parameters:
    ///   - project: whose questions it is measured on; nil where it is only served.
    /// - Throws: `EngineerError` with the code `release` where a file is not as it was, or a model is another one.
    @concurrent
    package static func open(
        release folder: ReleaseFolder, of project: Project? = nil, ports: Ports
    ) async throws -> Workspace {
        try await ReleaseVerification.run(folder).require()
        let does = try folder.configuration()
        let yaml = String(decoding: try folder.read("neo.yaml"), as: UTF8.self)
        var file = try ProjectFile(
            yaml: yaml, file: folder.file("neo.yaml"), folderName: folder.manifest.project)
        file.name = folder.manifest.project
        file.encoders = folder.settings(file.encoders, role: "encoder")
        file.rerankers = folder.settings(file.rerankers, role: "reranker")
        if let project {
            // Where questions stand, and what is demanded, is the project's to say: it may have changed since.
            file.golden = project.path(project.file.golden)
            file.objective = project.file.objective
            file.constraints = project.file.constraints
            // A right that was taken away counts for releases that were made before, too. Where all rules were taken out of
            // neo.yaml, those of the release go on.
            file.access = project.file.access ?? file.access
        }
        // Without any rule only what a document itself says opens it.
        if folder.manifest.namesReaders, file.access == nil { file.access = AccessRules(rules: []) }
        let diagnostics = DiagnosticCollector()
        let scratch = project?.cachePath ?? folder.scratchPath
        let cache = StageCache(directory: scratch, limitBytes: cacheBytes, diagnostics: diagnostics)
        let kept = try folder.documents()
        let loaded =
            folder.manifest.namesReaders
            ? try ReleaseReaders.loaded(try folder.read(ReleaseReaders.fileName), kept: kept) : []
        let documents = try ProjectDocuments(
            frozen: kept, loaded: loaded, parsers: does.parsers, space: file.space, diagnostics: diagnostics)
        let frozen = Project(folder: project?.folder ?? folder.path, file: file)
        let vectors = try folder.vectors()
        var models = ModelLoading(project: frozen, ports: folder.ports(ports), cache: cache)
        models.vectors = vectors
        models.encodesEach = folder.manifest.namesReaders
        return try assembled(
            frozen, documents, models: models, cache: cache, diagnostics: diagnostics, ports: ports,
            language: TextLanguage(named: does.language))
    }
}

extension ReleaseFolder {
    /// What it does.
    package func configuration() throws(EngineerError) -> ReleaseConfiguration {
        let bytes = try read(ReleaseConfiguration.fileName)
        do {
            return try JSONValue(parsing: bytes, maximumDepth: 32).decoded(as: ReleaseConfiguration.self)
        } catch {
            throw EngineerError(
                code: .release, message: "\(file(ReleaseConfiguration.fileName)) cannot be read.", cause: error)
        }
    }

    /// The documents, as they were parsed.
    fileprivate func documents() throws -> [Document] {
        try read("documents.jsonl").split(separator: UInt8(ascii: "\n")).map { line in
            try JSONValue(parsing: Array(line), maximumDepth: 64).decoded(as: Document.self)
        }
    }

    /// The vectors of all passages; nil of a release that needs none.
    fileprivate func vectors() throws -> KeptVectors? {
        guard manifest.files.contains(where: { $0.path == ReleaseIndex.facts }) else { return nil }
        let facts = try JSONValue(parsing: read(ReleaseIndex.facts), maximumDepth: 8)
        guard
            let kept = KeptVectors(
                columns: facts["columns"]?.integer ?? 0, names: try read(ReleaseIndex.names),
                values: try read(ReleaseIndex.values))
        else {
            throw EngineerError(
                code: .release, message: "\(file(ReleaseIndex.values)) does not have the size that its facts say.")
        }
        return kept
    }

    /// The models of `neo.yaml` that it asks, where it has them.
    fileprivate func settings(_ settings: [ModelSetting], role: String) -> [ModelSetting] {
        settings.compactMap { setting in
            guard let model = manifest.models.first(where: { $0.name == setting.name && $0.role == role }) else {
                return nil
            }
            var setting = setting
            if let folder = model.folder { setting.source = .folder(file(folder)) }
            return setting
        }
    }

    /// The same ports, which give no other weights than those that it was measured with.
    fileprivate func ports(_ ports: Workspace.Ports) -> Workspace.Ports {
        var checked = ports
        let (models, path, number) = (manifest.models, path, manifest.release)
        let check: @Sendable (Workspace.ModelFiles, String) throws -> Workspace.ModelFiles = { files, name in
            guard models.contains(where: { $0.weights == files.identity }) else {
                throw EngineerError(
                    code: .release,
                    message: "Release \(number) was measured with other weights of \(name) than this machine has "
                        + "(\(files.identity)). Fetch those with `neo models pull`, or make a new release.")
            }
            return files
        }
        checked.storedModel = { try check(try ports.storedModel($0), $0) }
        checked.modelFolder = { folder in
            if let model = models.first(where: { $0.folder.map { "\(path)/\($0)" } == folder }),
                let weights = model.weights
            {
                return Workspace.ModelFiles(folder: folder, identity: weights)
            }
            return try check(try ports.modelFolder(folder), folder)
        }
        return checked
    }

    /// Where a release that belongs to no project keeps what it may lose.
    fileprivate var scratchPath: String {
        FileManager.default.temporaryDirectory.path() + "/neo-release-\(identity.hash.short)"
    }
}

/// The files of a release's index.
enum ReleaseIndex {
    static let facts = "index/vectors.json"
    static let names = "index/vectors.names"
    static let values = "index/vectors.f32"
}
