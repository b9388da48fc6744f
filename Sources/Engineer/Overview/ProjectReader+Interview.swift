internal import Base

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// How far a project's interview has come, by what was last found in the documents.
package struct InterviewStanding: Sendable, Hashable {
    /// Whether anything was answered.
    package let isBegun: Bool
    /// Whether nothing is left to ask.
    package let isComplete: Bool
    /// The topics of which something is not known yet.
    package let unclear: [String]
    /// When it was last answered.
    package let changed: Date?
}

extension ProjectReader {
    /// The interview with what was answered so far.
    package func interview(_ project: Project, survey: DocumentSurvey?, now: Date) throws -> Interview {
        let questionnaire = try self.questionnaire ?? Questionnaire.builtIn()
        self.questionnaire = questionnaire
        return Interview(
            questionnaire, survey: survey, state: try InterviewFile(project).read(kind: questionnaire.kind), now: now)
    }

    /// How far the interview has come; read anew only where something was answered or surveyed.
    func interviewStanding(_ project: Project) throws -> InterviewStanding {
        let states = ["interview", "survey"].map { FileState(project.path(".neo/\($0).json")) }
        if let known = lastStanding, known.states == states { return known.standing }
        let survey = states[1] == nil ? nil : DocumentSurvey.kept(in: project)
        let interview = try interview(project, survey: survey, now: states[1]?.changed ?? Date())
        let standing = InterviewStanding(
            isBegun: !interview.state.answers.isEmpty, isComplete: interview.isComplete,
            unclear: interview.coverage.filter { $0.coverage != .clear }.map(\.topic.title),
            changed: states[0]?.changed)
        lastStanding = (states, standing)
        return standing
    }

    /// The interview that was left, or that nobody began though nothing else says what the system must do.
    func interviewItem(_ view: ProjectOverview, _ project: Project) -> WaitingItem? {
        guard let standing = view.interview, !standing.isComplete else { return nil }
        if standing.isBegun {
            let count = standing.unclear.count
            let first = standing.unclear.prefix(3).joined(separator: ", ")
            return WaitingItem(
                kind: "interview",
                sentence: "The interview is not over: \(first)\(count > 3 ? " and \(count - 3) more" : "") "
                    + "\(count == 1 ? "is" : "are") not clear yet.",
                since: standing.changed ?? Date(timeIntervalSince1970: 0), place: .interview, action: "Go on with it")
        }
        // What was built without one is not asked for it.
        guard view.documents.isEmpty, view.unreadable.isEmpty, view.studies.isEmpty, view.results == nil else {
            return nil
        }
        return WaitingItem(
            kind: "interview", sentence: "Nobody has said yet what it must do.",
            since: FileState(project.path("neo.yaml"))?.changed ?? Date(timeIntervalSince1970: 0), place: .interview,
            action: "Begin the interview")
    }
}
