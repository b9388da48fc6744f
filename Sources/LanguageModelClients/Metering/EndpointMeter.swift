internal import Base
internal import LanguageModels
package import Retrieval
internal import Storage

/// Writes the requests to an embedder or a reranker into the ledger, each before its answer is handed on, and holds them
/// to the budgets.
///
/// One of unknown price counts nothing against budgets in dollars: most are servers of one's own.
package struct EndpointMeter: Sendable {
    private let meter: CallMeter

    /// A meter that writes by another one.
    package init(_ meter: CallMeter) { self.meter = meter }

    /// The price of a million tokens as `neo.yaml` gives it; nil where it gives none.
    package static func price(_ dollars: Double?) -> ModelPrice? {
        dollars.map { ModelPrice(input: $0, output: 0, source: "neo.yaml") }
    }

    /// Asks, and writes down what was read.
    ///
    /// - Parameter texts: what is sent; where the server does not count, its tokens are estimated.
    /// - Throws: also ``BudgetShortage``, and `StorageError` where the request cannot be written down.
    package func measured<Value: Sendable>(
        _ texts: [String], _ ask: () async throws -> Counted<Value>
    ) async throws -> Counted<Value> {
        let estimate = texts.reduce(0) { $0 + TokenEstimate.tokens(in: $1) }
        // A token has four bytes on average, and two in the worst of texts: code, or languages of other scripts.
        let (id, call, _) = try await meter.reserve(input: 2 * estimate, output: 0)
        let start = meter.time.nanoseconds()
        do {
            let answer = try await ask()
            await close(
                id, call, .ok, start, answer.tokens.map { Self.usage(max(0, $0)) } ?? Self.usage(estimate, true))
            return answer
        } catch {
            let (outcome, usage) = Self.ending(error, estimate)
            await close(id, call, outcome, start, usage)
            throw error
        }
    }

    private func close(
        _ id: Int64, _ opened: CallRecord, _ outcome: CallOutcome, _ start: UInt64, _ usage: TokenUsage?
    ) async {
        var call = opened
        call.outcome = outcome
        call.usage = usage
        call.milliseconds = Double(meter.time.nanoseconds() - start) / 1e6
        call.dollars = usage.flatMap { usage in usage.inputTokens == 0 ? 0 : meter.price?.dollars(for: usage) }
        let spent = usage.map { usage in
            CallAmounts(
                dollars: call.dollars, tokens: Double(usage.inputTokens), minutes: (call.milliseconds ?? 0) / 60_000)
        }
        let tally = CallScope.current?.tally
        await meter.write { [meter, call] in try await meter.close(id, as: call, spent: spent, for: tally) }
    }

    /// What was refused was not read; what was answered in another form was. Of what nobody waited for nothing is known.
    private static func ending(_ error: any Error, _ estimate: Int) -> (CallOutcome, TokenUsage?) {
        switch error {
        case let error as EndpointError:
            error.code == .answer
                ? (.failed("answer"), usage(estimate, true))
                : (.failed(error.code == .refused ? "refused" : "unreachable"), usage(0))
        case is CancellationError: (.cancelled, nil)
        default: (.failed("other"), nil)
        }
    }

    private static func usage(_ tokens: Int, _ isEstimated: Bool = false) -> TokenUsage {
        TokenUsage(inputTokens: tokens, outputTokens: 0, isEstimated: isEstimated)
    }
}
