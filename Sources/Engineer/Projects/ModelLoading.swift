internal import Base
internal import Encoders
internal import RAG
internal import Retrieval
internal import Storage

/// Loads the models that a project names, each when somebody first needs it.
struct ModelLoading: Sendable {
    let project: Project
    let ports: Workspace.Ports
    let cache: StageCache
    /// Vectors that are kept with a release; nil elsewhere.
    var vectors: KeptVectors?
    /// Whether each passage is encoded by itself: then who may not see others learns nothing of them from its vector.
    var encodesEach = false

    /// What `encoder` may name.
    ///
    /// - Parameter counting: an encoder that is there already, because tokens are counted by it.
    func encoders(counting: LocalEncoder?) -> NamedModels<PassageEncoder> {
        let (settings, cache, ports, vectors) = (project.file.encoders, cache, ports, vectors)
        let lanes = encodesEach ? ports.threads : nil
        return NamedModels(settings.map(\.name)) { name in
            guard let setting = settings.first(where: { $0.name == name }) else { throw Self.unknown(name) }
            let encoder: any TextEncoder =
                if let counting, counting.name == name { counting.encoder } else { try await encoder(setting) }
            return PassageEncoder(
                encoder: encoder, cache: cache, kept: vectors, lanes: lanes, progress: ports.onEncoding)
        }
    }

    /// What `reranker.model` may name.
    func rerankers() -> NamedModels<any PairScorer> {
        let (settings, cache) = (project.file.rerankers, cache)
        return NamedModels(settings.map(\.name)) { name in
            guard let setting = settings.first(where: { $0.name == name }) else { throw Self.unknown(name) }
            return CachedScorer(try await scorer(setting), cache: cache)
        }
    }

    /// What `query.transform` may name: the first model under `generator` writes them.
    func transforms() -> [String: any QueryTransform] {
        guard let model = project.file.generation.models.first?.name else { return [:] }
        let languageModel = ports.languageModel
        return Dictionary(
            uniqueKeysWithValues: WrittenQueries.Kind.allCases.map { kind in
                (
                    kind.rawValue,
                    WrittenQueries(kind, name: model, cache: cache) {
                        try await languageModel(model, ModelUsePurpose(.generator))
                    }
                )
            })
    }

    /// What `query.history: rewrite` asks: the first model under `generator`.
    func followUps() -> FollowUps? {
        guard let model = project.file.generation.models.first?.name else { return nil }
        let languageModel = ports.languageModel
        return FollowUps(cache: cache) { try await languageModel(model, ModelUsePurpose(.generator)) }
    }

    /// An encoder of this machine.
    struct LocalEncoder: Sendable {
        var name: String
        var encoder: SentenceEncoderAdapter
    }

    /// The first encoder that runs on this machine: it counts tokens, for all configurations alike. Without one, words
    /// are counted.
    func counting() throws -> LocalEncoder? {
        for setting in project.file.encoders {
            if let files = try files(of: setting) {
                return LocalEncoder(name: setting.name, encoder: try local(setting, files))
            }
        }
        return nil
    }

    private func encoder(_ setting: ModelSetting) async throws -> any TextEncoder {
        if case .endpoint(let endpoint) = setting.source {
            let encoder = try await ports.embedder(endpoint)
            return setting.prefixes.map { PrefixedEncoder(encoder, prefixes: $0) } ?? encoder
        }
        guard let files = try files(of: setting) else { throw Self.unknown(setting.name) }
        return try local(setting, files)
    }

    private func local(_ setting: ModelSetting, _ files: Workspace.ModelFiles) throws -> SentenceEncoderAdapter {
        try SentenceEncoderAdapter(
            folder: files.folder, identity: files.identity, precision: setting.precision, prefixes: setting.prefixes,
            threads: ports.threads)
    }

    private func scorer(_ setting: ModelSetting) async throws -> any PairScorer {
        if case .endpoint(let endpoint) = setting.source { return try await ports.reranker(endpoint) }
        guard let files = try files(of: setting) else { throw Self.unknown(setting.name) }
        return try CrossEncoderAdapter(
            folder: files.folder, identity: files.identity, precision: setting.precision, threads: ports.threads)
    }

    /// The files of a model that runs on this machine; nil for one that is served.
    private func files(of setting: ModelSetting) throws -> Workspace.ModelFiles? {
        switch setting.source {
        case .store(let name): try ports.storedModel(name)
        case .folder(let path): try ports.modelFolder(path.hasPrefix("~") ? Project.absolute(path) : project.path(path))
        case .endpoint: nil
        }
    }

    private static func unknown(_ name: String) -> EngineerError {
        EngineerError(code: .invalidProjectFile, message: "neo.yaml names no model \"\(name)\".")
    }
}
