internal import LanguageModels
internal import Synchronization

/// Adds up what calls cost as they end, for whoever is told while they are made; what is kept is the ledger.
package final class CallTally: Sendable {
    private let state = Mutex<[String: CallTotal]>([:])

    /// No calls.
    package init() {}

    /// The dollars of all calls that have ended, those of unknown price left out.
    package var dollars: Double { state.withLock { $0.values.reduce(0) { $0 + $1.dollars } } }

    /// The calls by model.
    package var totals: [CallTotal] { state.withLock { $0.values.sorted { $0.group < $1.group } } }

    /// A call has ended and is written down.
    package func add(_ call: CallRecord) {
        var total = CallTotal(group: call.model)
        total.calls = 1
        total.cacheHits = call.isCacheHit ? 1 : 0
        total.failures = call.outcome == .ok ? 0 : 1
        if !call.isCacheHit {
            total.inputTokens = max(0, call.usage?.inputTokens ?? 0)
            total.outputTokens = max(0, call.usage?.outputTokens ?? 0)
            total.estimatedCalls = call.usage?.isEstimated ?? true ? 1 : 0
        }
        total.dollars = max(0, call.dollars ?? 0)
        total.unknownCalls = call.dollars == nil ? 1 : 0
        total.seconds = (call.milliseconds ?? 0) / 1000
        state.withLock { $0[call.model, default: CallTotal(group: call.model)].add(total) }
    }
}
