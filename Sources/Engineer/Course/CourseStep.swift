/// What comes next in a project's life, as its folder stands.
package enum CourseStep: Sendable, Hashable {
    /// Questions are open that the requirements need.
    case interview(open: Int)
    /// The interview is at its end, and requirements.md is not written.
    case draftRequirements
    /// requirements.md says what cannot be measured or met.
    case mendRequirements([String])
    /// A person has to agree to a document.
    case approve(ReviewedDocument.Kind)
    /// There are no golden questions.
    case goldenQuestions
    /// design.md is not there, or was drawn up from other requirements.
    case design
    /// A milestone is to be done.
    case build
    /// A gate does not hold.
    case stopped(MilestoneStanding)
    case done

    /// A word for programs.
    package var name: String {
        switch self {
        case .interview: "interview"
        case .draftRequirements: "draft-requirements"
        case .mendRequirements: "mend-requirements"
        case .approve(let kind): "approve-\(kind.rawValue)"
        case .goldenQuestions: "golden-questions"
        case .design: "design"
        case .build: "build"
        case .stopped: "stopped"
        case .done: "done"
        }
    }
}
