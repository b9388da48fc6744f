internal import AutoML
package import Base
internal import RAG

/// Whether what people said is enough for another search, and what that would gain.
///
/// The gain is a projection, not a measurement: on the questions that came of feedback the service in use is measured, and another
/// search is taken to close as much of what it misses as the last one closed between the default and its winner, on questions
/// that chose neither. It says what it stands on.
package struct SearchProposal: Sendable, Hashable, Codable {
    /// So many accepted questions are enough.
    package static let needed = 20

    /// How many questions of feedback were accepted that the last search did not have.
    package let questions: Int
    /// What the service in use scores on them; nil where there are none that can be measured.
    package let incumbent: SearchResults.Estimate?
    /// What the last search's winner scored on questions that did not choose it.
    package let known: SearchResults.Estimate
    /// How much of what the default missed the last search closed, from 0 to 1.
    package let closed: Double
    /// Which metric it is about.
    package let metric: String

    /// Whether another search is proposed: enough questions, and the service misses something of them.
    package var isDue: Bool { questions >= Self.needed && expectedGain > 0 }

    /// What the score on questions such as these would rise by.
    package var expectedGain: Double { incumbent.map { closed * (1 - $0.value) } ?? 0 }

    /// Looks at what has gathered since the last search.
    @concurrent
    package static func make(_ workspace: Workspace) async throws -> SearchProposal {
        let project = workspace.project
        let results = try ReportArchive.read(project)
        let rows = try gathered(project, since: results)
        let winner = results.trials.first { $0.number == results.winner }?.configuration ?? Configuration()
        var incumbent: SearchResults.Estimate?
        var count = 0
        if !rows.isEmpty {
            let golden = try await ProjectGolden.load(workspace, measuring: [winner])
            let there = golden.items.map(\.id).filter(Set(rows).contains)
            count = there.count
            if !there.isEmpty {
                let measured = try await golden.evaluator(workspace).measure(winner, on: there)
                let scores = ScoreTable(measured, objective: results.objective)
                incumbent = scores.estimate(groups: golden.groups(of: scores.items))
            }
        }
        let verdict = results.verdict
        let missed = 1 - verdict.baseline.value
        return SearchProposal(
            questions: count, incumbent: incumbent, known: verdict.winner,
            closed: missed > 0 ? min(max(verdict.difference.value / missed, 0), 1) : 0,
            metric: results.objective.metric)
    }

    /// The command that does it: the service in use competes with all others.
    package func command(_ project: String) -> String { "neo search \(project) --seed-from winner" }

    /// The fields of `neo feedback search --json`.
    package var json: JSONValue {
        [
            "questions": .integer(questions), "needed": .integer(Self.needed), "due": .bool(isDue),
            "metric": .string(metric), "incumbent": incumbent.map(Self.json) ?? .null, "searched": Self.json(known),
            "closed": .number(closed), "expected_gain": .number(expectedGain),
        ]
    }

    private static func json(_ estimate: SearchResults.Estimate) -> JSONValue {
        ["value": .number(estimate.value), "lower": .number(estimate.lower), "upper": .number(estimate.upper)]
    }

    /// For people.
    package func text(_ project: String) -> String {
        guard let incumbent else {
            return
                "No question of feedback has been accepted since the last search: neo feedback propose \(project), then "
                + "neo golden review \(project)."
        }
        var lines = [
            "On \(ReportText.count(questions, "question")) of feedback the service in use reaches \(metric) "
                + "\(ReportText.interval(incumbent)); on the questions of its search it was \(ReportText.interval(known))."
        ]
        if isDue {
            lines.append(
                "Another search is proposed. If it closes what the last one closed of what its default missed "
                    + "(\(FeedbackReport.percent(closed))), \(metric) on such questions rises by "
                    + "\(Rounding.text(expectedGain)): a projection, which only the search can confirm.")
            lines.append("The service in use competes in it: \(command(project))")
        } else if questions < Self.needed {
            lines.append(
                "That is not enough yet: \(Self.needed) are needed, so that the new questions count for something.")
        } else {
            lines.append("Nothing speaks for another search: the last one closed nothing, or nothing is missed.")
        }
        return lines.joined(separator: "\n")
    }
}
