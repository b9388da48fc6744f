internal import Base
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension ProjectReader {
    /// The requirements that the latest measured values do not meet, with or without a build.
    ///
    /// Those of a milestone that stopped are told with it, and those of one that a person accepted are settled.
    func requirementItems(_ view: ProjectOverview, _ project: Project) async -> [WaitingItem] {
        guard let document = view.documents.first(where: { $0.kind == .requirements }) else { return [] }
        // While a search works, the values are those of before.
        if view.searcher == nil { await judge(project) }
        let told = Set(
            (view.build?.milestones ?? []).filter { $0.state == .failed || $0.report?.acceptance != nil }
                .flatMap(\.unmetRequirements))
        return (lastUnmet?.verdicts ?? []).filter { !told.contains($0.requirement.id) }.prefix(20).map { verdict in
            let measured = verdict.measured.flatMap { try? Date($0.measured, strategy: .iso8601) }
            return WaitingItem(
                kind: "requirement",
                sentence: "\(RequirementNames.shown(verdict.requirement.id)) is not met: "
                    + ReportText.shortened(verdict.sentence, to: 300),
                since: measured ?? document.changed,
                place: .requirement(line: document.line(of: verdict.requirement.id) ?? 1),
                action: "See the requirement")
        }
    }

    /// Judges the requirements anew where something changed on which a verdict stands.
    private func judge(_ project: Project) async {
        let names = [
            "requirements.md", "neo.yaml", project.file.golden, ReportArchive.resultsName, "manifest.json",
            ".neo/survey.json", ".neo/runs.db", ".neo/runs.db-wal",
        ]
        let key =
            names.map { FileState(project.path($0)).map { "\($0)" } ?? "–" }
            + [(try? await database()?.changeStamp()) ?? "–"]
        guard lastUnmet?.key != key else { return }
        guard let file = try? RequirementsFile(of: project),
            let values = try? await MeasuredValues(project, reader: self)
        else {
            lastUnmet = (key, [])
            return
        }
        let verdicts = await ProjectStatus.verdicts(on: file.document.requirements, values)
        lastUnmet = (key, verdicts.filter { $0.state == .notMet })
    }
}

extension ReviewedDocument {
    /// The line at which a requirement begins.
    package func line(of requirement: String) -> Int? {
        lines.first { line in
            guard case .heading = line.kind else { return false }
            return line.text == requirement || line.text.hasPrefix(requirement + " ")
        }?.number
    }
}
