internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A build that stopped at a gate, as it was then: what tells when it is to go on without being asked.
package struct StoppedBuild: Sendable, Hashable {
    /// What a step means to somebody who waits at the gate.
    package enum Reply: Sendable, Hashable {
        /// Nothing was decided.
        case waits
        /// It was accepted, or the documents were changed and approved again.
        case goesOn
        /// Questions, documents or settings changed: what was built would be built anew, which may take long.
        case wouldBeginAgain
    }

    /// The milestone.
    package let milestone: Milestone
    /// What was seen of it.
    package let mark: String
    private let requirements: String?
    private let design: String?

    /// A build that has just stopped.
    package init(_ standing: MilestoneStanding, in project: Project) {
        (milestone, mark) = (standing.milestone, standing.mark)
        (requirements, design) = (Self.hash(.requirements, project), Self.hash(.design, project))
    }

    /// What the project's next step, which `ProjectCourse` told a moment ago, means.
    package func reply(to step: CourseStep, in project: Project) async throws -> Reply {
        switch step {
        case .stopped(let standing): return standing.mark == mark ? .waits : .goesOn
        case .build:
            if Self.hash(.requirements, project) != requirements || Self.hash(.design, project) != design {
                return .goesOn
            }
            let now = try await BuildSession.standing(project)?.milestones.first { $0.milestone.id == milestone.id }
            // Looking the questions over is quick, and more of them are what its gate asks for.
            return now?.state == .passed || milestone.work == .questions ? .goesOn : .wouldBeginAgain
        default: return .goesOn
        }
    }

    private static func hash(_ kind: ReviewedDocument.Kind, _ project: Project) -> String? {
        (try? DocumentSource.read(kind, in: project))?.hash
    }
}
