internal import AutoML
package import Base
internal import RAG
internal import Storage

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
    /// The release in service; nil where the winner of the last search is served.
    package let release: Int?
    /// What the service in use scores on them; nil where there are none that can be measured.
    package let incumbent: SearchResults.Estimate?
    /// What its configuration scores on them with the documents as they are now: a release keeps those it was made of.
    package let renewed: SearchResults.Estimate?
    /// What the last search's winner scored on questions that did not choose it.
    package let known: SearchResults.Estimate
    /// How much of what the default missed the last search closed, from 0 to 1.
    package let closed: Double
    /// Which metric it is about.
    package let metric: String

    /// Whether another search is proposed: enough questions, and the service misses something of them.
    package var isDue: Bool { questions >= Self.needed && expectedGain > 0 }

    /// What the score on questions such as these would rise by, beside what the documents of today do.
    package var expectedGain: Double { renewed.map { closed * (1 - $0.value) } ?? 0 }

    /// What a release of the same configuration and the documents of today would gain.
    package var gainByDocuments: Double {
        guard release != nil, let incumbent, let renewed else { return 0 }
        return renewed.value - incumbent.value
    }

    /// Looks at what has gathered since the last search.
    ///
    /// - Parameter ports: what the release in service is opened with.
    @concurrent
    package static func make(_ workspace: Workspace, ports: Workspace.Ports) async throws -> SearchProposal {
        let project = workspace.project
        let results = try ReportArchive.read(project)
        let rows = try gathered(project, since: results)
        let live = try await ReleaseBooks.read(project).live.live
        let served = rows.isEmpty ? nil : try live.map { try ReleaseFolder($0, of: project) }
        let configuration =
            try served?.configuration().configuration
            ?? results.trials.first { $0.number == results.winner }?.configuration ?? Configuration()
        var incumbent: SearchResults.Estimate?
        var renewed: SearchResults.Estimate?
        var count = 0
        if !rows.isEmpty {
            let golden = try await ProjectGolden.load(workspace, measuring: [configuration])
            let there = golden.items.map(\.id).filter(Set(rows).contains)
            count = there.count
            if !there.isEmpty {
                let measured = try await golden.evaluator(workspace).measure(configuration, on: there)
                let groups = golden.groups(of: there)
                renewed = ScoreTable(measured, objective: results.objective).estimate(groups: groups)
                incumbent = renewed
                if let served {
                    incumbent = try await MeasuredRelease(served, project, ports).measure(there)
                        .estimate(groups: groups)
                }
            }
        }
        let verdict = results.verdict
        let missed = 1 - verdict.baseline.value
        return SearchProposal(
            questions: count, release: live, incumbent: incumbent, renewed: renewed, known: verdict.winner,
            closed: missed > 0 ? min(max(verdict.difference.value / missed, 0), 1) : 0,
            metric: results.objective.metric)
    }

    /// The command that does it: the service in use competes with all others.
    package func command(_ project: String) -> String { "neo search \(project) --seed-from winner" }

    /// The fields of `neo feedback search --json`.
    package var json: JSONValue {
        [
            "questions": .integer(questions), "needed": .integer(Self.needed), "due": .bool(isDue),
            "metric": .string(metric), "release": release.map { .integer($0) } ?? .null,
            "incumbent": incumbent.map(Self.json) ?? .null, "renewed": renewed.map(Self.json) ?? .null,
            "gain_by_documents": .number(gainByDocuments), "searched": Self.json(known),
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
            "On \(ReportText.count(questions, "question")) of feedback "
                + "\(release.map { "release \($0), which is in service," } ?? "the service in use") reaches \(metric) "
                + "\(ReportText.interval(incumbent)); on the questions of its search it was \(ReportText.interval(known))."
        ]
        if let renewed, gainByDocuments != 0 {
            lines.append(
                "The same configuration with the documents as they are now reaches \(ReportText.interval(renewed)): a new "
                    + "release has them (neo release build \(project)).")
        }
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
