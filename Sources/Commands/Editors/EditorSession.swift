internal import Agents
internal import Base
internal import Engineer
internal import LanguageModels
internal import Sandbox
internal import Synchronization

/// A session that an editor has open: the supervisor of all that it stands on, from its opening to its close.
final class EditorSession: Sendable {
    let id: String
    let workspace: String
    let modes: ModeSwitch
    let opened: AgentOpening.Opened
    private let channel: Channel
    /// Whether it began here.
    let isNew: Bool
    private let closing: AsyncStream<Void>.Continuation
    private let task: Task<Void, Never>

    /// The way from the session's events to the editor.
    private final class Channel: Sendable {
        let updates = Mutex<ACPUpdates?>(nil)
        private let session: String
        private let output: EditorOutput

        init(_ session: String, _ output: EditorOutput) {
            self.session = session
            self.output = output
        }

        func hear(_ event: SessionEvent) {
            let told = updates.withLock { $0?.updates(for: event) ?? [] }
            for update in told { tell(update) }
        }

        func tell(_ update: JSONValue) { output.send(update, of: session) }

        func room() async { await output.room() }
    }

    private init(
        _ opening: AgentOpening, _ modes: ModeSwitch, _ opened: AgentOpening.Opened, _ channel: Channel,
        _ closing: AsyncStream<Void>.Continuation, _ task: Task<Void, Never>
    ) {
        id = opening.id
        workspace = opening.workspace
        isNew = opening.before == nil
        self.modes = modes
        self.opened = opened
        self.channel = channel
        self.closing = closing
        self.task = task
    }

    /// Opens it, until `close`.
    static func open(
        _ opening: AgentOpening, _ modes: ModeSwitch, _ asks: EditorAsks, takesForms: Bool, _ output: EditorOutput
    ) async throws -> EditorSession {
        var opening = opening
        opening.modes = modes
        opening.pause = { await output.room() }
        let (ready, begin) = AsyncStream<Result<AgentOpening.Opened, any Error>>.makeStream()
        let (closes, closing) = AsyncStream<Void>.makeStream()
        let channel = Channel(opening.id, output)
        let person = AgentPerson.at(
            asks, session: opening.id, workspace: opening.workspace, takesForms: takesForms,
            callAsking: { question in channel.updates.withLock { $0?.call(asking: question) } })
        let prepared = opening
        let task = Task {
            do {
                try await prepared.with(
                    person, showing: ProgressLine(quiet: true),
                    remark: { Terminal.printError(Terminal.harmless($0)) }, onEvent: { channel.hear($0) },
                    { opened in
                        begin.yield(.success(opened))
                        for await _ in closes {}
                    })
            } catch { begin.yield(.failure(error)) }
            begin.finish()
        }
        for await result in ready {
            let opened: AgentOpening.Opened
            do { opened = try result.get() } catch {
                await task.value
                forgetUnused(opening)
                throw error
            }
            let window = await opened.agent.windowUse.whole
            let files = try? WorkspaceFiles(opened.surroundings.policy)
            channel.updates.withLock {
                $0 = ACPUpdates(workspace: opening.workspace, files: files, windowTokens: window)
            }
            return EditorSession(opening, modes, opened, channel, closing, task)
        }
        // Nobody wants it any more.
        task.cancel()
        await task.value
        forgetUnused(opening)
        throw CancellationError()
    }

    /// A session that nobody has heard of is none.
    private static func forgetUnused(_ opening: AgentOpening) {
        if opening.before == nil { SessionStore(workspace: opening.workspace).forget(opening.id) }
    }

    /// How much the model that is asked now can read.
    var windowTokens: Int {
        get async { await opened.agent.windowUse.whole }
    }

    /// Tells what happened so far, as fast as the editor reads.
    @concurrent
    func tellAgain() async throws {
        let events = try SessionJournal.read(SessionStore(workspace: workspace).path(of: id))
        let channel = channel
        await ACPReplay.of(events, workspace: workspace, windowTokens: await windowTokens) { update in
            await channel.room()
            channel.tell(update)
        }
    }

    /// Works on what the user says.
    ///
    /// - Returns: why it ended, in the protocol's words.
    func work(on prompt: ACPPrompt) async throws -> JSONValue {
        let agent = opened.agent
        if prompt.attachments.isEmpty, let command = EditorCommand(prompt.text) {
            let words = try await command.done(in: opened)
            let window = await windowTokens
            channel.updates.withLock { $0?.windowTokens = window }
            for update in ACPUpdates.chunk("agent_message_chunk", words) { channel.tell(update) }
            return "end_turn"
        }
        if await agent.state.userTexts.isEmpty {
            channel.tell(["sessionUpdate": "session_info_update", "title": .string(EditorServer.title(prompt.text))])
        }
        let end: SessionEnd
        do {
            end = try await agent.work(on: prompt.text, with: prompt.attachments)
        } catch {
            await agent.closeCheckpoint()
            throw error
        }
        await agent.closeCheckpoint()
        guard end.reason != .modelFailed else { throw ACPFault(.failed, end.message) }
        return end.stopReason(after: channel.updates.withLock { $0?.lastTurn })
    }

    /// Gives back all that it stands on. A session in which nobody said anything is none.
    func close() async {
        let isEmpty = await opened.agent.state.userTexts.isEmpty
        closing.finish()
        await task.value
        if isNew, isEmpty { SessionStore(workspace: workspace).forget(id) }
    }
}
