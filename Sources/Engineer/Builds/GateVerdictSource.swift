/// Where a gate gets the verdicts of requirements from: what the last search measured.
package enum GateVerdictSource {
    /// The verdict of each requirement, by its name.
    package static let of: GateVerdicts = { project in
        let status = try await ProjectStatus(FoundProject(folder: project.folder))
        return Dictionary(
            status.verdicts.map { ($0.requirement.id, GateVerdict($0.state, $0.sentence)) }
        ) { first, _ in first }
    }
}
