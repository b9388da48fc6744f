internal import Agents
internal import Base
internal import Downloads
internal import Engineer
internal import LanguageModelClients
internal import LanguageModels
internal import RAG
internal import Telemetry

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The language models that this user can ask: those of `config.yaml`, and those that run on this machine.
struct MachineLanguageModels: Sendable {
    let configuration: ModelsConfiguration
    private let connections: LanguageModelConnections
    private let runtime: LocalModelRuntime
    private let environment: [String: String]
    private let waiting: @Sendable (String) -> Void
    private let prices: PriceList
    private let shelf: ModelBookshelf?

    /// Opens them while `body` works.
    ///
    /// - Parameters:
    ///   - project: where all that is asked is written down; nowhere, where nil.
    ///   - mode: whether recorded answers are used.
    ///   - progress: shows when a model of this machine is being loaded.
    @concurrent
    static func with<Result: Sendable>(
        for project: Project? = nil, mode: RecordingMode = .use,
        environment: [String: String] = ProcessInfo.processInfo.environment, showing progress: ProgressLine,
        _ body: @Sendable (MachineLanguageModels) async throws -> Result
    ) async throws -> Result {
        let configuration = try ModelsConfiguration.read(environment)
        let waiting: @Sendable (String) -> Void = { progress.update($0) }
        let diagnostics = DiagnosticCollector()
        let shelf = project.map { ModelBookshelf($0, mode: mode, diagnostics: diagnostics) }
        let result: Swift.Result<Result, any Error>
        do {
            let opened = try await LanguageModelConnections.with(proxies: ProxySettings(environment: environment)) {
                try await body(
                    MachineLanguageModels(
                        configuration: configuration, connections: $0, runtime: .machine(progress: waiting),
                        environment: environment, waiting: waiting, prices: PriceList(configuration), shelf: shelf))
            }
            result = .success(opened)
        } catch {
            result = .failure(error)
        }
        // What was asked is written down also where the work failed.
        await shelf?.close()
        for diagnostic in diagnostics.all { progress.line(diagnostic.text) }
        return try result.get()
    }

    /// Who answers, by what `--generator` says: as the last search chose, where it says nothing.
    func answering(_ text: String?) async throws -> Release.Answering {
        switch text {
        case nil: .asSearched
        case "none": .quotes
        case let name?: .written(Generator(model: try await model(name, for: ModelUsePurpose(.generator))))
        }
    }

    /// The model that a text names, a role, `ENDPOINT/MODEL`, or a model of this machine, with what it is asked written
    /// down in the project's books.
    ///
    /// - Parameter stopsAtCall: whether an agent's answer ends behind the first call that is written into its text.
    func model(
        _ text: String, for purpose: ModelUsePurpose, stopsAtCall: Bool = false
    ) async throws -> any LanguageModel {
        let reference = try configuration.reference(text)
        let model = try await model(reference)
        let api = try configuration.endpoint(reference.endpoint).api
        let kept = try await shelf?.books().kept(
            model, reference, api: api, price: price(of: reference), for: purpose)
        // Before all else, so that what is recorded is what the server was asked and said.
        guard purpose.role == .agent else { return kept ?? model }
        return try toolCalls(of: reference).applied(to: kept ?? model, stopsAtCall: stopsAtCall)
    }

    /// How a model takes tools: as `config.yaml` says, or as is known of its family or its server.
    func toolCalls(of reference: ModelReference) throws -> ToolCallStyle {
        let entry = try configuration.endpoint(reference.endpoint)
        if let style = entry.toolCalls { return style }
        return entry.api == .local ? LocalModelFamily.of(reference.model).toolCalls : entry.api.usualToolCalls
    }

    /// Who writes down what an embedder or a reranker is asked; nobody, where there are no books.
    func meter(_ role: ModelRole, of endpoint: ModelEndpoint) async throws -> EndpointMeter? {
        try await shelf?.books().meter(role, of: endpoint)
    }

    /// A sentence for each model that was asked so far.
    func sentences() async -> [String] { await shelf?.sentences() ?? [] }

    /// What a model costs; nothing on this machine, and nil where nobody said.
    func price(of reference: ModelReference) -> ModelPrice? {
        guard let entry = configuration.endpoints[reference.endpoint] else { return nil }
        return prices.price(of: reference.model, endpoint: reference.endpoint, url: entry.url ?? "")
            ?? (entry.api == .local ? .local : nil)
    }

    /// How much a model can read: as `config.yaml` says, as its server is started on this machine, or as its server lists it.
    func window(of reference: ModelReference) async throws -> ContextWindow {
        let entry = try configuration.endpoint(reference.endpoint)
        let header =
            entry.api == .local ? ModelStore.machine.list().first { $0.entry.name == reference.model }?.header : nil
        let usual =
            entry.api == .local ? min(8_192, header?.contextLength ?? 8_192) : ContextWindow.usualTokens
        var tokens = entry.context
        if tokens == nil, entry.api != .local {
            let endpoint = try endpoint(reference.endpoint, serving: reference.model)
            tokens = await (try? connections.model(reference.description, at: endpoint))?.contextTokens()
        }
        let known = tokens ?? usual
        return ContextWindow(tokens: known, answerTokens: min(8_192, known / 4))
    }

    /// A model. Nothing is asked yet, and a model of this machine is not started before it is asked.
    func model(_ reference: ModelReference) async throws -> any LanguageModel {
        let entry = try configuration.endpoint(reference.endpoint)
        if entry.api == .local {
            let generator = try local(reference.model)
            let model = LocalLanguageModel(
                generator.name, file: generator.file, identity: generator.identity, runtime: runtime,
                connections: connections, waiting: waiting)
            return TracedLanguageModel(model, as: ServedModel(provider: "llama.cpp", name: generator.name))
        }
        let endpoint = try endpoint(reference.endpoint, serving: reference.model)
        return TracedLanguageModel(
            try await connections.model(reference.description, at: endpoint),
            as: ServedModel(at: endpoint.url, name: reference.model, provider: entry.api.provider))
    }

    /// The names of the models that an endpoint says it serves, in its order.
    ///
    /// - Throws: a sentence where it lists none.
    func names(at name: String) async throws -> [String] {
        try await connections.model(name, at: try endpoint(name, serving: nil)).models()
    }

    private func endpoint(_ name: String, serving model: String?) throws -> LanguageModelEndpoint {
        let entry = try configuration.endpoint(name)
        let secrets = EndpointSecrets(path: configuration.path, environment: environment)
        var endpoint = LanguageModelEndpoint(
            api: entry.api.protocolOfClients, url: entry.url ?? "", model: model, key: try secrets.key(of: name, entry),
            headers: try secrets.headers(of: name, entry),
            certificateAuthority: entry.certificates.map { Project.absolute($0) })
        endpoint.concurrentRequests = entry.concurrency ?? endpoint.concurrentRequests
        endpoint.timeLimitSeconds = entry.timeout.map(Int64.init) ?? endpoint.timeLimitSeconds
        return endpoint
    }

    /// Starts a model of this machine, which runs for as long as what is given back lives; nil where somebody else serves it.
    func load(_ reference: ModelReference) async throws -> LocalModelUse? {
        guard try configuration.endpoint(reference.endpoint).api == .local else { return nil }
        let generator = try local(reference.model)
        return try await runtime.use(generator.name, file: generator.file, waiting: waiting)
    }

    /// - Throws: a sentence which also names the endpoints where one may have been meant.
    private func local(_ model: String) throws -> LocalGenerator {
        do {
            return try LocalGenerator(model)
        } catch let error as DownloadsError where model.contains("/") {
            let names = configuration.endpoints.keys.sorted().joined(separator: ", ")
            throw EngineerError(
                code: .invalidConfiguration,
                // The cause would say the same again.
                message: "\(error.message) If an endpoint is meant: \(configuration.path) knows \(names).")
        }
    }
}

extension EndpointEntry.API {
    /// Who serves the model, where its address does not tell.
    fileprivate var provider: String {
        switch self {
        case .responses: "openai"
        case .local, .llamaServer: "llama.cpp"
        default: rawValue
        }
    }

    /// What the kind speaks; models of this machine are served by llama.cpp.
    fileprivate var protocolOfClients: LanguageModelEndpoint.API {
        switch self {
        case .openai: .chatCompletions(.openAI)
        case .responses: .responses
        case .anthropic: .anthropicMessages
        case .openrouter: .chatCompletions(.openRouter)
        case .ollama: .chatCompletions(.ollama)
        case .vllm: .chatCompletions(.vLLM)
        case .sglang: .chatCompletions(.sgLang)
        case .lmStudio: .chatCompletions(.lmStudio)
        case .llamaServer, .local: .chatCompletions(.llamaServer)
        }
    }
}

extension PriceList {
    /// The user's own prices, and the list prices behind them.
    init(_ configuration: ModelsConfiguration) {
        self.init(
            own: configuration.prices.mapValues {
                ModelPrice(
                    input: $0.input, cachedInput: $0.cachedInput, cacheCreation: $0.cacheWrite, output: $0.output,
                    source: configuration.path)
            })
    }
}
