internal import Base
package import LanguageModels

/// All that a session is, made from its events: what was said, what was spent, which calls are open. Does nothing itself.
///
/// The same events give the same state, whether they happen now or were read from a file.
package struct AgentState: Sendable, Hashable {
    /// A call that the model made and that has no result yet.
    package struct OpenCall: Sendable, Hashable {
        package var call: ToolCall
        /// The mark that it was about to run.
        package var start: ToolStart?
    }

    /// How it began; nil before it did.
    package private(set) var start: SessionStart?
    /// What the model has seen and said, without the instructions.
    package private(set) var messages: [Message] = []
    /// The calls that wait for results, in the model's order.
    package private(set) var openCalls: [OpenCall] = []
    /// What the user said while calls were open.
    package private(set) var queued: [SaidMessage] = []
    /// Answers of the model that the conversation holds, or once held.
    package private(set) var turns = 0
    /// Answers that were asked for, also those that were taken back: what was used stays used.
    package private(set) var usedTurns = 0
    package private(set) var usage = TokenUsage(inputTokens: 0, outputTokens: 0)
    /// What is known to have been paid.
    package private(set) var dollars = 0.0
    /// What the server counted of the last request; 0 where it was before a compaction.
    package private(set) var lastInputTokens = 0
    /// How many messages that request had.
    package private(set) var countedMessages = 0
    /// What the next answer's request took.
    private var countedTokens = 0
    /// What the user said, in order; kept word for word when older messages are replaced.
    package private(set) var userTexts: [String] = []
    /// Whether the model asked for a compaction, and what is to be kept above all.
    package private(set) var wantsCompaction = false
    package private(set) var compactionFocus: String?
    /// Whether the model has read something that a stranger wrote.
    package private(set) var isTainted = false
    /// Whether the model ended its part: it said something and called nothing.
    package private(set) var isAnswered = false
    /// Why work ended; nil while there is work.
    package private(set) var end: SessionEnd?
    /// The next event's number.
    package private(set) var nextNumber = 0
    /// How long it has worked; pauses between an end and what is said next do not count.
    private var workedSeconds = 0.0
    private var lastTime: Double?
    /// The names that calls have had, so that each call has one of its own.
    private(set) var callIDs: Set<String> = []
    var circles = StuckDetector()

    package init() {}

    /// The state after these events. Where a session was rewound, what was taken back is not in it.
    package init(_ events: [SessionEvent]) {
        for event in events {
            if case .resumed(let record) = event.kind, let place = record.rewoundTo {
                rewind(to: AgentState(Array(events.prefix(max(0, min(place, event.number))))))
            }
            apply(event)
        }
    }

    /// Goes back to what was, except for what was spent and named since, and for the model that was chosen.
    private mutating func rewind(to earlier: AgentState) {
        let spent = self
        self = earlier
        if let model = spent.start?.model { start?.model = model }
        (usage, dollars, usedTurns) = (spent.usage, spent.dollars, spent.usedTurns)
        (workedSeconds, lastTime, callIDs) = (spent.workedSeconds, spent.lastTime, spent.callIDs)
    }

    /// How long it has worked until a moment.
    package func workedSeconds(at time: Double) -> Double {
        guard end == nil, let lastTime else { return workedSeconds }
        return workedSeconds + max(0, time - lastTime)
    }

    /// Takes in what happened.
    package mutating func apply(_ event: SessionEvent) {
        if event.number >= 0 { nextNumber = event.number + 1 }
        if case .resumed(let record) = event.kind { resume(record) }
        if end == nil, let lastTime { workedSeconds += max(0, event.time - lastTime) }
        lastTime = event.time
        switch event.kind {
        case .session(let start): self.start = start
        case .message(let said): say(said)
        case .turn(let turn): answer(turn)
        case .usage(let note):
            usage = usage + note.tokens
            countedTokens = note.tokens.inputTokens
            dollars += note.dollars ?? 0
        case .toolCall(let mark):
            if let place = openCalls.firstIndex(where: { $0.call.id == mark.callID }) { openCalls[place].start = mark }
        case .toolResult(let result): close(result)
        case .compaction(let record):
            messages.replaceSubrange(..<min(record.replaced, messages.count), with: [.user(record.summary)])
            (lastInputTokens, countedMessages, wantsCompaction, compactionFocus) = (0, 0, false, nil)
        case .model(let name):
            start?.model = name
            // Another model counts tokens in another way.
            (lastInputTokens, countedMessages) = (0, 0)
        case .end(let end): self.end = end
        case .delta, .approval, .checkpoint, .resumed: break
        }
    }

    /// What the session has taken when `note` is added.
    func totals(with note: UsageNote) -> SessionTotals {
        let sum = usage + note.tokens
        return SessionTotals(
            turns: usedTurns, tokens: sum.inputTokens + sum.outputTokens, dollars: dollars + (note.dollars ?? 0),
            model: start?.model ?? "")
    }

    /// What is noted when the session is taken up again.
    func resumption(mendedBytes: Int, limits: AgentLimits.Change) -> ResumeRecord {
        let before = start?.limits ?? AgentLimits()
        let after = limits.applied(to: before)
        return ResumeRecord(mendedBytes: mendedBytes, limits: after == before ? nil : after)
    }

    private mutating func resume(_ record: ResumeRecord) {
        lastTime = nil
        if let limits = record.limits { start?.limits = limits }
        // What ended for another reason than that all was said goes on; a limit that still holds ends it again.
        if end?.reason != .done { end = nil }
    }

    private mutating func say(_ said: SaidMessage) {
        end = nil
        guard openCalls.isEmpty else { return queued.append(said) }
        if said.source == .user || said.source == .steering { userTexts.append(said.text) }
        messages.append(.user(said.text))
        isAnswered = false
        if said.source == .notice { circles.wasTold() } else { circles = StuckDetector() }
    }

    private mutating func answer(_ turn: Turn) {
        turns += 1
        usedTurns += 1
        (lastInputTokens, countedMessages) = (countedTokens, messages.count)
        (wantsCompaction, compactionFocus) = (false, nil)
        messages.append(.assistant(turn.message))
        callIDs.formUnion(turn.message.toolCalls.map(\.id))
        openCalls = turn.message.toolCalls.map { OpenCall(call: $0) }
        isAnswered = openCalls.isEmpty
        if turn.message.toolCalls.isEmpty { circles.saw(answer: turn.message.text) }
    }

    private mutating func close(_ result: ToolEnd) {
        guard let place = openCalls.firstIndex(where: { $0.call.id == result.callID }) else { return }
        let call = openCalls.remove(at: place).call
        circles.saw(call, result)
        isTainted = isTainted || result.isTainted
        if call.name == CompactTool.name, !result.isError {
            wantsCompaction = true
            compactionFocus = call.argumentsObject?["keep"]?.string
        }
        messages.append(
            .tool(ToolResult(callID: result.callID, content: [.text(result.text)], isError: result.isError)))
        guard openCalls.isEmpty else { return }
        let waiting = queued
        queued = []
        for said in waiting { say(said) }
    }
}
