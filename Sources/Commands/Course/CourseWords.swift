internal import Engineer

/// What is said of a step that waits for a person.
enum CourseWords {
    /// What waits, and what to do about it.
    static func waiting(_ step: CourseStep, _ folder: String) -> String {
        switch step {
        case .interview(let open):
            "The interview has \(open) open question\(open == 1 ? "" : "s"): neo interview \(folder)"
        case .draftRequirements: "The requirements are to be written: neo spec draft \(folder)"
        case .mendRequirements(let findings):
            (["requirements.md has to be mended; neo spec check \(folder) says where:"]
                + findings.prefix(5).map { "  \($0)" }).joined(separator: "\n")
        case .approve(let kind):
            "\(kind.fileName) waits for your agreement: read it, then neo approve \(kind.rawValue) \(folder)"
        case .goldenQuestions:
            "There are no golden questions: neo golden propose \(folder), then neo golden review \(folder)"
        case .design: "The design is to be drawn up: neo design \(folder)"
        case .build: "The build is to go on: neo build \(folder)"
        case .stopped(let standing):
            ([standing.words, "What can be done:"]
                + standing.options.map { "  - \($0)" })
                .joined(separator: "\n")
        case .done: "It is built. neo serve \(folder) serves it; neo status \(folder) holds it to the requirements."
        }
    }

    /// The page of the dashboard on which it is done.
    static func page(_ step: CourseStep) -> String {
        switch step {
        case .interview, .draftRequirements: "/interview"
        case .mendRequirements, .approve(.requirements): "/requirements"
        case .approve(.design): "/design"
        case .goldenQuestions: "/golden/review"
        case .stopped(let standing): "#stopped-\(standing.milestone.id)"
        case .design, .build, .done: ""
        }
    }
}
