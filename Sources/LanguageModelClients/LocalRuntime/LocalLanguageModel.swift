internal import Base
package import LanguageModels
internal import Synchronization

/// A model that runs on this machine: its server is started by the first request, and runs on while this lives.
package final class LocalLanguageModel: LanguageModel {
    package let identity: String
    private let server: Server
    private let extraFields: [String: JSONValue]
    private let connections: LanguageModelConnections

    /// A model; nothing is started yet.
    ///
    /// - Parameters:
    ///   - name: what it is called in requests and reports.
    ///   - file: its GGUF file.
    ///   - identity: names the model and its file's content in cache keys.
    ///   - waiting: hears when the model is being loaded.
    package init(
        _ name: String, file: String, identity: String, runtime: LocalModelRuntime,
        connections: LanguageModelConnections,
        waiting: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.identity = "local:\(identity)"
        extraFields = LocalModelFamily.of(name).extraFields
        server = Server { try await runtime.use(name, file: file, waiting: waiting) }
        self.connections = connections
    }

    @concurrent
    package func respond(to request: LanguageModelRequest) async throws -> LanguageModelResponse {
        try await model().respond(to: request)
    }

    package func stream(_ request: LanguageModelRequest) -> LanguageModelStream {
        LanguageModelStream { Events(local: self, request: request) }
    }

    /// After a crash the server has another port, and a key of its own.
    private func model() async throws -> EndpointLanguageModel {
        let endpoint: ModelEndpoint
        do {
            endpoint = try await server.use().endpoint
        } catch let error as LocalRuntimeError {
            throw LanguageModelError(.unreachable, error.message, cause: error)
        }
        return try await connections.model(
            endpoint.url,
            at: LanguageModelEndpoint(
                api: .chatCompletions(.llamaServer), url: endpoint.url, model: endpoint.model, key: endpoint.key,
                extraFields: extraFields,
                // It answers one at a time; who waits here does not run into the time limit of the answer.
                concurrentRequests: 1, attempts: 3, timeLimitSeconds: 1_800))
    }

    /// Starts once, however many ask.
    private actor Server {
        private let start: @Sendable () async throws -> LocalModelUse
        private var starting: Task<LocalModelUse, any Error>?

        init(_ start: @escaping @Sendable () async throws -> LocalModelUse) { self.start = start }

        func use() async throws -> LocalModelUse {
            let task = starting ?? Task { [start] in try await start() }
            starting = task
            do {
                return try await task.value
            } catch {
                // The next request may be luckier: memory may have become free.
                if starting == task { starting = nil }
                throw error
            }
        }
    }

    private struct Events: AsyncIteratorProtocol {
        let local: LocalLanguageModel
        let request: LanguageModelRequest
        var events: LanguageModelStream.AsyncIterator?

        mutating func next() async throws -> LanguageModelEvent? {
            if events == nil { events = try await local.model().stream(request).makeAsyncIterator() }
            return try await events?.next()
        }
    }
}
