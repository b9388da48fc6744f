internal import AutoML
package import Base

extension Comparison {
    /// What the questions can tell of the two.
    package enum Verdict: String, Sendable {
        case better, worse
        case undecided = "not distinguishable"
        case same = "the same configuration"
    }

    /// The first against the second, at 95 %.
    package var verdict: Verdict {
        if let configuration = first.configuration, configuration == second.configuration { return .same }
        if difference.lower > 0 { return .better }
        return difference.upper < 0 ? .worse : .undecided
    }

    /// Whether the winner is measured on questions that chose it.
    package var isOptimistic: Bool {
        openings == nil && first.configuration != second.configuration
            && [first.name, second.name].contains("winner")
    }

    /// The comparison as one object.
    package var json: JSONValue {
        [
            "objective": .string(objective.metric),
            "questions": .integer(questions),
            "first": Self.json(first),
            "second": Self.json(second),
            "difference": Self.json(difference),
            "verdict": .string(verdict.rawValue),
            "slices": .array(
                slices.map {
                    [
                        "type": .string($0.type), "questions": .integer($0.questions), "first": .number($0.first),
                        "second": .number($0.second),
                    ]
                }),
            "largest_differences": .array(
                largest.map {
                    [
                        "id": .string($0.id), "question": .string($0.question), "first": .number($0.first),
                        "second": .number($0.second),
                    ]
                }),
            "openings": openings.map { .integer($0) } ?? .null,
            "mixes_held_out": .bool(mixesHeldOut),
            "optimistic": .bool(isOptimistic),
        ]
    }

    private static func json(_ side: Side) -> JSONValue {
        [
            "name": .string(side.name), "configuration": side.configuration.map { .object($0.values) } ?? .null,
            "external": side.external?.json ?? .null, "score": json(side.score), "failures": .integer(side.failures),
        ]
    }

    private static func json(_ estimate: SearchResults.Estimate) -> JSONValue {
        ["value": .number(estimate.value), "lower": .number(estimate.lower), "upper": .number(estimate.upper)]
    }

    /// The comparison for people.
    package var text: String {
        var lines = [
            "\(objective.metric) on \(ReportText.count(questions, "question"))", line("A", first), line("B", second),
            "A minus B: \(ReportText.interval(difference))", sentence,
        ]
        lines += first.notes + second.notes
        if isOptimistic {
            lines.append(
                "The winner was chosen by questions that are among these, so its score is too high on average; where "
                    + "questions are held out, --held-out is the fair test.")
        }
        if let openings {
            lines.append(
                "The held-out questions have now been opened \(ReportText.count(openings, "time")) for this study; each "
                    + "look makes them a little less honest.")
        } else if mixesHeldOut {
            lines.append(
                "Questions that the search held out are among these: to choose by this number spoils them as a test.")
        }
        if slices.count > 1 {
            lines.append("\nBy type of question (A, B):")
            lines += slices.map {
                "  \($0.type) (\($0.questions)): \(Rounding.text($0.first)), \(Rounding.text($0.second))"
            }
        }
        if !largest.isEmpty {
            lines.append("\nWhere they differ most (A, B), of the questions that the search may see:")
            lines += largest.map {
                "  \($0.id): \(Rounding.text($0.first)), \(Rounding.text($0.second))  \(ReportText.shortened($0.question, to: 80))"
            }
        }
        return lines.joined(separator: "\n")
    }

    private func line(_ letter: String, _ side: Side) -> String {
        let failed =
            side.failures > 0 ? "; \(ReportText.count(side.failures, "question")) failed, counted as the worst" : ""
        return "\(letter), \(side.name): \(ReportText.interval(side.score))\(failed)"
    }

    private var sentence: String {
        switch verdict {
        case .better: "A is better than B: the whole interval of the difference is above 0."
        case .worse: "A is worse than B: the whole interval of the difference is below 0."
        case .same: "A and B are the same configuration."
        case .undecided:
            "These questions cannot tell A from B: a difference of 0 is in the interval. That does not show that they are "
                + "equal; more questions would narrow it."
        }
    }
}
