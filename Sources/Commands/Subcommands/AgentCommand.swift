internal import Agents
internal import ArgumentParser
internal import Base
internal import Engineer
internal import LanguageModelClients
internal import LanguageModels
internal import Sandbox

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

struct AgentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent",
        abstract: "Let a language model work in a folder, inside walls.",
        discussion: """
            Example:
              neo agent "Make the failing test pass." --folder my-project
              neo agent --continue "Now add a test for the empty list." --folder my-project
              neo agent --folder my-project

            Without a task, on a terminal, a prompt opens. What you type while the agent works is said to it;
            @FILE puts a file in; Ctrl-C stops the work, twice ends; /help lists the commands.

            The model reads and changes files and runs programs. What it runs sees the folder and the
            system's programs, and nothing else of this machine; what you, version control and editors
            trust (neo.yaml, AGENTS.md, .git/hooks, …) it can read only.

            A session that goes on keeps its model, its mode and its runtime, unless others are named.

            Modes: workspace changes the folder and runs programs without asking; ask asks before each of
            them (without a terminal, asking means no); read-only only looks, for plans and questions.

            The session is kept in .neo/sessions of the folder, event by event: after Ctrl-C, or a crash,
            --continue goes on, with what was left of the limits; --turns, --tokens, --max-cost and --minutes
            set new ones, and what was used stays used. Your rules (permissions) and hooks stand in
            config.yaml; a project's neo.yaml can have stricter rules, and checks, which run after edits.

            Exit codes: 0 done, 1 stopped by a limit or a failure, 2 wrong usage, 3 done but checks are red,
            130 interrupted.
            """
    )

    @Argument(help: "What is to be done; without, a prompt opens.")
    var task: String?

    @Argument(help: .hidden)
    var more: [String] = []

    @Option(help: "The folder to work in.", completion: .directory)
    var folder = "."

    @Option(help: "The language model: ENDPOINT/MODEL of config.yaml, a model of this machine, or a role (agent).")
    var model: String?

    @Option(help: "What it may do without asking: workspace, ask, read-only; a session keeps its own.")
    var mode: PermissionMode?

    @Option(help: "Which tools the model is offered: full, or small for small models.")
    var tools = ToolSet.Size.full

    @Option(
        help: ArgumentHelp(
            "What puts the walls up around commands, checks and hooks: bubblewrap, or gVisor's runsc (docs/sandbox.md).",
            valueName: "runtime"))
    var runtime: SandboxRuntime?

    @Flag(name: .customLong("continue"), help: "Go on with the newest session of the folder.")
    var continues = false

    @Option(help: ArgumentHelp("Go on with this session.", valueName: "id"))
    var session: String?

    @Flag(help: "In a Neo project, show git's history also where it holds questions that are held out.")
    var gitHistory = false

    @Option(help: "The most answers of the model; 100 where nothing is said.")
    var turns: Int?

    @Option(help: "The most tokens, read and written.")
    var tokens: Int?

    @Option(help: ArgumentHelp("The most dollars.", valueName: "usd"))
    var maxCost: Double?

    @Option(help: "The most minutes.")
    var minutes: Double?

    @Option(
        help: ArgumentHelp("End with JSON that this JSON Schema describes.", valueName: "file"), completion: .file())
    var schema: String?

    @Flag(help: "Print every event on standard output, a JSON object a line.")
    var json = false

    @Flag(help: "Print nothing but what the model says at the end, and errors.")
    var quiet = false

    func validate() throws {
        guard more.isEmpty else {
            let words = ([task].compactMap(\.self) + more).joined(separator: " ")
            throw ValidationError("The task is one argument; put it into quotes: neo agent \"\(words)\"")
        }
        guard !continues || session == nil else {
            throw ValidationError("--continue is the newest session, --session another one: leave one of them out.")
        }
        guard task != nil || continues || session != nil || opensPrompt else {
            throw ValidationError(
                "What is to be done? neo agent \"Make the failing test pass.\" Without a task, a prompt opens; for that, "
                    + "standard input, output and error must be a terminal, and --json, --quiet and --schema left out.")
        }
        guard task?.allSatisfy(\.isWhitespace) != true else { throw ValidationError("The task is empty.") }
        let limits = [
            ("--turns", turns.map(Double.init)), ("--tokens", tokens.map(Double.init)), ("--max-cost", maxCost),
            ("--minutes", minutes),
        ]
        for (name, value) in limits {
            guard value.map({ $0 > 0 }) ?? true else { throw ValidationError("\(name) must be more than 0.") }
        }
    }

    func run() async throws {
        let workspace = try Self.existingFolder(folder)
        let sandbox = try Sandbox.find()
        let store = SessionStore(workspace: workspace)
        let schema = try schema.map(Self.schema)
        let id = try openedSession(store)
        let before = try SessionJournal.start(of: store.path(of: id))
        if task == nil, schema == nil, !opensPrompt, before != nil,
            try SessionSummary.read(store.path(of: id)).state == SessionEnd.Reason.done.rawValue
        {
            throw ValidationError(
                "The session \(id) is done. Say what is to be done next: "
                    + "\(SessionLine.goingOn(with: id, folder: folder)) \"…\"")
        }
        let runtime = runtime ?? before?.runtime ?? .bubblewrap
        let opening = AgentOpening(
            workspace: workspace, id: id, before: before,
            mode: mode ?? store.mode(of: id) ?? before?.mode ?? .workspace,
            model: model ?? before?.model ?? "agent", tools: tools, limits: limits, sandbox: sandbox,
            programs: runtime == .bubblewrap ? sandbox : try Sandbox.find(runtime: runtime), showsHistory: gitHistory)
        if opensPrompt { return try await Conversation.run(opening, session: id, folder: folder) }
        let progress = ProgressLine(quiet: quiet || json)
        let output = AgentOutput(json: json, quiet: quiet)
        let task = task
        let end = try await opening.with(
            .terminal, showing: progress, remark: { Terminal.printError(Terminal.harmless($0)) },
            onEvent: { output.show($0) },
            { opened in
                let end = try await opened.agent.work(on: task)
                guard let schema, end.reason == .done else { return end }
                return try await opened.agent.answer(as: schema)
            })
        progress.finish()
        try output.finish(end, session: id, folder: folder)
    }

    /// Whether nothing is to be done at once, and somebody is there to say what.
    private var opensPrompt: Bool { task == nil && !json && !quiet && schema == nil && Terminal.canPrompt }

    /// What was said on the command line.
    private var limits: AgentLimits.Change {
        AgentLimits.Change(turns: turns, tokens: tokens, dollars: maxCost, wallSeconds: minutes.map { $0 * 60 })
    }

    private func openedSession(_ store: SessionStore) throws -> String {
        try store.prepare()
        if let session { return try store.find(session) }
        return continues ? try store.find("last") : SessionStore.newID()
    }

    private static func schema(_ path: String) throws -> JSONValue {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw ValidationError("--schema: there is no file \(path) that can be read.")
        }
        guard let value = try? JSONValue(parsing: String(decoding: bytes, as: UTF8.self)), value.object != nil else {
            throw ValidationError(
                "--schema: \(path) is no JSON object. A JSON Schema begins with {\"type\": \"object\", …}.")
        }
        return value
    }

    static func existingFolder(_ folder: String) throws -> String {
        let path = URL(filePath: folder, directoryHint: .isDirectory).standardizedFileURL.resolvingSymlinksInPath().path
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder else {
            throw ValidationError("There is no folder \(path).")
        }
        return path
    }
}

extension PermissionMode: ExpressibleByArgument {}
extension ToolSet.Size: ExpressibleByArgument {}
