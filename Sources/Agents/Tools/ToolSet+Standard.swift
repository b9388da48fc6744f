package import Sandbox

extension ToolSet {
    /// Which tools a model is offered.
    package enum Size: String, Sendable, Hashable, CaseIterable {
        case full
        /// Shell, read and edit: a small model does better with few.
        case small
    }

    /// What tools stand on.
    package struct Parts: Sendable {
        /// The walls around what Neo runs for its tools: git, find, rg, curl.
        package var sandbox: Sandbox
        /// The walls around the command lines that the model writes.
        package var programs: Sandbox
        package var policy: SandboxPolicy
        /// The session's background commands.
        package var jobs: ShellJobs
        package var questions: QuestionPort
        package var fetcher: PageFetcher
        /// What the text of a page in HTML is.
        package var markdown: @Sendable (_ html: String) -> String
        /// What Neo does in a project, where the folder is one.
        package var neo: NeoTool?
        /// What people wrote down of how work is done, where there is something.
        package var skills: SkillTool?

        package init(
            sandbox: Sandbox, programs: Sandbox? = nil, policy: SandboxPolicy, jobs: ShellJobs,
            questions: QuestionPort = .nobody,
            fetcher: PageFetcher, markdown: @escaping @Sendable (_ html: String) -> String
        ) {
            self.sandbox = sandbox
            self.programs = programs ?? sandbox
            self.policy = policy
            self.jobs = jobs
            self.questions = questions
            self.fetcher = fetcher
            self.markdown = markdown
        }
    }

    /// The tools of a session.
    ///
    /// Nothing here approves or promotes: that is a person's, and no model is offered it.
    package static func standard(_ parts: Parts, size: Size = .full) throws -> ToolSet {
        let files = try WorkspaceFiles(parts.policy)
        let seen = SeenFiles()
        let read = ReadTool(files, seen)
        let edit = EditTool(files, seen)
        if size == .small { return ToolSet([ShellTool(parts.programs, parts.policy), read, edit]) }
        let all: [any Tool] = [
            ShellTool(parts.programs, parts.policy, jobs: parts.jobs), JobsTool(parts.jobs), read,
            WriteTool(files, seen), edit, PatchTool(files, seen), GlobTool(parts.sandbox, parts.policy, files),
            GrepTool(parts.sandbox, parts.policy, files), FetchTool(parts.fetcher, markdown: parts.markdown),
            AskUserTool(parts.questions), PlanTool(), CompactTool(),
        ]
        let own: [(any Tool)?] = [parts.neo, parts.skills]
        return ToolSet(all + own.compactMap(\.self))
    }
}
