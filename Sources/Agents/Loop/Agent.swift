internal import Base
package import LanguageModels

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Runs a session: asks the model, runs what it calls, and journals each event before anything follows from it.
///
/// What to do next is `AgentState`'s decision; this does it.
///
/// ```swift
/// let agent = try Agent.start(session, journal: journal, model: model, tools: tools)
/// let end = try await agent.work(on: "Make the tests pass.")
/// ```
package actor Agent {
    private(set) package var state: AgentState
    private let journal: SessionJournal
    private let path: String
    var ports: Ports
    let harness: Harness
    private var inbox: [SaidMessage] = []
    /// How long the conversation was when it could not be made shorter; nil where it could.
    var fruitlessTokens: Int?
    private let onEvent: @Sendable (SessionEvent) -> Void

    private init(
        state: AgentState, journal: SessionJournal, path: String, ports: Ports, harness: Harness,
        onEvent: @escaping @Sendable (SessionEvent) -> Void
    ) {
        self.state = state
        self.journal = journal
        self.path = path
        self.ports = ports
        self.onEvent = onEvent
        self.harness = harness
    }

    /// Opens a session's file, and goes on where it ended; a new file becomes a new session.
    ///
    /// - Parameters:
    ///   - start: how the session begins, where it is new.
    ///   - limits: other limits from now on for a session that is taken up again; what it has used stays used.
    ///   - onEvent: hears every event, after it was journaled, and the pieces of answers.
    package static func open(
        _ path: String, start: SessionStart? = nil, ports: Ports,
        limits: AgentLimits.Change = AgentLimits.Change(),
        onEvent: @escaping @Sendable (SessionEvent) -> Void = { _ in }
    ) async throws -> Agent {
        let (journal, events, mendedBytes) = try SessionJournal.open(path)
        let state = AgentState(events)
        let harness = Harness(
            ports.harness, session: (state.start ?? start)?.id ?? "",
            workspace: (state.start ?? start)?.workspace ?? "",
            isResumed: !events.isEmpty)
        let agent = Agent(
            state: state, journal: journal, path: path, ports: ports, harness: harness, onEvent: onEvent)
        if events.isEmpty {
            guard let start else {
                throw AgentsError(.session, "\(path) holds no session: it was cut off at its start.")
            }
            try await agent.record(.session(start))
        } else {
            try await agent.record(.resumed(agent.state.resumption(mendedBytes: mendedBytes, limits: limits)))
        }
        return agent
    }

    /// Says something to the model while it works; it hears it before it does anything else.
    ///
    /// - Parameter attachments: what belongs to it, such as files that it names.
    package func steer(_ text: String, with attachments: [String] = []) {
        inbox.append(SaidMessage(text, from: .steering))
        inbox += attachments.map { SaidMessage($0, from: .context) }
    }

    /// Whether something was said that the model has not heard: it came when the work was ending.
    package var hasUnheard: Bool { !inbox.isEmpty }

    /// Works on a message until the model is done, a limit is reached, or the task is cancelled. Without a message, it
    /// goes on with what was open.
    ///
    /// - Parameter attachments: what belongs to the message, such as files that it names.
    package func work(on message: String? = nil, with attachments: [String] = []) async throws -> SessionEnd {
        if state.messages.isEmpty {
            for text in await contextTexts() { try record(.message(SaidMessage(text, from: .context))) }
        }
        if let message { try record(.message(SaidMessage(message))) }
        for text in attachments { try record(.message(SaidMessage(text, from: .context))) }
        do {
            for text in try await harness.begin() { try record(.message(SaidMessage(text, from: .hook))) }
            while true {
                try Task.checkCancellation()
                for said in inbox { try record(.message(said)) }
                inbox = []
                // What was said meanwhile is still to be heard.
                if let end = try await step(), inbox.isEmpty { return end }
            }
        } catch is CancellationError {
            return try stop()
        }
    }

    private func step() async throws -> SessionEnd? {
        let tools = ports.tools
        switch state.next(elapsedSeconds: state.workedSeconds(at: now), onlyReads: { tools.onlyReads($0) }) {
        case .rest: return state.end ?? SessionEnd(.done)
        case .ask:
            if let text = try await harness.settle() {
                try record(.message(SaidMessage(text, from: .hook)))
            } else {
                return try await ask()
            }
        case .run(let calls):
            await ports.beforeCalls()
            try await run(calls)
        case .skip(let call):
            try record(.toolResult(ToolEnd(callID: call.id, text: "Not run: the user said something.", isError: true)))
        case .recover(let call, let mark):
            await ports.beforeCalls()
            try await recover(call, mark)
        case .tell(let text): try record(.message(SaidMessage(text, from: .notice)))
        case .end(let end):
            switch try await harness.finish(end) {
            case .tell(let text): try record(.message(SaidMessage(text, from: .hook)))
            case .end(let end):
                try record(.end(end))
                return end
            }
        }
        return nil
    }

    private func stop() throws -> SessionEnd {
        for open in state.openCalls {
            let text =
                open.start == nil
                ? "Not run: the user stopped the work." : "The user stopped it; what it did until then is done."
            try record(.toolResult(ToolEnd(callID: open.call.id, text: text, isError: true)))
        }
        let end = SessionEnd(.stopped, "The user stopped the work.")
        try record(.end(end))
        return end
    }

    // MARK: The model

    private func ask() async throws -> SessionEnd? {
        do {
            try await compactIfDue()
            var response: LanguageModelResponse?
            let events = ports.model.stream(request)
            ports.onAsk()
            for try await event in events {
                switch event {
                case .text(let text): onEvent(SessionEvent(time: now, kind: .delta(.text(text))))
                case .reasoning(let text): onEvent(SessionEvent(time: now, kind: .delta(.reasoning(text))))
                case .completed(let whole): response = whole
                case .refusal, .toolCall, .toolCallArguments: break
                }
            }
            // The events of a task that was cancelled end without an error.
            try Task.checkCancellation()
            guard let response else {
                throw LanguageModelError(.answer, "\(ports.model.identity) ended its answer without finishing it.")
            }
            try record(
                .usage(UsageNote(tokens: response.usage, dollars: ports.price(response.usage))))
            try record(
                .turn(
                    Turn(
                        number: state.turns + 1, message: state.withOwnCallIDs(response.message),
                        stopReason: response.stopReason)))
            return nil
        } catch let error as LanguageModelError {
            try Task.checkCancellation()
            // It became shorter, or this would go on for ever.
            if error.code == .contextTooLong, try await compact(.refused) { return nil }
            let end = SessionEnd(.modelFailed, error.message)
            try record(.end(end))
            return end
        }
    }

    /// What the model is asked: the same beginning each time, and what was added since.
    package var request: LanguageModelRequest {
        LanguageModelRequest(
            messages: [.system(state.start?.instructions ?? "")] + state.messages, tools: ports.tools.definitions,
            maxOutputTokens: ports.maxOutputTokens,
            cacheBreakpoints: [.tools, .message(state.messages.count)])
    }

    // MARK: Events

    private var now: Double { ports.time.now().timeIntervalSince1970 }

    func record(_ kind: SessionEvent.Kind) throws {
        var kind = kind
        if case .usage(var note) = kind {
            note.total = state.totals(with: note)
            kind = .usage(note)
        }
        let event = SessionEvent(number: state.nextNumber, time: now, kind: kind)
        try journal.append(event)
        state.apply(event)
        onEvent(event)
    }

    /// Takes something back, with the files of its checkpoint; only while nothing is at work. What was taken back stays
    /// in the file, and what it cost stays spent.
    ///
    /// - Parameter restore: brings back the files of a checkpoint; gives back the checkpoint of the files before that.
    package func rewind(
        to target: RewindTarget, restore: (String) async throws -> String? = { _ in nil }
    ) async throws -> Rewinding {
        let events = try SessionJournal.read(path)
        let rewinding = try SessionHistory(events).rewinding(to: target, of: state.start?.id ?? "")
        var files: String?
        if let checkpoint = rewinding.files { files = try await restore(checkpoint) }
        let event = SessionEvent(
            number: state.nextNumber, time: now,
            kind: .resumed(ResumeRecord(rewoundTo: rewinding.event, files: files)))
        try journal.append(event)
        state = AgentState(events + [event])
        fruitlessTokens = nil
        await harness.filesChanged()
        onEvent(event)
        return rewinding
    }

    /// What a rewinding would take back.
    package func rewinding(to target: RewindTarget) throws -> Rewinding {
        try SessionHistory(SessionJournal.read(path)).rewinding(to: target, of: state.start?.id ?? "")
    }
}
