internal import ArgumentParser
internal import Base
internal import Engineer
internal import LanguageModelClients
internal import LanguageModels
internal import Storage

/// What is written down of a project's calls of language models: the ledger with its budgets, and the answers.
struct ModelBooks: Sendable {
    /// The budgets of `neo.yaml`, under the name that calls give.
    private static let budget = "neo.yaml"

    private let project: Project
    private let ledger: CallLedger
    private let answers: ResponseStore
    private let mode: RecordingMode
    private let diagnostics: DiagnosticCollector
    /// What this process has asked.
    fileprivate let tally = CallTally()

    /// Opens the books of a project.
    init(_ project: Project, mode: RecordingMode, diagnostics: DiagnosticCollector) async throws {
        try project.prepareStateFolder()
        self.project = project
        self.mode = mode
        self.diagnostics = diagnostics
        ledger = try await CallLedger(NeoDatabase(path: project.databasePath))
        answers = ResponseStore(path: project.path(".neo/responses.db"), diagnostics: diagnostics)
        for unit in BudgetUnit.allCases {
            try await ledger.setBudget(Self.budget, unit, to: project.file.budgets[unit.rawValue])
        }
    }

    /// The model with all that it is asked written down, and held to the budgets; a question that was answered before
    /// costs nothing.
    func kept(
        _ model: any LanguageModel, _ reference: ModelReference, api: EndpointEntry.API, price: ModelPrice?,
        for use: ModelUsePurpose
    ) -> any LanguageModel {
        let meter = meter(use.role, endpoint: reference.endpoint, model: reference.model, price: price)
        // What runs here is told apart by its weights, what is served elsewhere by its name.
        let name = api == .local ? model.identity : reference.model
        return CachedLanguageModel(
            MeteredLanguageModel(model, by: meter), as: RecordedModel(family: api.rawValue, model: name), in: answers,
            mode: mode
        ) { _, response, milliseconds in
            await meter.recordHit(response, milliseconds: milliseconds)
        }
    }

    /// Writes down what an embedder or a reranker is asked, and holds it to the budgets.
    func meter(_ role: ModelRole, of endpoint: ModelEndpoint) -> EndpointMeter {
        EndpointMeter(
            meter(
                role, endpoint: endpoint.url, model: endpoint.model ?? endpoint.url,
                price: EndpointMeter.price(endpoint.dollarsPerMillionTokens), allowsUnknownPrice: true))
    }

    private func meter(
        _ role: ModelRole, endpoint: String, model: String, price: ModelPrice?, allowsUnknownPrice: Bool = false
    ) -> CallMeter {
        var limits = CallMeter.Limits(budgets: [Self.budget])
        limits.allowsUnknownPrice = allowsUnknownPrice
        return CallMeter(
            ledger, CallPurpose(project: project.file.name, role: role.rawValue), endpoint: endpoint, model: model,
            price: price, limits: limits, tally: tally, diagnostics: diagnostics)
    }

    /// Waits until all is written down.
    fileprivate func close() async { await ledger.drain() }
}

/// Opens a project's books when the first model is asked: whoever asks none makes no file.
actor ModelBookshelf {
    private let project: Project
    private let mode: RecordingMode
    private let diagnostics: DiagnosticCollector
    private var opening: Task<ModelBooks, any Error>?

    init(_ project: Project, mode: RecordingMode, diagnostics: DiagnosticCollector) {
        self.project = project
        self.mode = mode
        self.diagnostics = diagnostics
    }

    /// The books.
    func books() async throws -> ModelBooks {
        let (project, mode, diagnostics) = (project, mode, diagnostics)
        let task = opening ?? Task { try await ModelBooks(project, mode: mode, diagnostics: diagnostics) }
        opening = task
        return try await task.value
    }

    /// A sentence for each model that was asked.
    func sentences() async -> [String] {
        guard let books = await (try? opening?.value) else { return [] }
        await books.close()
        return books.tally.totals.filter { $0.calls > $0.cacheHits }.map { ModelUse($0).sentence }
    }

    /// Waits until all is written down.
    func close() async { await (try? opening?.value)?.close() }
}

/// Whether recorded answers are used.
struct RecordingOptions: ParsableArguments {
    @Flag(help: "Ask language models anew, also what they answered before.")
    var noCache = false

    @Flag(help: "Ask no language model: an answer that is not recorded is an error.")
    var replayOnly = false

    var mode: RecordingMode { replayOnly ? .replayOnly : noCache ? .record : .use }

    func validate() throws {
        guard !(noCache && replayOnly) else {
            throw ValidationError("--no-cache asks for all, and --replay-only for nothing; give one of them.")
        }
    }
}
