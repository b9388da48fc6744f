internal import Base
package import LanguageModels

/// A model whose calls are written into the ledger, each before its answer is handed on, and held to the budgets.
///
/// It stands behind a cache, so that only what is really asked is reserved for:
///
/// ```swift
/// let metered = MeteredLanguageModel(model, by: meter)
/// let cached = CachedLanguageModel(metered, as: recorded, in: store) { _, response, milliseconds in
///     await meter.recordHit(response, milliseconds: milliseconds)
/// }
/// ```
package struct MeteredLanguageModel: LanguageModel {
    private let base: any LanguageModel
    private let meter: CallMeter

    /// A model whose calls are written down.
    package init(_ base: any LanguageModel, by meter: CallMeter) {
        self.base = base
        self.meter = meter
    }

    package var identity: String { base.identity }

    /// - Throws: also ``BudgetShortage``, and `StorageError` where the call cannot be written down.
    @concurrent
    package func respond(to request: LanguageModelRequest) async throws -> LanguageModelResponse {
        let call = try await meter.begin(request)
        do {
            let response = try await base.respond(to: call.request)
            await call.succeed(response.usage)
            return response
        } catch {
            await call.fail(error)
            throw error
        }
    }

    package func stream(_ request: LanguageModelRequest) -> LanguageModelStream {
        LanguageModelStream { [base, meter] in MeteredAnswer(request: request, base: base, meter: meter) }
    }
}

/// An answer that is written down when its last event has come, or when nobody wants more of it.
struct MeteredAnswer: AsyncIteratorProtocol {
    private enum State {
        case notAsked
        case reading(MeteredCall, LanguageModelStream.AsyncIterator)
        case ended
    }

    private let request: LanguageModelRequest
    private let base: any LanguageModel
    private let meter: CallMeter
    private var state = State.notAsked

    init(request: LanguageModelRequest, base: any LanguageModel, meter: CallMeter) {
        self.request = request
        self.base = base
        self.meter = meter
    }

    mutating func next() async throws -> LanguageModelEvent? {
        if case .notAsked = state {
            let call = try await meter.begin(request)
            state = .reading(call, base.stream(call.request).makeAsyncIterator())
        }
        guard case .reading(let call, var events) = state else { return nil }
        do {
            let event = try await events.next()
            state = .reading(call, events)
            if let event { call.note(event) }
            if case .completed(let response) = event {
                state = .ended
                await call.succeed(response.usage)
            } else if event == nil {
                throw LanguageModelError(.interrupted, "\(base.identity) ended its answer without the whole.")
            }
            return event
        } catch {
            state = .ended
            await call.fail(error)
            throw error
        }
    }
}
