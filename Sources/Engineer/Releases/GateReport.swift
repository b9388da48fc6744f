package import Base

/// What the gate found out about a release that is to be promoted.
package struct GateReport: Sendable, Hashable, Codable {
    /// How it compares with the release that is served.
    package enum Verdict: String, Sendable, Hashable, Codable {
        /// There is no other to compare with.
        case first
        /// It is at most the margin worse, at 95 %.
        case notWorse = "not worse"
        /// It is more than the margin worse, at 95 %.
        case worse
        /// These questions cannot tell.
        case undetermined
    }

    package var verdict: Verdict
    package var objective: String
    package var release: Int
    package var incumbent: Int?
    /// How many questions both were asked; 0 where nothing was compared.
    package var questions: Int
    /// Whether the search never saw them.
    package var isHeldOut: Bool
    package var candidateScore: SearchResults.Estimate?
    package var incumbentScore: SearchResults.Estimate?
    /// The release minus the incumbent, question by question.
    package var difference: SearchResults.Estimate?
    /// How much worse it may be.
    package var margin: Double
    /// Where the margin comes from.
    package var marginSource: String
    /// How many more questions like these would decide; nil where it is decided, or cannot be said.
    package var moreQuestions: Int?
    /// How often the held-out questions were opened, this time included; nil where they were not.
    package var openings: Int?
    /// What the constraints say on this machine; empty where there are none.
    package var constraints: [Decision.Finding]
    /// The machine that they were measured on.
    package var machine: JSONValue
    /// What else its reader must know.
    package var notes: [String]

    /// From this opening on the gate asks for fresh questions.
    package static let openingsToRefresh = 5

    /// What is known of the constraints together.
    package var feasibility: Decision.Outcome {
        constraints.contains { $0.outcome == .infeasible }
            ? .infeasible : constraints.contains { $0.outcome == .undetermined } ? .undetermined : .feasible
    }

    /// Whether it may be promoted, may not, or a person has to decide.
    package var outcome: Decision.Outcome {
        if verdict == .worse || feasibility == .infeasible { return .infeasible }
        return verdict == .undetermined || feasibility == .undetermined ? .undetermined : .feasible
    }

    /// Whether the questions were opened so often that others are needed.
    package var asksForFreshQuestions: Bool { (openings ?? 0) >= Self.openingsToRefresh }

    /// The report as one object.
    package var json: JSONValue {
        var fields = ((try? JSONValue(encoding: self)) ?? .null).object ?? [:]
        fields["outcome"] = .string(outcome.rawValue)
        fields["asksForFreshQuestions"] = .bool(asksForFreshQuestions)
        return .object(fields)
    }
}

extension GateReport {
    /// The report for people.
    package var text: String {
        var lines: [String] = []
        if let incumbent, let difference, let candidateScore, let incumbentScore {
            let asked = isHeldOut ? "held-out questions" : "questions, which the search has seen"
            lines += [
                "Release \(release) against release \(incumbent), on \(questions) \(asked):",
                "  \(objective) of release \(release): \(ReportText.interval(candidateScore))",
                "  \(objective) of release \(incumbent): \(ReportText.interval(incumbentScore))",
                "  difference, question by question: \(ReportText.interval(difference))",
                "  it may be \(Rounding.text(margin)) worse (\(marginSource))",
            ]
        }
        lines.append(sentence)
        lines += constraints.map { "  \($0.constraint): \($0.measured) on this machine, \($0.outcome.rawValue)" }
        if let openings {
            lines.append(
                "The held-out questions were opened \(ReportText.count(openings, "time")), this time included.")
        }
        if asksForFreshQuestions {
            lines.append(
                "That is often: who chooses by the same questions again and again fits the system to them. Write fresh "
                    + "questions with the split held-out, and search again.")
        }
        return (lines + notes).joined(separator: "\n")
    }

    /// The verdict as a sentence.
    package var sentence: String {
        switch verdict {
        case .first: "There is no release before it to compare with."
        // No interval says so where both are the same; the notes do.
        case .notWorse where difference.map { $0.lower <= -margin } == true: "Not worse: both do the same."
        case .notWorse: "Not worse: the whole 95 % interval of the difference lies above −\(Rounding.text(margin))."
        case .worse: "Worse: the whole 95 % interval of the difference lies below −\(Rounding.text(margin))."
        case .undetermined:
            "Undetermined: these questions cannot tell."
                + (moreQuestions.map { " About \(ReportText.count($0, "more question")) like these would." } ?? "")
        }
    }
}
