internal import Agents
internal import ArgumentParser
internal import Base
internal import LanguageModels

/// Serves one editor: the supervisor of its sessions and of what is at work in them.
///
/// Messages are taken in the order in which they come. What takes long goes on beside that, so that it can be stopped.
actor EditorServer {
    /// How sessions are opened, as the command line says.
    struct Settings: Sendable {
        var model: String?
        var mode: PermissionMode
        var tools: ToolSet.Size
        var limits: AgentLimits.Change
        /// Whose sessions are listed where the editor names no folder.
        var folder: String
    }

    /// What is done about a request: at once, or by work that goes on beside other messages.
    enum Course: Sendable {
        case done(JSONValue)
        case later(@Sendable () async throws -> Reply)
    }

    /// The result of a request, and what is told behind it: of a session the client must know the name first.
    struct Reply: Sendable {
        let result: JSONValue
        let update: JSONValue?
        let session: String

        init(_ result: JSONValue, then update: JSONValue? = nil, of session: String = "") {
            self.result = result
            self.update = update
            self.session = session
        }
    }

    /// The work on a prompt.
    struct Run: Sendable {
        let request: JSONValue
        var isCancelled = false
        var task: Task<JSONValue, any Error>?
    }

    /// So many sessions may be open.
    static let mostSessions = 64
    let settings: Settings
    let output: EditorOutput
    let asks: EditorAsks
    var sessions: [String: EditorSession] = [:]
    /// Sessions that are being opened, and new ones that have no name yet.
    var opening: Set<String> = []
    var runs: [String: Run] = [:]
    var takesForms = false
    private var inFlight: Set<JSONValue> = []
    private var isEnding = false

    init(_ settings: Settings, _ output: EditorOutput) {
        self.settings = settings
        self.output = output
        asks = EditorAsks(output)
    }

    /// Serves until the input ends, the editor reads no more, or the task is cancelled. Work ends then; sessions are kept.
    func run(_ input: EditorInput) async {
        await withDiscardingTaskGroup { group in
            var lines = ACPLines()
            while let bytes = await input.read() {
                for line in lines.append(bytes) {
                    guard let job = hear(line) else { continue }
                    group.addTask { await job() }
                }
            }
            isEnding = true
            // First the work: what is asked is then not refused, but taken back.
            for id in runs.keys { cancel(id) }
            asks.endAll()
            group.cancelAll()
        }
        for session in sessions.values { await session.close() }
        sessions = [:]
    }

    // MARK: Messages

    /// Takes in a line; gives back what is to be done beside other messages.
    private func hear(_ line: ACPLines.Line) -> (@Sendable () async -> Void)? {
        guard case .whole(let bytes) = line else {
            output.send(ACPFault(.parse, "A message has more than \(ACPLines.usualLimit >> 20) MB.").line(to: nil))
            return nil
        }
        let message: ACPMessage
        do throws(ACPFault) { message = try ACPMessage(line: bytes) } catch {
            // Nobody waits for what was to be an answer.
            output.send(error.line(to: nil))
            return nil
        }
        switch message {
        case .response(let id, let result):
            asks.answered(id, result)
            return nil
        case .notification(let method, let params):
            notice(method, params)
            return nil
        case .request(let id, let method, let params): return begin(id, method, params)
        }
    }

    private func notice(_ method: String, _ params: JSONValue?) {
        switch method {
        case "session/cancel": if let id = params?["sessionId"]?.string { cancel(id) }
        case "$/cancel_request":
            guard let request = params?["requestId"] else { return }
            for (id, run) in runs where run.request == request { cancel(id) }
        // What a client tells beyond that is of no use here.
        default: break
        }
    }

    private func begin(_ id: JSONValue, _ method: String, _ params: JSONValue?) -> (@Sendable () async -> Void)? {
        guard !inFlight.contains(id) else {
            let words = "The id \(id.canonicalText.prefix(100)) is that of a request that is still at work."
            output.send(ACPFault(.request, words).line(to: id))
            return nil
        }
        do {
            switch try course(of: method, try ACPParams(method, params), request: id) {
            case .done(let result):
                output.send(ACPMessage.response(id: id, result: result).line)
                return nil
            case .later(let work):
                inFlight.insert(id)
                return { await self.finish(id, work) }
            }
        } catch {
            output.send(Self.fault(error).line(to: id))
            return nil
        }
    }

    private func finish(_ id: JSONValue, _ work: @Sendable () async throws -> Reply) async {
        do {
            let reply = try await work()
            inFlight.remove(id)
            output.send(ACPMessage.response(id: id, result: reply.result).line)
            if let update = reply.update { output.send(update, of: reply.session) }
        } catch {
            inFlight.remove(id)
            output.send(Self.fault(error).line(to: id))
        }
    }

    private func course(of method: String, _ params: ACPParams, request: JSONValue) throws -> Course {
        switch method {
        case "initialize": return .done(initialize(params))
        case "authenticate":
            throw params.wrong(
                "methodId", "names no way to log in: Neo needs none, as its models' keys stand in config.yaml")
        case "session/new": return try newSession(params)
        case "session/load": return try openSession(params, tellsAgain: true)
        case "session/resume": return try openSession(params, tellsAgain: false)
        case "session/list": return try list(params)
        case "session/close": return try close(params)
        case "session/prompt": return try prompt(params, request: request)
        case "session/set_mode": return .done(try setMode(params))
        default:
            throw ACPFault(.method, "There is no method \"\(method.prefix(100))\" here.")
        }
    }

    private func initialize(_ params: ACPParams) -> JSONValue {
        takesForms = params["clientCapabilities"]?["elicitation"]?["form"]?.object != nil
        return [
            // There is one version so far: it is spoken whatever the client asks for, and the client decides.
            "protocolVersion": 1, "authMethods": [],
            "agentInfo": ["name": "neo", "title": "Neo", "version": .string(neoVersion)],
            "agentCapabilities": [
                "loadSession": true,
                "promptCapabilities": ["image": false, "audio": false, "embeddedContext": true],
                "mcpCapabilities": ["http": true, "sse": false],
                "sessionCapabilities": ["list": [:], "resume": [:], "close": [:]],
            ],
        ]
    }

    /// An error as the client reads it.
    private static func fault(_ error: any Error) -> ACPFault {
        switch error {
        case let fault as ACPFault: fault
        case is CancellationError: ACPFault(.failed, "It was stopped before it was done.")
        case let error as any DescribedError: ACPFault(.failed, error.description)
        case let error as ValidationError: ACPFault(.failed, error.message)
        default: ACPFault(.failed, sentence(for: error))
        }
    }

    // MARK: Work

    private func prompt(_ params: ACPParams, request: JSONValue) throws -> Course {
        let session = try found(params)
        let prompt = try ACPPrompt(params)
        guard runs[session.id] == nil else {
            throw ACPFault(
                .request,
                "The session \(session.id) is at work on another prompt. Wait for its end, or stop it with session/cancel."
            )
        }
        let id = session.id
        runs[id] = Run(request: request)
        // By its name: whoever holds a session keeps its file from being opened again.
        return .later { try await self.work(id, prompt) }
    }

    private func work(_ id: String, _ prompt: ACPPrompt) async throws -> Reply {
        defer { runs[id] = nil }
        guard let session = sessions[id], !isEnding else { return Reply(["stopReason": "cancelled"]) }
        let task = Task { try await session.work(on: prompt) }
        runs[id]?.task = task
        // What was said is kept also where it was taken back at once.
        if runs[id]?.isCancelled == true { task.cancel() }
        return Reply(["stopReason": try await task.value])
    }

    /// Returns when nothing is at work in a session.
    func settled(_ id: String) async {
        while let run = runs[id] {
            _ = try? await run.task?.value
            await Task.yield()
        }
    }

    /// Stops what is at work in a session, if anything is.
    func cancel(_ id: String) {
        runs[id]?.isCancelled = true
        runs[id]?.task?.cancel()
    }

    /// The open session that a request names.
    func found(_ params: ACPParams) throws(ACPFault) -> EditorSession {
        let id = try params.text("sessionId")
        // One that is being opened or closed is not there yet, or any more.
        guard let session = sessions[id], !opening.contains(id) else {
            throw ACPFault(
                .missing,
                "No session \"\(id.prefix(100))\" is open here. One begins with session/new, or is opened with session/load."
            )
        }
        return session
    }
}
