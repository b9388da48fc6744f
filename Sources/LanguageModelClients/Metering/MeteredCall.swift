internal import Base
internal import LanguageModels
internal import Storage
internal import Synchronization

/// A call that is written down and under way. Letting go of it without an end means that nobody wanted the answer.
final class MeteredCall: Sendable {
    /// How far it is.
    private struct State {
        var isEnded = false
        var firstPiece: Double?
        var pieces = 0
        var bytes = 0
    }

    /// The request, kept to what was reserved.
    let request: LanguageModelRequest
    private let id: Int64
    private let record: CallRecord
    private let meter: CallMeter
    private let tally = CallScope.current?.tally
    private let start: UInt64
    private let state = Mutex(State())

    init(_ id: Int64, of request: LanguageModelRequest, _ record: CallRecord, by meter: CallMeter) {
        self.id = id
        self.request = request
        self.record = record
        self.meter = meter
        start = meter.time.nanoseconds()
    }

    deinit {
        guard !state.withLock(\.isEnded) else { return }
        let end = ending(.cancelled, nil)
        meter.writeLater { [meter, id, tally] in
            try await meter.close(id, as: end.call, spent: end.spent, for: tally)
        }
    }

    /// A piece of the answer has come.
    func note(_ event: LanguageModelEvent) {
        let milliseconds = milliseconds
        state.withLock { state in
            if state.pieces == 0 { state.firstPiece = milliseconds }
            state.pieces += 1
            switch event {
            case .reasoning(let text), .text(let text), .refusal(let text), .toolCallArguments(_, let text):
                state.bytes += text.utf8.count
            case .toolCall(_, _, let name): state.bytes += name.utf8.count
            case .completed: break
            }
        }
    }

    /// The whole answer has come.
    func succeed(_ usage: TokenUsage) async { await end(.ok, usage) }

    /// No answer will come.
    func fail(_ error: any Error) async {
        switch error {
        case is CancellationError: await end(.cancelled, nil)
        case let error as LanguageModelError:
            let isFree = Self.free.contains(error.code)
            await end(
                .failed(error.code.word), isFree ? TokenUsage(inputTokens: 0, outputTokens: 0) : nil)
        default: await end(.failed("other"), nil)
        }
    }

    /// Requests that were refused as a whole are not charged for.
    static let free: Set<LanguageModelError.Code> = [
        .request, .authentication, .modelNotFound, .contextTooLong, .rateLimited, .refused, .notRecorded,
    ]

    private var milliseconds: Double { Double(meter.time.nanoseconds() - start) / 1e6 }

    private func end(_ outcome: CallOutcome, _ usage: TokenUsage?) async {
        let isFirst = state.withLock { state in
            defer { state.isEnded = true }
            return !state.isEnded
        }
        guard isFirst else { return }
        let end = ending(outcome, usage)
        await meter.write { [meter, id, tally] in
            try await meter.close(id, as: end.call, spent: end.spent, for: tally)
        }
    }

    /// - Parameter usage: nil where nobody counted: it is estimated from the pieces that came, and unknown where none did.
    private func ending(_ outcome: CallOutcome, _ usage: TokenUsage?) -> (call: CallRecord, spent: CallAmounts?) {
        let state = state.withLock { $0 }
        var usage = usage
        if usage == nil, state.pieces > 0 {
            usage = TokenUsage(
                inputTokens: TokenEstimate.inputTokens(of: request), outputTokens: (state.bytes + 3) / 4,
                isEstimated: true)
        }
        var call = record
        call.outcome = outcome
        call.usage = usage
        call.milliseconds = milliseconds
        call.firstPieceMilliseconds = state.firstPiece
        call.dollars = usage.flatMap { usage in
            // Nothing was read or written, so it cost nothing at any price.
            usage.inputTokens == 0 && usage.outputTokens == 0 ? 0 : meter.price?.dollars(for: usage)
        }
        // What runs here costs nothing, whatever it did.
        if meter.price?.mostDollars(input: 1, output: 1) == 0 { call.dollars = 0 }
        let spent = usage.map { usage in
            CallAmounts(
                dollars: call.dollars, tokens: Double(usage.inputTokens) + Double(usage.outputTokens),
                minutes: (call.milliseconds ?? 0) / 60_000)
        }
        return (call, spent)
    }
}
