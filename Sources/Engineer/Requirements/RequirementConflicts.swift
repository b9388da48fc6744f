/// Finds requirements that cannot hold together: of the same subject and metric, under conditions of which one includes
/// the other, with thresholds that no value meets both.
///
/// Two different conditions may never be true at once, so nothing is said of them. Two by two is enough: ranges on a
/// line of which each two share a number share one all together.
struct RequirementConflicts {
    private struct Claim {
        let position: Int
        let id: String
        let conditions: Set<String>
        let criterion: Criterion
    }

    /// The most findings that are of use to anybody.
    private static let most = 200

    private var groups: [[Claim]] = []

    init(_ requirements: [Requirement]) {
        var places: [String: Int] = [:]
        for (position, requirement) in requirements.enumerated() {
            guard let criterion = requirement.criterion, let sentence = try? EARSSentence(parsing: requirement.text),
                !requirement.metric.isEmpty
            else { continue }
            let claim = Claim(
                position: position, id: requirement.id,
                conditions: Set(
                    sentence.conditions.map { "\($0.keyword.rawValue) \(RequirementWords.key($0.text))" }),
                criterion: criterion)
            let key = "\(RequirementWords.key(sentence.subject))\n\(RequirementWords.key(requirement.metric))"
            if let place = places[key] {
                groups[place].append(claim)
            } else {
                places[key] = groups.count
                groups.append([claim])
            }
        }
    }

    /// The findings, each with the place of its first requirement.
    var findings: [(position: Int, finding: RequirementFinding)] {
        var findings: [(position: Int, finding: RequirementFinding)] = []
        for group in groups {
            for (place, first) in group.enumerated() {
                for second in group[(place + 1)...] {
                    guard findings.count < Self.most else { return findings }
                    if let finding = Self.conflict(first, second) { findings.append((first.position, finding)) }
                }
            }
        }
        return findings
    }

    private static func conflict(_ first: Claim, _ second: Claim) -> RequirementFinding? {
        let names = "\(RequirementNames.shown(first.id)) and \(RequirementNames.shown(second.id))"
        let limits = [first, second].map { "\"\(RequirementNames.line($0.criterion.words))\"" }
        let units = [first, second].map { MeasurementUnit($0.criterion.unit).dimension }
        guard units[0] == units[1] else {
            return RequirementFinding(
                .unit, [first.id, second.id],
                "\(names): \(limits[0]) and \(limits[1]) limit the same metric in units that cannot be compared; use one unit, "
                    + "or name two metrics.")
        }
        guard first.conditions.isSubset(of: second.conditions) || second.conditions.isSubset(of: first.conditions),
            first.criterion.values.excludes(second.criterion.values)
        else { return nil }
        return RequirementFinding(
            .contradiction, [first.id, second.id],
            "\(names): no value meets both \(limits[0]) and \(limits[1]); decide which one holds, or under which condition each "
                + "does.")
    }
}
