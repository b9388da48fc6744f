internal import Statistics

/// What a report says of the best configurations that cannot be told from the leader: how far behind they may be, and how
/// many questions would tell.
struct ReportUndecided {
    let results: SearchResults

    /// So many stand there: those that somebody might choose instead of the leader.
    private static let shown = 3
    /// Nobody writes more questions than that.
    private static let mostQuestions = 10_000

    var blocks: [ReportBlock] {
        let scores = Dictionary(
            results.trials.map { ($0.number, $0.score?.value ?? 0) }, uniquingKeysWith: { first, _ in first })
        let findings = (results.inference?.trials ?? []).filter {
            $0.verdict == .undetermined && $0.paired != nil
        }
        .sorted { (-(scores[$0.trial] ?? 0), $0.trial) < (-(scores[$1.trial] ?? 0), $1.trial) }
        guard !findings.isEmpty else { return [] }
        return [
            .paragraph(
                "The next best, compared with the best question by question. The last column: if the true difference is "
                    + "the one found, a comparison on so many questions of this kind would show it four times in five. A "
                    + "small difference needs few questions where it is much the same on each, and many where it "
                    + "scatters. The best was chosen by these very questions, so the differences are rather too large and "
                    + "the numbers too small."),
            .table(
                header: ["Trial", "Best minus this", "95 % interval", "Questions that would tell"],
                rows: findings.prefix(Self.shown).compactMap(row)),
        ]
    }

    private func row(_ finding: SearchResults.Inference.Finding) -> [String]? {
        guard let paired = finding.paired else { return nil }
        return [
            "\(finding.trial)", Rounding.text(paired.value),
            "\(Rounding.text(paired.lower)) to \(Rounding.text(paired.upper))",
            finding.questionsToTell.map { $0 > Self.mostQuestions ? "more than \(Self.mostQuestions)" : "\($0)" }
                ?? "none: on average they are equal",
        ]
    }
}
