/// What a project requires: requirements, and what people said around them.
///
/// As a file it is `requirements.md` (``RequirementsMarkdown``); for programs, `requirements.json`.
package struct RequirementsDocument: Sendable, Hashable {
    /// The lists beside the requirements.
    package enum Topic: String, Sendable, Hashable, CaseIterable {
        case assumptions
        case outOfScope = "out_of_scope"
        case risks
        case openQuestions = "open_questions"
        case budget

        /// Its heading in the document.
        package var heading: String {
            switch self {
            case .assumptions: "Assumptions"
            case .outOfScope: "Out of scope"
            case .risks: "Risks"
            case .openQuestions: "Open questions"
            case .budget: "Budget"
            }
        }
    }

    /// A section that Neo has no field for.
    package struct Section: Sendable, Hashable {
        package var title: String
        package var prose: Prose

        /// A section.
        package init(title: String, prose: Prose) {
            self.title = title
            self.prose = prose
        }
    }

    /// The heading of the whole.
    package var title = "Requirements"
    /// What stands below it.
    package var introduction = Prose()
    /// What stands before the first requirement.
    package var foreword = Prose()
    /// The requirements, in their order.
    package var requirements: [Requirement] = []
    /// What stands beside the list of a topic.
    package private(set) var remarks: [Topic: Prose] = [:]
    private var lists: [Topic: [String]] = [:]
    /// All other sections, in their order.
    package var sections: [Section] = []

    /// An empty document.
    package init() {}

    /// The list of a topic.
    package subscript(topic: Topic) -> [String] {
        get { lists[topic] ?? [] }
        set { lists[topic] = newValue.isEmpty ? nil : newValue }
    }

    /// What else is said of a topic.
    package subscript(remarkOn topic: Topic) -> Prose {
        get { remarks[topic] ?? Prose() }
        set { remarks[topic] = newValue.isEmpty ? nil : newValue }
    }
}
