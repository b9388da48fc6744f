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
        // One that differs on no question, or whose difference is 0, leaves nothing to find out.
        let findings = (results.inference?.trials ?? []).filter {
            $0.verdict == .undetermined && $0.questionsToTell != nil
        }
        .sorted { (-(scores[$0.trial] ?? 0), $0.trial) < (-(scores[$1.trial] ?? 0), $1.trial) }
        guard !findings.isEmpty else { return [] }
        return [
            .paragraph(
                "The best of those that cannot be told from the leader, question by question. The last column is how many "
                    + "questions of this kind would show a difference as large as the one found in four of five searches. "
                    + "The leader was chosen by these very questions, so its lead is rather too large, and the number "
                    + "rather too small."),
            .table(
                header: ["Trial", "Leader minus trial", "95 % interval", "Questions that would tell"],
                rows: findings.prefix(Self.shown).compactMap(row)),
        ]
    }

    private func row(_ finding: SearchResults.Inference.Finding) -> [String]? {
        guard let paired = finding.paired, let count = finding.questionsToTell else { return nil }
        return [
            "\(finding.trial)", Rounding.text(paired.value),
            "\(Rounding.text(paired.lower)) to \(Rounding.text(paired.upper))",
            count > Self.mostQuestions ? "more than \(Self.mostQuestions)" : "\(count)",
        ]
    }
}
