internal import Agents
internal import Base
internal import Engineer
internal import LanguageModelClients
internal import LanguageModels
internal import Sandbox
internal import Tracking

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A session that a command opens, with all that it stands on.
struct AgentOpening: Sendable {
    /// What `body` gets.
    struct Opened: Sendable {
        let agent: Agent
        let surroundings: AgentSurroundings
        let models: MachineLanguageModels
        let tools: ToolSet.Size
        let mode: PermissionMode
    }

    let workspace: String
    let id: String
    /// How the session began; nil where it is new.
    let before: SessionStart?
    let mode: PermissionMode
    let model: String
    let tools: ToolSet.Size
    let limits: AgentLimits.Change
    /// The walls around what Neo runs itself.
    let sandbox: Sandbox
    /// The walls around what the model, checks and hooks run.
    let programs: Sandbox
    /// Whether git's history is seen in a project, whatever it holds.
    let showsHistory: Bool
    /// Who may change the mode while the session is open; nil where it stays.
    var modes: ModeSwitch?
    /// Servers that came with the session, besides those of the settings.
    var servers = GivenServers()
    /// Returns when whoever looks on has taken in most of what was told.
    var pause: @Sendable () async -> Void = {}

    /// The session's file.
    var path: String { SessionStore(workspace: workspace).path(of: id) }

    /// Opens it while `body` works; commands in the background end with it.
    func with<Result: Sendable>(
        _ person: AgentPerson, showing progress: ProgressLine, remark: @escaping @Sendable (String) -> Void,
        onEvent: @escaping @Sendable (SessionEvent) -> Void, _ body: @escaping @Sendable (Opened) async throws -> Result
    ) async throws -> Result {
        let project = try isProject ? Project(opening: workspace) : nil
        // Where nothing can be logged, the work goes on without.
        let tracker = try? SessionTracker(
            session: id, model: model, mode: mode.rawValue, folder: workspace,
            project: project?.file.name ?? RunFolder.name(of: workspace))
        guard let tracker else { return try await with(project, nil, person, progress, remark, onEvent, body) }
        let hear: @Sendable (SessionEvent) -> Void = { event in
            tracker.hear(event)
            onEvent(event)
        }
        let status: @Sendable (Result) -> Run.Status = { _ in tracker.status }
        do {
            let result = try await tracker.logger.during(
                folder: workspace, after: tracker.firstRequest, noted: tracker.hasCommit, status: status
            ) {
                try await with(project, tracker, person, progress, remark, hear, body)
            }
            await handOn(remark)
            return result
        } catch {
            await handOn(remark)
            throw error
        }
    }

    private func handOn(_ remark: (String) -> Void) async {
        await (try? RunFolder(workspace))?.handOn(noting: remark)
    }

    private func with<Result: Sendable>(
        _ project: Project?, _ tracker: SessionTracker?, _ person: AgentPerson, _ progress: ProgressLine,
        _ remark: @escaping @Sendable (String) -> Void, _ onEvent: @escaping @Sendable (SessionEvent) -> Void,
        _ body: @escaping @Sendable (Opened) async throws -> Result
    ) async throws -> Result {
        try await MachineLanguageModels.with(for: project, showing: progress) { models in
            // A server is asked how much its model can read while the folder is looked at.
            async let chosen = models.agentModel(model, tools: tools)
            let surroundings = try await AgentSurroundings(
                workspace: workspace, session: id, outputs: try Self.outputFolder(id), sandbox: sandbox,
                programs: programs, user: models.configuration, project: project, showsHistory: showsHistory,
                skills: tools == .small ? nil : skills(models.configuration))
            for sentence in surroundings.remarks { remark(sentence) }
            let choice = try await chosen
            let servers = try AgentServers(
                workspace: workspace, user: models.configuration, file: project?.file,
                hidden: surroundings.policy.hidden + surroundings.policy.replaced.keys,
                isOffered: tools == .full, given: self.servers)
            return try await servers.with(remark) { serverTools in
                var ports = try surroundings.ports(
                    choice.model, mode: mode, tools: tools, person: person, servers: serverTools, price: choice.price)
                if let modes { ports.permissions = surroundings.permissions(modes) }
                ports.window = choice.window
                // Active skills come before all that may be long.
                ports.context = (surroundings.skills?.context(choice.window) ?? []) + surroundings.context
                if let tracker {
                    ports.onAsk = { tracker.asks() }
                }
                ports.beforeCalls = {
                    await tracker?.commit()
                    await pause()
                }
                let start = SessionStart(
                    id: id, model: choice.name, workspace: workspace, mode: mode,
                    instructions: AgentInstructions.work, limits: limits.applied(to: AgentLimits()),
                    runtime: programs.runtime)
                let agent = try await Agent.open(
                    path, start: before == nil ? start : nil, ports: ports, limits: limits, onEvent: onEvent)
                // The session remembers the model that the command line names.
                if await agent.state.start?.model != choice.name { try await agent.use(choice) }
                if before != nil, let jobs = await surroundings.jobs.summary() {
                    await agent.steer("In the background:\n" + jobs)
                }
                do {
                    let result = try await body(
                        Opened(agent: agent, surroundings: surroundings, models: models, tools: tools, mode: mode))
                    await surroundings.jobs.endAll()
                    return result
                } catch {
                    await surroundings.jobs.endAll()
                    throw error
                }
            }
        }
    }

    /// The skills that the session is offered.
    private func skills(_ user: ModelsConfiguration) -> AgentSkills? {
        // What was measured, was measured under the name that the configuration has for the model.
        let name = try? user.reference(model).description
        return AgentSkills(workspace: workspace, session: path, isTrusted: user.trusts(workspace), model: name)
    }

    /// An empty `neo.yaml` is none: where Neo is killed while a program runs, the one that kept the program from making
    /// its own is left behind, until the next run clears it away.
    private var isProject: Bool {
        let facts = try? FileManager.default.attributesOfItem(atPath: workspace + "/neo.yaml")
        return (facts?[.size] as? Int ?? 0) > 0
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

extension MachineLanguageModels {
    /// The model that a text names, for an agent.
    ///
    /// - Parameter tools: with few of them, an answer ends at its first call.
    /// - Throws: a sentence where there is none.
    func agentModel(_ text: String, tools: ToolSet.Size) async throws -> Agent.ModelChoice {
        let reference = try configuration.reference(text)
        let price = price(of: reference)
        return Agent.ModelChoice(
            name: reference.description,
            model: try await model(text, for: ModelUsePurpose(.agent), stopsAtCall: tools == .small),
            window: try await window(of: reference), price: { usage in price.map { $0.dollars(for: usage) } })
    }
}
