/// What a report says of the parameters: which make the difference, alone and two together.
struct ReportImportance {
    let results: SearchResults

    /// With fewer the order of the choices is not yet that of the whole space: on three spaces of 676 configurations its
    /// rank correlation was −0.05 to 0.73 with 24 trials, 0.82 to 0.90 with 50 (0.49 at worst), and 0.91 to 0.93 with 100.
    private static let leastTrials = 100
    /// Below this the forest foretells too little to be explained by.
    private static let leastAccuracy = 0.3
    /// What explains less is not listed.
    private static let leastShare = 0.01

    var blocks: [ReportBlock] {
        guard let importance = results.importance else { return [] }
        let heading = ReportBlock.heading("Which choices matter")
        guard importance.trials >= Self.leastTrials || importance.isWholeSpace == true else {
            return [
                heading,
                .paragraph(
                    "\(importance.trials) trials are too few to say which choices matter; it is shown from "
                        + "\(Self.leastTrials) on (neo search --trials \(Self.leastTrials))."
                ),
            ]
        }
        guard importance.accuracy >= Self.leastAccuracy else {
            return [
                heading,
                .paragraph(
                    "\(importance.trials) trials do not say which choices matter: what was learned from some of them hardly "
                        + "foretells the others."
                ),
            ]
        }
        let rows = (importance.parameters.prefix(8) + importance.interactions.prefix(3)).filter {
            $0.share >= Self.leastShare
        }
        return [
            heading,
            .paragraph(
                "How much of the difference between configurations is explained by each choice, if every choice were "
                    + "equally likely. Two choices with an × between them explain so much only together, beyond what each "
                    + "does alone: the best value of the one depends on the other. Learned from \(importance.trials) "
                    + "trials; the range is that of the middle 90 % of the trees that learned it. A share says how much a "
                    + "choice matters, not which value is best."
            ),
            .table(
                header: ["Choice", "Share", "Range"],
                rows: rows.map { row in
                    [
                        row.names.joined(separator: " × "), Self.percent(row.share),
                        "\(Self.percent(row.lower)) to \(Self.percent(row.upper))",
                    ]
                }
            ),
        ]
    }

    private static func percent(_ share: Double) -> String { Rounding.text(100 * share, digits: 0) + " %" }
}
