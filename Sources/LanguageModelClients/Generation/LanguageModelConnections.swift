package import Downloads

/// Connections to endpoints that stay open between calls, for as long as somebody works.
///
/// ```swift
/// try await LanguageModelConnections.with { connections in
///     let model = try await connections.model(at: endpoint)
/// }  // all are closed here
/// ```
package actor LanguageModelConnections {
    private struct Connection {
        var model: EndpointLanguageModel
        var task: Task<Void, Never>
    }

    private let proxies: ProxySettings
    private var open: [String: Connection] = [:]

    private init(proxies: ProxySettings) { self.proxies = proxies }

    /// Hands out connections while `body` works, and closes them behind it.
    @concurrent
    package static func with<Result: Sendable>(
        proxies: ProxySettings = ProxySettings(),
        _ body: @Sendable (LanguageModelConnections) async throws -> Result
    ) async throws -> Result {
        let connections = LanguageModelConnections(proxies: proxies)
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await body(connections)) } catch { result = .failure(error) }
        await connections.close()
        return try result.get()
    }

    /// A model behind an endpoint; the same connection for the same name.
    ///
    /// - Parameter name: names endpoint, model and key among all that are asked for here.
    /// - Throws: `LanguageModelError` where the address, or the way to it, makes no sense.
    package func model(_ name: String, at endpoint: LanguageModelEndpoint) async throws -> EndpointLanguageModel {
        if let known = open[name] { return known.model }
        let (models, handOver) = AsyncThrowingStream<EndpointLanguageModel, any Error>.makeStream()
        let task = Task { [proxies] in
            do {
                try await EndpointLanguageModel.with(endpoint, proxies: proxies) { model in
                    handOver.yield(model)
                    // Until the task is cancelled: whoever closes the connections says so.
                    for await _ in AsyncStream<Void>(Void.self, { _ in }) {}
                }
            } catch {
                handOver.finish(throwing: error)
            }
        }
        for try await model in models {
            // Somebody else may have been faster in the meantime.
            if let known = open[name] {
                task.cancel()
                return known.model
            }
            open[name] = Connection(model: model, task: task)
            return model
        }
        throw CancellationError()
    }

    /// Closes the connection of a name, such as that of a server that has moved.
    package func close(_ name: String) {
        open.removeValue(forKey: name)?.task.cancel()
    }

    private func close() async {
        let all = open.values
        open = [:]
        for connection in all { connection.task.cancel() }
        for connection in all { await connection.task.value }
    }
}
