internal import Agents
internal import Base
internal import Documents
internal import Engineer
internal import LanguageModels
internal import Retrieval
internal import Sandbox
internal import Storage

/// What an agent works with in a folder: tools, rules, hooks, checks and checkpoints, as the user's configuration and the
/// project's say.
struct AgentSurroundings: Sendable {
    /// The session's commands in the background.
    let jobs: ShellJobs
    /// What can be brought back; nil where git is not installed.
    let checkpoints: GitCheckpoints?
    /// What the user should know before work begins, a sentence each.
    let remarks: [String]

    private let workspace: String
    private let outputs: String
    private let sandbox: Sandbox
    private let programs: Sandbox
    /// What the session should know of the folder.
    let context: [any ContextSource]
    /// What the tools may see and change.
    let policy: SandboxPolicy
    private let rules: [PermissionRule]
    private let harness: Harness.Ports
    /// Whether the folder is a project with documents, so that Neo has something to do there.
    private let isMeasured: Bool
    /// What the folder's memory says, and the tool that writes to it.
    private let memory: MemoryTool
    /// The skills of the folder and the user; none for small sets of tools.
    let skills: AgentSkills?

    init(
        workspace: String, session: String, outputs: String, sandbox: Sandbox, programs: Sandbox,
        user: ModelsConfiguration, project: Project?, showsHistory: Bool, skills: AgentSkills? = nil
    ) async throws {
        let file = project?.file
        let isTrusted = user.trusts(workspace)
        var rules: [PermissionRule] = []
        if let list = user.agents["permissions"] {
            rules += try PermissionRule.rules(from: list, in: user.path, origin: .user, workspace: workspace)
        }
        if let list = file?.agents["permissions"] {
            rules += try PermissionRule.rules(
                from: list, in: "neo.yaml", origin: isTrusted ? .user : .project, workspace: workspace)
        }
        var policy = SandboxPolicy(workspace: workspace)
        let view =
            if let project { await AgentView.of(project, sandbox: sandbox, showsHistory: showsHistory) } else {
                AgentView?.none
            }
        policy.replaced = view?.replaced ?? [:]
        policy.protectedWhereThere += view?.protected ?? []
        policy.hidden += view?.hidden ?? []
        var remarks =
            (view?.remarks ?? []) + Self.remarks(about: programs) + RulePermissions.ignored(rules)
            + RulePermissions.tighten(&policy, by: rules, workspace: workspace)
        let hooks = try user.agents["hooks"].map { try HookSetting.settings(from: $0, in: user.path) } ?? []
        let checks = try file?.agents["checks"].map { try CheckSetting.settings(from: $0, in: "neo.yaml") } ?? []
        var checkpoints: GitCheckpoints?
        do {
            checkpoints = try GitCheckpoints(
                sandbox, workspace: workspace, store: SessionStore(workspace: workspace).checkpoints(of: session))
        } catch let error as AgentsError { remarks.append(error.message) }
        let wallPolicy = policy
        let code = MemoryCode.git(sandbox, workspace: workspace)
        let remembered = MemoryFolder.memory(workspace, code: code, files: try WorkspaceFiles(wallPolicy))
        memory = MemoryTool(remembered, code: code, author: "agent \(session)")
        harness = Harness.Ports(
            hooks: hooks.map { CommandHook($0, programs, wallPolicy) } + [MemoryHook(remembered.store)],
            checks: ProjectChecks.inWalls(checks, programs, wallPolicy), checkpoints: checkpoints)
        policy.readable.append(outputs)
        jobs = ShellJobs(folder: outputs)
        let questions = view?.shownQuestions ?? []
        context = [
            InstructionFilesSource(folder: workspace), MemorySource(remembered), ShellJobsSource(jobs),
            ReviewCommentsSource(workspace: workspace) { target in
                switch target.kind {
                case .golden, .answer: questions.contains(target.id)
                // Transcripts quote what other agents were shown, under the rules of that time.
                case .project, .requirements, .design, .transcript: true
                }
            },
        ]
        self.checkpoints = checkpoints
        self.remarks = remarks + (skills?.remarks ?? [])
        self.skills = skills
        self.workspace = workspace
        self.outputs = outputs
        self.sandbox = sandbox
        self.programs = programs
        self.policy = policy
        self.rules = rules
        isMeasured = file?.documents.isEmpty == false
    }

    /// What a session stands on.
    func ports(
        _ model: any LanguageModel, mode: PermissionMode, tools: ToolSet.Size, person: AgentPerson,
        servers: [ServerTool] = [], price: @escaping @Sendable (TokenUsage) -> Double?
    ) throws -> Agent.Ports {
        var parts = ToolSet.Parts(
            sandbox: sandbox, programs: programs, policy: policy, jobs: jobs, questions: person.questions,
            fetcher: .curl(sandbox), markdown: Self.markdown)
        parts.neo = isMeasured ? NeoTool(in: workspace) : nil
        parts.more = [memory] + servers + [skills?.tool].compactMap(\.self)
        var ports = Agent.Ports(
            model: model, tools: try ToolSet.standard(parts, size: tools),
            permissions: RulePermissions(mode, rules: rules, workspace: workspace),
            approval: person.approval, outputFolder: outputs, price: price)
        ports.harness = harness
        ports.harness.doubtsEnds = tools == .small
        return ports
    }

    /// Permissions of a session whose mode can be changed.
    func permissions(_ modes: ModeSwitch) -> SwitchedPermissions {
        SwitchedPermissions(modes) { [rules, workspace] in RulePermissions($0, rules: rules, workspace: workspace) }
    }

    private static func remarks(about programs: Sandbox) -> [String] {
        programs.runtime == .bubblewrap
            ? []
            : [
                "Commands, checks and hooks run on gVisor's kernel (runsc): without a network, slower, and some programs, "
                    + "such as ls of Debian 12, fail there. What Neo runs itself (git, find, rg, curl) stays in bubblewrap."
            ]
    }

    /// A page's text, with Markdown's marks.
    static func markdown(_ html: String) -> String {
        let document = DocumentParser(diagnostics: DiagnosticCollector())
            .parse(html, id: DocumentID("page"), kind: .html, path: "page.html")
        // Somebody who looks for words looks for them with ordinary spaces.
        let text = document.text.replacing("\u{A0}", with: " ")
        return text.hasPrefix("# \(document.title)\n") ? text : "# \(document.title)\n\n\(text)"
    }
}
