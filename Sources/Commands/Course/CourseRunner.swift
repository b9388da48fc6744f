internal import Base
internal import Engineer
internal import LanguageModelClients

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Goes through a project's life, step after step, until a person is needed who is not there.
struct CourseRunner {
    /// Who does what only a person can do.
    enum Person: Sendable {
        /// Somebody at this terminal.
        case terminal
        /// Somebody at the dashboard, whose page of the project is there.
        case browser(String)
        /// Nobody: suggestions and proposals are taken as they are, and that is written down.
        case nobody
        /// Nobody who could be asked: the course ends there.
        case absent
    }

    let project: Project
    let person: Person
    let name: String
    let mode: RecordingMode
    let output: OutputOptions
    var build = BuildOptions()

    /// So many questions are proposed where nobody chooses.
    private static let proposed = 40

    /// Goes on until it is done, or a person is needed.
    ///
    /// - Returns: the step at which it ended.
    func run() async throws -> CourseStep {
        var asked: CourseStep?
        var hasBuilt = false
        while true {
            try Task.checkCancellation()
            let step = try await ProjectCourse.next(project)
            if step.name != asked?.name { asked = nil }
            switch step {
            case .done: return step
            case .draftRequirements: try await draft()
            case .design: try await design()
            case .build:
                hasBuilt = true
                try await goOn()
            case .stopped:
                // A gate that did not hold before this command may hold now.
                guard hasBuilt else {
                    hasBuilt = true
                    try await goOn()
                    continue
                }
                guard case .stopped(let standing) = step, case .browser(let page) = person else { return step }
                try await CourseGate(project: project, page: page, output: output).wait(at: standing)
            case .interview, .mendRequirements, .approve, .goldenQuestions:
                switch person {
                case .absent: return step
                case .browser(let page):
                    if step.name != asked?.name {
                        output.note(Terminal.harmless(CourseWords.waiting(step, project.folder)))
                        output.note("  in the browser: \(page)\(CourseWords.page(step))")
                    }
                    asked = step
                    try await Task.sleep(for: .milliseconds(300))
                case .nobody: guard try await automated(step) else { return step }
                case .terminal:
                    guard try await CourseTerminal(project: project, name: name, output: output).take(step) else {
                        return step
                    }
                }
            }
        }
    }

    private func draft() async throws {
        let interview = try await OpenInterview(of: project, output).interview
        let drafted = try RequirementsDrafting(interview, in: project, replacing: false)
        guard drafted.outcome != .edited else {
            throw EngineerError(
                code: .project,
                message: "\(drafted.sentence) `neo spec draft \(project.folder) --replace` writes it.")
        }
        output.note(Terminal.harmless(drafted.sentence))
    }

    private func design() async throws {
        let progress = ProgressLine(quiet: output.quiet)
        defer { progress.finish() }
        let (project, mode) = (project, mode)
        let made = try await MachineLanguageModels.with(for: project, mode: mode, showing: progress) { models in
            try await DesignWriter.write(
                project, ports: .machine(models: models, showing: progress), allowsUnapproved: false, replaces: false)
        }
        output.note(
            Terminal.harmless(
                "Wrote design.md: \(made.file.milestones.count) milestones; the search will take \(made.estimate)."))
    }

    private func goOn() async throws {
        let progress = ProgressLine(quiet: output.quiet)
        defer { progress.finish() }
        _ = try await BuildRunner(project: project, mode: mode, progress: progress).run(build)
    }

    /// Takes what Neo suggests; false where it suggests nothing.
    private func automated(_ step: CourseStep) async throws -> Bool {
        switch step {
        case .interview:
            let opened = try await OpenInterview(of: project, output)
            var interview = opened.interview
            let source = InterviewState.Source(name: name, way: .automated)
            let taken = try interview.takeSuggestions(by: source, into: opened.file, at: Date())
            output.note("Took what is suggested for \(taken) questions of the interview.")
            return taken > 0
        case .approve(let kind):
            let approvals = Approvals(project)
            guard let hash = try await approvals.standing(of: kind).hash else { return false }
            try await approvals.approve(kind, seen: hash, who: name, how: .automated, at: Date())
            output.note(Terminal.harmless(try await approvals.standing(of: kind).sentence))
            return true
        case .goldenQuestions:
            let proposals = GoldenProposals(project)
            if try !proposals.read().contains(where: { $0.state == .open }) {
                _ = try await GoldenProposing.propose(project, count: Self.proposed, seed: project.file.seed)
            }
            let (accepted, refused) = try await proposals.acceptAll(by: name, at: Date())
            output.note(
                "Accepted \(accepted.count) proposed golden questions that nobody read"
                    + (refused.isEmpty ? "." : ", and left \(refused.count) out."))
            return !accepted.isEmpty
        default: return false
        }
    }
}
