package import Downloads
package import LanguageModels

/// A language model that somebody serves.
package struct EndpointLanguageModel: LanguageModel {
    package let identity: String
    private let session: EndpointSession
    private let wire: any LanguageModelWire

    /// Connects while `body` works; nothing is asked yet. All requests share the endpoint's limit.
    ///
    /// - Parameters:
    ///   - pause: waits between attempts.
    ///   - jitter: a number in 0 ..< 1.
    /// - Throws: `LanguageModelError` where the address, or the way to it, makes no sense; what `body` throws.
    @concurrent
    package static func with<Result: Sendable>(
        _ endpoint: LanguageModelEndpoint, proxies: ProxySettings = ProxySettings(),
        pause: @escaping @Sendable (_ seconds: Double) async throws -> Void = {
            try await Task.sleep(for: .seconds($0))
        },
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        _ body: @Sendable (EndpointLanguageModel) async throws -> Result
    ) async throws -> Result {
        let wire = endpoint.wire
        let headers = endpoint.headers.merging(wire.headers(key: endpoint.key)) { own, _ in own }
        let settings = EndpointSettings(
            url: endpoint.url, headers: headers,
            openHeaders: wire.openHeaders, key: endpoint.key, proxies: proxies,
            certificateAuthority: endpoint.certificateAuthority, attempts: endpoint.attempts,
            seconds: endpoint.timeLimitSeconds,
            replyBytes: endpoint.replyBytes, concurrentRequests: endpoint.concurrentRequests, pause: pause,
            jitter: jitter)
        do {
            return try await EndpointSession.with(settings) { session in
                try await body(EndpointLanguageModel(identity: endpoint.identity, session: session, wire: wire))
            }
        } catch let error as EndpointError {
            throw LanguageModelError(error)
        }
    }

    @concurrent
    package func respond(to request: LanguageModelRequest) async throws -> LanguageModelResponse {
        let body = try wire.body(for: request, streaming: false)
        do {
            return try await session.post(wire.path, body) { [session, wire] reply in
                var answer = wire.emptyAnswer()
                do {
                    _ = try answer.add(whole: reply)
                } catch let problem as AnswerProblem {
                    throw problem.failure(session, wire.path)
                }
                return answer.response(to: request)
            }
        } catch let error as EndpointError {
            throw await ServedModels(session: session, wire: wire).explained(LanguageModelError(error))
        }
    }

    /// The names of the models that the endpoint serves, as it lists them.
    ///
    /// - Throws: `LanguageModelError` where it lists none, as some servers do.
    @concurrent
    package func models() async throws -> [String] {
        do {
            return try await ServedModels(session: session, wire: wire).names()
        } catch let error as EndpointError {
            throw LanguageModelError(error)
        }
    }

    /// How many tokens the model can read, as the endpoint lists it; nil where it does not say, or not soon.
    @concurrent
    package func contextTokens(seconds: Double = 3) async -> Int? {
        try? await ServedContext(session: session, wire: wire).tokens(seconds: seconds)
    }

    package func stream(_ request: LanguageModelRequest) -> LanguageModelStream {
        LanguageModelStream { [session, wire] in
            StreamedAnswer(request: request, session: session, wire: wire)
        }
    }
}

extension LanguageModelEndpoint {
    /// Names the endpoint and its model in cache keys and reports.
    package var identity: String {
        let name =
            switch api {
            case .chatCompletions: "chat"
            case .responses: "responses"
            case .anthropicMessages: "anthropic"
            }
        return "\(name):\(url)/\(model ?? "")"
    }

    var wire: any LanguageModelWire {
        switch api {
        case .chatCompletions(let quirks):
            ChatCompletionsWire(model: model, quirks: quirks, extraFields: extraFields)
        case .responses: ResponsesWire(model: model, extraFields: extraFields)
        case .anthropicMessages:
            AnthropicMessagesWire(url: url, model: model, extraFields: extraFields)
        }
    }
}
