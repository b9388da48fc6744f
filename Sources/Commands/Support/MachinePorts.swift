internal import Base
internal import Downloads
internal import Engineer
internal import LanguageModelClients
internal import Processes
internal import Synchronization

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension Workspace.Ports {
    /// The machine's, showing what takes long.
    static func machine(
        uses: EndpointUses, models: MachineLanguageModels? = nil, showing progress: ProgressLine
    ) -> Workspace.Ports {
        machine(uses: uses, models: models, onParsing: progress.parsing) { done, all in
            if all > 512 { progress.update("encoding passages: \(done) of \(all)") }
        }
    }

    /// Encoders from the machine's model store, and models that are served.
    ///
    /// - Parameters:
    ///   - uses: hears of the models that are asked.
    ///   - models: the language models; none can be asked without.
    static func machine(
        uses: EndpointUses = EndpointUses(), models: MachineLanguageModels? = nil,
        onParsing: @escaping @Sendable (String) -> Void = { _ in },
        onEncoding: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
    ) -> Workspace.Ports {
        let store = ModelStore.machine
        let environment = ProcessInfo.processInfo.environment
        let proxies = ProxySettings(environment: environment)
        var ports = Workspace.Ports(
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
                let embedder = try await EndpointEmbedder.connect(to: endpoint, proxies: proxies)
                uses.add(endpoint.identity) { embedder.usage }
                return embedder
            },
            reranker: { setting in
                let endpoint = try ModelEndpoint(setting, environment: environment)
                let reranker = try EndpointReranker(endpoint, proxies: proxies)
                uses.add(reranker.identity) { reranker.usage }
                return reranker
            },
            external: Workspace.externals(environment: environment, proxies: proxies),
            uses: { uses.all },
            threads: processorCount,
            onEncoding: onEncoding,
            onParsing: onParsing
        )
        if let models { ports.languageModel = { try await models.model($0, for: $1) } }
        return ports
    }
}

/// The models that a command asked, and what that cost.
final class EndpointUses: Sendable {
    private let state = Mutex<[(name: String, usage: @Sendable () -> ModelUsage)]>([])

    /// Adds a model.
    func add(_ name: String, _ usage: @escaping @Sendable () -> ModelUsage) {
        state.withLock { $0.append((name, usage)) }
    }

    /// What each of them was asked; what was in the cache was not asked for.
    var all: [ModelUse] {
        state.withLock { $0 }.map { use in
            let usage = use.usage()
            return ModelUse(
                model: use.name, requests: usage.requests, uncountedRequests: usage.uncountedRequests,
                tokens: usage.tokens, dollars: usage.dollars)
        }
    }

    /// A sentence for each of them.
    var sentences: [String] { all.map(\.sentence) }
}
