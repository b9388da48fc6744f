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

            Modes: workspace changes the folder and runs programs without asking; ask asks before each of
            them (without a terminal, asking means no); read-only only looks, for plans and questions.

            The session is kept in .neo/sessions of the folder, event by event: after Ctrl-C, or a crash,
            --continue goes on. Your rules (permissions) and hooks stand in config.yaml; a project's neo.yaml
            can have stricter rules, and checks, which run after edits. Exit codes: 0 done, 1 stopped by a
            limit or a failure, 3 done but checks are red, 130 interrupted.
            """
    )

    @Argument(help: "What is to be done.")
    var task: String?

    @Option(help: "The folder to work in.", completion: .directory)
    var folder = "."

    @Option(help: "The language model: ENDPOINT/MODEL of config.yaml, a model of this machine, or a role.")
    var model = "agent"

    @Option(help: "What it may do without asking: workspace, ask, read-only.")
    var mode = PermissionMode.workspace

    @Option(help: "Which tools the model is offered: full, or small for small models.")
    var tools = ToolSet.Size.full

    @Flag(name: .customLong("continue"), help: "Go on with the newest session of the folder.")
    var continues = false

    @Option(help: ArgumentHelp("Go on with this session.", valueName: "id"))
    var session: String?

    @Option(help: "The most answers of the model.")
    var turns = 100

    @Option(help: "The most tokens, read and written.")
    var tokens: Int?

    @Option(help: ArgumentHelp("The most dollars.", valueName: "usd"))
    var maxCost: Double?

    @Option(help: "The most minutes.")
    var minutes: Double?

    @Flag(help: "Print every event on standard output, a JSON object a line.")
    var json = false

    @Flag(help: "Print nothing but what the model says at the end, and errors.")
    var quiet = false

    func validate() throws {
        guard task != nil || continues || session != nil else {
            throw ValidationError("What is to be done? neo agent \"Make the failing test pass.\"")
        }
        guard task?.allSatisfy(\.isWhitespace) != true else { throw ValidationError("The task is empty.") }
        guard turns > 0 else { throw ValidationError("--turns must be 1 or more.") }
        for (name, value) in [("--tokens", tokens.map(Double.init)), ("--max-cost", maxCost), ("--minutes", minutes)] {
            guard value.map({ $0 > 0 }) ?? true else { throw ValidationError("\(name) must be more than 0.") }
        }
    }

    func run() async throws {
        let workspace = try Self.existingFolder(folder)
        let sandbox = try Sandbox.find()
        let store = SessionStore(workspace: workspace)
        let id = try openedSession(store)
        let progress = ProgressLine(quiet: quiet || json)
        let project =
            FileManager.default.fileExists(atPath: workspace + "/neo.yaml") ? try Project(opening: workspace) : nil
        let output = AgentOutput(json: json, quiet: quiet)
        let end = try await MachineLanguageModels.with(for: project, showing: progress) { models in
            let reference = try models.configuration.reference(model)
            let price = models.price(of: reference)
            let surroundings = try AgentSurroundings(
                workspace: workspace, session: id, outputs: try Self.outputFolder(id), sandbox: sandbox,
                user: models.configuration, project: project?.file)
            for sentence in surroundings.remarks { Terminal.printError(Terminal.harmless(sentence)) }
            let ports = try surroundings.ports(
                try await models.model(model, for: ModelUsePurpose(.agent)), mode: mode, tools: tools,
                price: { usage in price.map { $0.dollars(for: usage) } })
            let isNew = !store.ids().contains(id)
            let start = SessionStart(
                id: id, model: reference.description, workspace: workspace, mode: mode,
                instructions: AgentInstructions.work,
                limits: AgentLimits(
                    turns: turns, tokens: tokens, dollars: maxCost, wallSeconds: minutes.map { $0 * 60 }))
            let agent = try await Agent.open(store.path(of: id), start: isNew ? start : nil, ports: ports) {
                output.show($0)
            }
            let jobs = isNew ? nil : await surroundings.jobs.summary()
            let context = isNew ? InstructionFiles.text(for: workspace) : jobs.map { "In the background:\n" + $0 }
            do {
                let end = try await agent.work(on: task, context: context)
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

    private func openedSession(_ store: SessionStore) throws -> String {
        try store.prepare()
        if let session { return try store.find(session) }
        return continues ? try store.find("last") : SessionStore.newID()
    }

    private static func existingFolder(_ folder: String) throws -> String {
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
