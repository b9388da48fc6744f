internal import AutoML

/// Leaves a trial as it is where a budget is used up: a trial that failed would not be measured again when the budget is
/// raised.
struct SuspendingEvaluator<Wrapped: Evaluator>: Evaluator {
    let wrapped: Wrapped

    @concurrent
    func measure(_ configuration: Configuration, on items: [String]) async throws -> [Measurement] {
        do {
            return try await wrapped.measure(configuration, on: items)
        } catch {
            if let shortage = budgetShortage(error) { throw EvaluationSuspended(cause: shortage) }
            throw error
        }
    }

    func kinds(of configuration: Configuration) -> [String] { wrapped.kinds(of: configuration) }

    func isCheap(_ configuration: Configuration) -> Bool { wrapped.isCheap(configuration) }
}
