internal import ArgumentParser
internal import Downloads
internal import LanguageModelClients
internal import LanguageModels

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Who judges.
struct JudgeArgument: ParsableArguments {
    @Option(help: "The judge: a model of `neo models list` that writes, or a GGUF file; it runs on this machine.")
    var judge: String?

    @Flag(help: "Let the judge judge answers that it wrote itself; the result says so.")
    var ownAnswers = false

    /// Opens the judge while `body` works.
    ///
    /// The one place that knows where a judge comes from. The role `judge` of the user's configuration belongs here, for
    /// where `--judge` is left out.
    func withModel<Result: Sendable>(
        progress: ProgressLine, _ body: @Sendable (any LanguageModel) async throws -> Result
    ) async throws -> Result {
        guard let judge else {
            throw ValidationError("Say who judges, such as --judge qwen2.5-coder-1.5b-instruct.")
        }
        let generator = try LocalGenerator(judge)
        let runtime = LocalModelRuntime.machine { progress.update($0) }
        let use = try await runtime.use(generator.name, file: generator.file) { progress.update($0) }
        let served = use.endpoint
        let endpoint = LanguageModelEndpoint(
            api: .chatCompletions(.llamaServer), url: served.url, model: served.model, key: served.key,
            concurrentRequests: 1)
        let proxies = ProxySettings(environment: ProcessInfo.processInfo.environment)
        // The server runs for as long as somebody holds the right to it.
        defer { withExtendedLifetime(use) {} }
        return try await EndpointLanguageModel.with(endpoint, proxies: proxies) { try await body($0) }
    }
}
