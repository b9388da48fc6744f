internal import Base
internal import RAG

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Finds what comes next in a project's life: the work of `neo run` is to do it, again and again.
///
/// Nothing but the project's files and database is looked at, so whoever did a step, with which command or page ever, and
/// whenever the process was killed, the course goes on from there.
package enum ProjectCourse {
    /// The next step.
    ///
    /// - Throws: `EngineerError` where a file of the project cannot be read.
    package static func next(_ project: Project, now: Date = Date()) async throws -> CourseStep {
        let approvals = Approvals(project)
        let requirements = try await approvals.standing(of: .requirements)
        if requirements.state == .absent {
            let open = try openQuestions(project, at: now)
            return open > 0 ? .interview(open: open) : .draftRequirements
        }
        if requirements.state != .approved {
            let findings = try RequirementsFile(of: project).findings
            guard findings.isEmpty else { return .mendRequirements(findings.map(\.sentence)) }
            return .approve(.requirements)
        }
        guard try GoldenRows.read(project)?.isBegun == true else { return .goldenQuestions }
        let design = try await approvals.standing(of: .design)
        // One that a person has changed is theirs, whatever the requirements became since.
        if design.state == .absent || DesignWriter.isOutdated(project, hash: design.hash) { return .design }
        guard design.state == .approved else { return .approve(.design) }
        guard let build = try await BuildSession.standing(project) else { return .design }
        if let stopped = build.stopped { return .stopped(stopped) }
        return build.isDone ? .done : .build
    }

    /// How many questions of the interview are open.
    private static func openQuestions(_ project: Project, at now: Date) throws -> Int {
        let questionnaire = try Questionnaire.builtIn()
        let state = try InterviewFile(project).read(kind: questionnaire.kind)
        let interview = Interview(
            questionnaire, survey: DocumentSurvey.kept(in: project), state: state, now: now)
        return interview.openCount
    }
}

extension Interview {
    /// How many questions are open, as far as the answers tell.
    var openCount: Int {
        next == nil ? 0 : max(1, questionnaire.questions.count { applies($0) && state.current($0.id) == nil })
    }
}

extension GoldenRows {
    /// Whether somebody has put a question in, besides the example that a new project begins with.
    var isBegun: Bool { questions.contains { !GoldenExample.isQuestion($0) } }
}
