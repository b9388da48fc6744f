/// What no system can be, whatever it costs.
enum RequirementLimits {
    /// What is wrong with a requirement's threshold: none can meet it, each meets it, or its unit does not fit its metric.
    static func findings(of requirement: Requirement) -> [RequirementFinding] {
        guard let criterion = requirement.criterion else { return [] }
        let unit = MeasurementUnit(criterion.unit)
        let words = RequirementWords.tokens(requirement.metric)
        let isShare = words.contains(where: shares.contains)
        let isTime = words.contains(where: times.contains)
        func finding(_ rule: RequirementFinding.Rule, _ rest: String) -> [RequirementFinding] {
            [RequirementFinding(rule, [requirement.id], "\(RequirementNames.shown(requirement.id)): \(rest).")]
        }
        let metric = RequirementNames.line(requirement.metric)
        let limit = RequirementNames.line(criterion.words)
        if isShare, !unit.dimension.isEmpty {
            return finding(.unit, "\(metric) is a share, and \"\(limit)\" is none; write it in % or from 0 to 1")
        }
        if isTime, !isShare, unit.dimension.split(separator: "/").first != "s" {
            return finding(.unit, "\(metric) is a time, and \"\(limit)\" is none; write it in ms, s, min, h or d")
        }
        let domain: ValueRange
        let bounds: String
        if isShare {
            (domain, bounds) = (ValueRange(lower: 0, upper: 1), "from 0 to 1 (0 % to 100 %)")
        } else if isTime {
            (domain, bounds) = (ValueRange(lower: 0, excludesLower: true), "above 0")
        } else if unit.isAmount {
            (domain, bounds) = (ValueRange(lower: 0), "at least 0")
        } else {
            return []
        }
        if criterion.values.excludes(domain) {
            return finding(
                .impossible, "no system meets \"\(limit)\", because \(metric) is always \(bounds); mend the number")
        }
        if criterion.values.holds(domain) {
            return finding(
                .impossible,
                "every system meets \"\(limit)\", because \(metric) is always \(bounds), so it tests nothing; mend the number"
            )
        }
        return []
    }

    /// Metrics that are shares or scores from 0 to 1.
    private static let shares: Set<String> = [
        "recall", "precision", "accuracy", "ndcg", "mrr", "map", "f1", "probability", "share", "coverage",
        "faithfulness",
        "groundedness", "availability", "uptime", "ratio", "percentage", "proportion", "hit",
    ]
    /// Metrics that are times.
    private static let times: Set<String> = ["latency", "duration", "delay", "staleness"]
}

extension ValueRange {
    /// Whether every number of the other one is in it.
    func holds(_ other: ValueRange) -> Bool {
        let holdsLower = lower < other.lower || (lower == other.lower && (!excludesLower || other.excludesLower))
        let holdsUpper = upper > other.upper || (upper == other.upper && (!excludesUpper || other.excludesUpper))
        return holdsLower && holdsUpper
    }
}
