/// Where a gate gets the verdicts of requirements from: what the last search measured.
package enum GateVerdictSource {
    /// The verdict of each requirement, by its name.
    package static let of: GateVerdicts = { project in
        let document = try RequirementsFile(of: project).document
        return Dictionary(document.requirements.map { ($0.id, GateVerdict(.notMeasured)) }) { first, _ in first }
    }
}
