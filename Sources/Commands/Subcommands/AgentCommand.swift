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

            The model reads and changes files and runs programs. What it runs sees the folder and the
            system's programs, and nothing else of this machine; what you, version control and editors
            trust (neo.yaml, AGENTS.md, .git/hooks, …) it can read only.

            A session that goes on keeps its model and its mode, unless others are named.

            Modes: workspace changes the folder and runs programs without asking; ask asks before each of
            them (without a terminal, asking means no); read-only only looks, for plans and questions.

            The session is kept in .neo/sessions of the folder, event by event: after Ctrl-C, or a crash,
            --continue goes on, with what was left of the limits; --turns, --tokens, --max-cost and --minutes
            set new ones, and what was used stays used. Your rules (permissions) and hooks stand in
            config.yaml; a project's neo.yaml can have stricter rules, and checks, which run after edits.

            Exit codes: 0 done, 1 stopped by a limit or a failure, 3 done but checks are red, 130 interrupted.
            """
    )

    @Argument(help: "What is to be done.")
    var task: String?

    @Option(help: "The folder to work in.", completion: .directory)
    var folder = "."

    @Option(help: "The language model: ENDPOINT/MODEL of config.yaml, a model of this machine, or a role (agent).")
    var model: String?

    @Option(help: "What it may do without asking: workspace, ask, read-only; a session keeps its own.")
    var mode: PermissionMode?

    @Option(help: "Which tools the model is offered: full, or small for small models.")
    var tools = ToolSet.Size.full

    @Flag(name: .customLong("continue"), help: "Go on with the newest session of the folder.")
    var continues = false

    @Option(help: ArgumentHelp("Go on with this session.", valueName: "id"))
    var session: String?

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
        guard task != nil || continues || session != nil else {
            throw ValidationError("What is to be done? neo agent \"Make the failing test pass.\"")
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
        let progress = ProgressLine(quiet: quiet || json)
        let project = try Self.isProject(workspace) ? Project(opening: workspace) : nil
        let output = AgentOutput(json: json, quiet: quiet)
        let before = try SessionJournal.start(of: store.path(of: id))
        let mode = mode ?? before?.mode ?? .workspace
        let model = model ?? before?.model ?? "agent"
        let end = try await MachineLanguageModels.with(for: project, showing: progress) { models in
            let reference = try models.configuration.reference(model)
            let price = models.price(of: reference)
            let surroundings = try AgentSurroundings(
                workspace: workspace, session: id, outputs: try Self.outputFolder(id), sandbox: sandbox,
                user: models.configuration, project: project?.file)
            for sentence in surroundings.remarks { Terminal.printError(Terminal.harmless(sentence)) }
            var ports = try surroundings.ports(
                try await models.model(model, for: ModelUsePurpose(.agent), stopsAtCall: tools == .small), mode: mode,
                tools: tools,
                price: { usage in price.map { $0.dollars(for: usage) } })
            ports.window = try models.window(of: reference)
            ports.context = [InstructionFilesSource(folder: workspace), ShellJobsSource(surroundings.jobs)]
            let start = SessionStart(
                id: id, model: reference.description, workspace: workspace, mode: mode,
                instructions: AgentInstructions.work, limits: limits.applied(to: AgentLimits()))
            let agent = try await Agent.open(
                store.path(of: id), start: before == nil ? start : nil, ports: ports, limits: limits
            ) { output.show($0) }
            if before != nil, let jobs = await surroundings.jobs.summary() {
                await agent.steer("In the background:\n" + jobs)
            }
            do {
                var end = try await agent.work(on: task)
                if let schema, end.reason == .done { end = try await agent.answer(as: schema) }
                await surroundings.jobs.endAll()
                return end
            } catch {
                await surroundings.jobs.endAll()
                throw error
            }
        }
        progress.finish()
        try output.finish(end, session: id)
    }

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

    /// An empty `neo.yaml` is none: where Neo is killed while a program runs, the one that kept the program from making
    /// its own is left behind, until the next run clears it away.
    private static func isProject(_ workspace: String) -> Bool {
        let facts = try? FileManager.default.attributesOfItem(atPath: workspace + "/neo.yaml")
        return (facts?[.size] as? Int ?? 0) > 0
    }

    static func existingFolder(_ folder: String) throws -> String {
        let path = URL(filePath: folder, directoryHint: .isDirectory).standardizedFileURL.resolvingSymlinksInPath().path
        var isFolder = false
        isFolder =
            (try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType) == .typeDirectory
        guard isFolder else { throw ValidationError("There is no folder \(path).") }
        return path
    }

    /// Where the whole of long results lies; not in the workspace, whose records nothing inside may see.
    private static func outputFolder(_ id: String) throws -> String {
        let environment = ProcessInfo.processInfo.environment
        let home = environment["HOME"] ?? FileManager.default.homeDirectoryForCurrentUser.path
        let cache =
            environment["NEO_HOME"].map { $0 + "/outputs" }
            ?? (environment["XDG_CACHE_HOME"] ?? home + "/.cache") + "/neo/outputs"
        let folder = "\(cache)/\(id)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        return folder
    }
}

extension PermissionMode: ExpressibleByArgument {}
extension ToolSet.Size: ExpressibleByArgument {}
