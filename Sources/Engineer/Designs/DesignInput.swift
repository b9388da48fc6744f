internal import AutoML

/// What a design is drawn up from.
package struct DesignInput: Sendable {
    package let project: Project
    /// Nil where there are none: then nothing is held to them.
    let requirements: RequirementsDocument?
    /// The SHA-256 of requirements.md.
    let requirementsHash: String?
    let survey: DocumentSurvey?
    let space: SearchSpace
    let probe: DesignProbe
    /// Golden questions that are there.
    let questions: Int
    /// The day, such as `2026-11-22`.
    let day: String

    var estimate: DesignEstimate {
        DesignEstimate(
            probe: probe, space: space, trials: project.file.trials, questions: max(questions, Self.leastQuestions))
    }

    /// Below this, an interval is so wide that hardly any requirement is decided.
    static let leastQuestions = 20

    /// Whether a model may be asked that does not run on this machine: what a role stands for is not settled here.
    var asksElsewhere: Bool {
        let encoders = project.file.encoders.contains { if case .endpoint = $0.source { true } else { false } }
        let writers = project.file.generation.models.contains { model in
            (model.name.contains("/") && !model.name.hasPrefix("\(ModelReference.localEndpoint)/"))
                || ModelRole(rawValue: model.name) != nil
        }
        return encoders || writers
    }

    /// By which milestone a requirement is measured; nil where none of them does.
    static func work(measuring requirement: Requirement) -> Milestone.Work? {
        guard requirement.criterion != nil else { return nil }
        return switch MeasuredQuantity(named: requirement.metric) {
        case .latency: .service
        case .answers: .answers
        case .metric, .cost, .indexSize, .unreadFiles, .personalDocuments, .servedCalls: .search
        // A person or a program has to log it.
        case .logged: nil
        }
    }
}
