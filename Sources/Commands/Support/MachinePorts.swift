internal import Base
internal import Downloads
internal import Engineer
internal import LanguageModelClients
internal import Processes

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension Workspace.Ports {
    /// The machine's, showing what takes long.
    static func machine(models: MachineLanguageModels, showing progress: ProgressLine) -> Workspace.Ports {
        machine(models: models, onParsing: progress.parsing) { done, all in
            if all > 512 { progress.update("encoding passages: \(done) of \(all)") }
        }
    }

    /// Encoders from the machine's model store, and models that are served.
    ///
    /// - Parameter models: the language models, and the books that all models that are served are written down in.
    static func machine(
        models: MachineLanguageModels,
        onParsing: @escaping @Sendable (String) -> Void = { _ in },
        onEncoding: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
    ) -> Workspace.Ports {
        let store = ModelStore.machine
        let environment = ProcessInfo.processInfo.environment
        let proxies = ProxySettings(environment: environment)
        return Workspace.Ports(
            storedModel: { name in
                let entry = try store.catalogue.entry(name)
                guard entry.generatorFile == nil else {
                    throw DownloadsError(
                        .unknownModel, "\(name) writes text; it makes no vectors and scores no passages.")
                }
                return Workspace.ModelFiles(folder: try store.folder(of: name), identity: entry.identity)
            },
            modelFolder: { path in
                Workspace.ModelFiles(folder: path, identity: try LocalModelFolder.identity(of: path))
            },
            embedder: { setting in
                let endpoint = try ModelEndpoint(setting, environment: environment)
                return try await EndpointEmbedder.connect(
                    to: endpoint, meter: models.meter(.embedding, of: endpoint), proxies: proxies)
            },
            reranker: { setting in
                let endpoint = try ModelEndpoint(setting, environment: environment)
                return try EndpointReranker(
                    endpoint, meter: try await models.meter(.reranker, of: endpoint), proxies: proxies)
            },
            languageModel: { try await models.model($0, for: $1) },
            external: Workspace.externals(environment: environment, proxies: proxies),
            threads: processorCount,
            onEncoding: onEncoding,
            onParsing: onParsing
        )
    }
}
