internal import Agents
internal import ArgumentParser
internal import Base
internal import LanguageModels

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `neo agent` at a prompt: the supervisor of one piece of work at a time, and of what is said meanwhile.
actor Conversation {
    /// What it waits for.
    private enum Event: Sendable {
        case prompt(PromptEvent)
        /// The work is over, with the error that ended it, if one did.
        case finished((any Error)?)
    }

    /// A piece of work that took longer rings when it is over.
    private static let longSeconds = 10.0
    static let status = "at work · Ctrl-C stops · what you type is said to the agent"
    let opened: AgentOpening.Opened
    let prompt: Prompt
    let session: String
    private let mentions: FileMentions
    private let history: PromptHistory
    private let events: AsyncStream<Event>
    private let continuation: AsyncStream<Event>.Continuation
    private var work: Task<Void, Never>?
    private var began = 0.0
    private var isStopping = false
    /// Whether work was over a moment ago: a Ctrl-C then was meant for it.
    private var hasJustEnded = false
    private var exit: Int32?

    private init(
        _ opened: AgentOpening.Opened, _ prompt: Prompt, session: String, mentions: FileMentions,
        history: PromptHistory, events: AsyncStream<Event>, continuation: AsyncStream<Event>.Continuation
    ) {
        self.opened = opened
        self.prompt = prompt
        self.session = session
        self.mentions = mentions
        self.history = history
        self.events = events
        self.continuation = continuation
    }

    /// Opens the prompt, and ends the command with the right code.
    static func run(_ opening: AgentOpening, session: String, folder: String) async throws {
        let (events, continuation) = AsyncStream.makeStream(of: Event.self, bufferingPolicy: .bufferingNewest(10_000))
        let history = PromptHistory(workspace: opening.workspace)
        let end = try await Prompt.with(
            history: history.texts(), completions: Completions(opening).of,
            onEvent: { continuation.yield(.prompt($0)) },
            { prompt in
                try await opened(opening, at: prompt) { opened in
                    try await Conversation(
                        opened, prompt, session: session,
                        mentions: try FileMentions(opened.surroundings.policy, workspace: opening.workspace),
                        history: history, events: events, continuation: continuation
                    ).talk(isNew: opening.before == nil)
                }
            })
        if end.isEmpty {
            SessionStore(workspace: opening.workspace).forget(session)
        } else {
            Terminal.printError(
                Terminal.harmless(
                    "The session is kept. Go on: \(SessionLine.goingOn(with: session, folder: folder))"))
        }
        if end.code != 0 { throw ExitCode(end.code) }
    }

    /// Opens the session, and gives back the code and whether nobody said anything in it.
    private static func opened(
        _ opening: AgentOpening, at prompt: Prompt,
        _ talk: @escaping @Sendable (AgentOpening.Opened) async throws -> Int32
    ) async throws -> (code: Int32, isEmpty: Bool) {
        let screen = ConversationScreen(prompt)
        return try await opening.with(
            .at(prompt), showing: ProgressLine(quiet: false, shows: { prompt.show(status: $0) }),
            remark: { prompt.print($0) }, onEvent: { screen.show($0) },
            { opened in
                let code = try await talk(opened)
                prompt.close()
                return (code, await opened.agent.state.userTexts.isEmpty && opening.before == nil)
            })
    }

    // MARK: The loop

    private func talk(isNew: Bool) async throws -> Int32 {
        let state = await opened.agent.state
        prompt.print(
            "session \(session), \(state.start?.model ?? ""), \(opened.mode.rawValue) · /help lists the commands",
            isDim: true)
        if !isNew { showBefore(state) }
        prompt.open()
        for await event in events {
            switch event {
            case .prompt(.line(let text)): await heard(text)
            case .prompt(.interrupt): interrupted()
            case .prompt(.end): if work == nil { exit = 0 }
            case .prompt(.hangup): exit = work == nil ? 0 : 130
            case .finished(let error): await finished(error)
            }
            if let exit {
                // Who said it twice does not wait.
                if exit == 0, let work {
                    work.cancel()
                    await work.value
                }
                work?.cancel()
                return exit
            }
        }
        // The command was told to stop.
        work?.cancel()
        await work?.value
        return 130
    }

    /// What a session that goes on was about.
    private func showBefore(_ state: AgentState) {
        if let said = state.userTexts.last { prompt.print(Prompt.label + said, isDim: true) }
        if case .assistant(let message)? = state.messages.last, !message.text.isEmpty { prompt.print(message.text) }
        if state.end == nil, !state.messages.isEmpty {
            prompt.print("Work was open here. An empty line goes on with it.")
        }
    }

    private func interrupted() {
        if let work {
            if isStopping {
                exit = 130
                return
            }
            isStopping = true
            prompt.show(status: "stopping · once more ends")
            work.cancel()
        } else if prompt.hasText {
            prompt.set("")
        } else if hasJustEnded {
            hasJustEnded = false
            prompt.print("The work is over. Ctrl-C once more ends.")
        } else {
            exit = 130
        }
    }

    private func heard(_ text: String) async {
        hasJustEnded = false
        history.append(text)
        if let command = ConversationCommand(text) { return await obey(command) }
        if text.allSatisfy(\.isWhitespace) {
            guard work == nil, await isOpen else { return }
            return start { _ = try await $0.work() }
        }
        let (attachments, remarks) = mentions.attachments(of: text)
        for remark in remarks { prompt.print(remark) }
        if work != nil { return await opened.agent.steer(text, with: attachments) }
        start { _ = try await $0.work(on: text, with: attachments) }
    }

    /// Whether there is work to go on with.
    private var isOpen: Bool {
        get async {
            let state = await opened.agent.state
            return !state.messages.isEmpty && !state.isAnswered
        }
    }

    private func obey(_ command: ConversationCommand) async {
        switch command {
        case .help: prompt.print(ConversationCommand.helpText)
        case .cost: prompt.print(await CostText.of(opened.agent))
        case .exit: exit = 0
        case .unknown(let text): prompt.print(text)
        case .model, .undo, .redo, .compact:
            guard work == nil else {
                return prompt.print("The agent is at work. Ctrl-C stops it; then this can be done.")
            }
            start(status: "") { [self] _ in try await change(command) }
        }
    }

    // MARK: Work

    private func start(status: String = Conversation.status, _ body: @escaping @Sendable (Agent) async throws -> Void) {
        (began, isStopping) = (TimeSource.system.now().timeIntervalSince1970, false)
        prompt.show(status: status)
        let agent = opened.agent
        let continuation = continuation
        work = Task {
            do {
                try await body(agent)
                continuation.yield(.finished(nil))
            } catch {
                continuation.yield(.finished(error))
            }
        }
    }

    private func finished(_ error: (any Error)?) async {
        work = nil
        prompt.show(status: "")
        if let error, !(error is CancellationError) {
            prompt.print((error as? any DescribedError)?.description ?? sentence(for: error))
        }
        await opened.agent.closeCheckpoint()
        if TimeSource.system.now().timeIntervalSince1970 - began >= Self.longSeconds { prompt.ring() }
        // What was said as the work was ending is still to be heard, unless the user stopped it.
        if !isStopping, error == nil, await opened.agent.hasUnheard { return start { _ = try await $0.work() } }
        hasJustEnded = !isStopping
        isStopping = false
    }
}
