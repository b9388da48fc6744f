package import LanguageModels
package import Telemetry
internal import Tracing

/// A language model whose calls are told to whoever listens: a span for each, as the semantic conventions of
/// OpenTelemetry for generative AI describe it (version 1.41.1, operation `chat`).
///
/// Where nobody listens, it hands requests on and adds nothing.
package struct TracedLanguageModel: LanguageModel {
    private let base: any LanguageModel
    private let model: ServedModel

    /// A model that is told of.
    ///
    /// - Parameter model: how spans name it.
    package init(_ base: any LanguageModel, as model: ServedModel) {
        self.base = base
        self.model = model
    }

    package var identity: String { base.identity }

    @concurrent
    package func respond(to request: LanguageModelRequest) async throws -> LanguageModelResponse {
        guard let operation = Self.begin(request, model, streaming: false) else {
            return try await base.respond(to: request)
        }
        do {
            let response = try await InstrumentationContext.withValue(operation.context) {
                try await base.respond(to: request)
            }
            operation.finish(with: response)
            return response
        } catch {
            operation.end(error)
            throw error
        }
    }

    package func stream(_ request: LanguageModelRequest) -> LanguageModelStream {
        LanguageModelStream { [base, model] in
            let events = base.stream(request)
            guard let operation = Self.begin(request, model, streaming: true) else {
                return events.makeAsyncIterator()
            }
            return TracedEvents(events: events.makeAsyncIterator(), operation: operation)
        }
    }

    /// The operation of a request; nil where nobody listens.
    private static func begin(
        _ request: LanguageModelRequest, _ model: ServedModel, streaming: Bool
    ) -> OperationSpan? {
        guard let telemetry = Telemetry.current else { return nil }
        let operation = telemetry.begin(
            .chat, model.name, isRemote: model.address != nil, model.attributes)
        operation.describe(request, streaming: streaming)
        return operation
    }
}

/// Hands out the events of an answer. The span ends with the answer, with its failure, or when the stream is dropped.
private struct TracedEvents: AsyncIteratorProtocol {
    var events: LanguageModelStream.AsyncIterator
    let operation: OperationSpan
    var hasBegun = false

    mutating func next() async throws -> LanguageModelEvent? {
        do {
            let event = try await InstrumentationContext.withValue(operation.context) { try await events.next() }
            if event != nil, !hasBegun {
                hasBegun = true
                operation.firstChunk()
            }
            switch event {
            case .completed(let response): operation.finish(with: response)
            case nil: operation.end(CancellationError())
            default: break
            }
            return event
        } catch {
            operation.end(error)
            throw error
        }
    }
}
