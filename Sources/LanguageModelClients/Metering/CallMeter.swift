package import Base
package import LanguageModels
package import Storage

/// Writes every call of a model into the ledger, and holds it to the budgets.
package struct CallMeter: Sendable {
    /// How calls are held to budgets.
    package struct Limits: Sendable {
        /// The names of the budgets that calls count against.
        package var budgets: [String]
        /// The longest answer of a request under a budget that names no limit of its own.
        package var outputTokens = 4_096
        /// How long a call is reckoned to take until it has ended, for budgets of minutes.
        package var callSeconds = 60.0
        /// Whether a model of unknown price may be asked under a budget in dollars, and then counts nothing there.
        package var allowsUnknownPrice = false
        /// How long a call waits while calls under way have reserved what it needs.
        package var patienceSeconds = 60.0

        /// Limits.
        package init(budgets: [String] = []) { self.budgets = budgets }
    }

    let ledger: CallLedger
    let purpose: CallPurpose
    let endpoint: String
    let model: String
    let price: ModelPrice?
    let limits: Limits
    let tally: CallTally?
    let time: TimeSource
    let diagnostics: DiagnosticCollector
    let pause: @Sendable (_ seconds: Double) async throws -> Void

    /// A meter.
    ///
    /// - Parameters:
    ///   - endpoint: the name that the user gave the endpoint, or its address.
    ///   - price: nil where it is unknown.
    ///   - tally: hears of every call that has ended, too.
    ///   - pause: waits until calls under way may have ended.
    package init(
        _ ledger: CallLedger, _ purpose: CallPurpose, endpoint: String, model: String, price: ModelPrice?,
        limits: Limits = Limits(), tally: CallTally? = nil, time: TimeSource = .system,
        diagnostics: DiagnosticCollector,
        pause: @escaping @Sendable (_ seconds: Double) async throws -> Void = {
            try await Task.sleep(for: .seconds($0))
        }
    ) {
        self.ledger = ledger
        self.purpose = purpose
        self.endpoint = endpoint
        self.model = model
        self.price = price
        self.limits = limits
        self.tally = tally
        self.time = time
        self.diagnostics = diagnostics
        self.pause = pause
    }

    /// Writes down an answer that cost nothing, because it was recorded: for ``CachedLanguageModel``.
    package func recordHit(_ response: LanguageModelResponse, milliseconds: Double) async {
        var call = record()
        call.outcome = .ok
        call.isCacheHit = true
        call.usage = response.usage
        call.dollars = 0
        call.milliseconds = max(0, milliseconds)
        let search = CallScope.current?.tally
        await write { [call] in
            try await ledger.record(call)
            for tally in [tally, search] { tally?.add(call) }
        }
    }

    /// Reserves what a call may cost at most, and writes it down.
    ///
    /// - Throws: ``BudgetShortage``, `CancellationError`, or `StorageError` where nothing can be written down.
    func begin(_ request: LanguageModelRequest) async throws -> MeteredCall {
        var request = request
        let most = request.maxOutputTokens ?? limits.outputTokens
        // A token has four bytes on average, and two in the worst of texts: code, or languages of other scripts.
        let input = 2 * TokenEstimate.inputTokens(of: request)
        let (id, call, isLimited) = try await reserve(input: input, output: most)
        if isLimited { request.maxOutputTokens = most }
        return MeteredCall(id, of: request, call, by: self)
    }

    /// Reserves the most that a call may read and write, and writes it down.
    ///
    /// - Returns: The call as it is written down, and whether it must be kept to what was reserved.
    /// - Throws: As ``begin(_:)``.
    func reserve(input: Int, output: Int) async throws -> (id: Int64, call: CallRecord, isLimited: Bool) {
        var call = record()
        call.price = price?.json
        call.usage = TokenUsage(inputTokens: input, outputTokens: output, isEstimated: true)
        call.dollars = price?.mostDollars(input: input, output: output)
        let budgets = limits.budgets + (CallScope.current?.budgets ?? [])
        let amounts = CallAmounts(
            dollars: call.dollars ?? (limits.allowsUnknownPrice ? 0 : nil), tokens: Double(input + output),
            minutes: limits.callSeconds / 60)
        var waited = 0.0
        while true {
            switch try await ledger.open(call, reserving: amounts, of: budgets) {
            case .opened(let id, let isLimited): return (id, call, isLimited)
            case .unknownPrice(let budget):
                throw BudgetShortage(unknownPriceOf: model, budget)
            case .short(let budget, let needed):
                // Calls under way mostly cost less than was reserved for them; those of a dead process end now.
                guard budget.reserved > 0, budget.spent + needed <= budget.amount, waited < limits.patienceSeconds
                else { throw BudgetShortage(budget, needed: needed) }
                try await ledger.settleLost()
                let seconds = min(0.02 + waited / 4, 1)
                try await pause(seconds)
                waited += seconds
            }
        }
    }

    private func record() -> CallRecord {
        CallRecord(purpose: purpose.inScope, endpoint: endpoint, model: model, started: time.now())
    }

    /// Writes down how a call ended. The search that it belongs to counts it when it is written down.
    func close(
        _ id: Int64, as call: CallRecord, spent: CallAmounts?, for search: CallTally?
    ) async throws {
        try await ledger.close(id, as: call, spent: spent)
        for tally in [tally, search] { tally?.add(call) }
    }

    /// Writes also where the caller is cancelled. What cannot be written down stays open in the ledger, and is settled
    /// at its estimate by the next process: an answer that was paid for is not thrown away.
    func write(_ work: @escaping @Sendable () async throws -> Void) async {
        await writeLater(work).value
    }

    /// Writes when the caller has gone.
    @discardableResult
    func writeLater(_ work: @escaping @Sendable () async throws -> Void) -> Task<Void, Never> {
        ledger.settle { [diagnostics, ledger] in
            do {
                try await work()
            } catch {
                diagnostics.add(
                    Diagnostic(
                        .warning,
                        "What a call of \(model) cost could not be written down; it counts at its estimate. "
                            + sentence(for: error), file: ledger.path))
            }
        }
    }
}
