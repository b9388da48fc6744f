/// What a metric means, in a sentence for somebody who has never met it.
enum MetricDefinition {
    /// The sentence; it ends with what 0 and 1 mean where both are possible.
    static func sentence(for metric: String) -> String {
        let (name, cutoff) = parts(metric)
        let depth = cutoff.map { "the first \($0)" } ?? "all"
        switch name {
        case "evidence_recall":
            let budget = cutoff.map { "\($0) tokens" } ?? "500, 1000, 2000 and 4000 tokens, averaged"
            return "Each question has evidence: sentences of the documents that its answer needs. The passages that "
                + "are found are read in order, and a sentence counts as found once half of it has been read. The "
                + "score is the share of the evidence found within a context of \(budget). 1 means that every sentence "
                + "was found at once; 0 means that none was found."
        case "evidence_hit":
            return "1 where \(depth) passages hold a sentence of the evidence, else 0; averaged over the questions."
        case "evidence_mrr":
            return
                "1 divided by the rank of the first passage that holds a sentence of the evidence (1, 0.5, 0.33, …), "
                + "and 0 where none does; averaged over the questions."
        case "ndcg":
            return "How near the order of \(depth) documents comes to the best possible order: a relevant document "
                + "counts less the further down it stands. 1 is the best possible order; 0 means that none of them is "
                + "relevant. Computed as trec_eval does, with linear gain."
        case "map":
            return "Average precision: the precision at the rank of every relevant document, averaged over these "
                + "documents and then over the questions. 1 is perfect."
        case "mrr":
            return "1 divided by the rank of the first relevant document (1, 0.5, 0.33, …), and 0 where none is found; "
                + "averaged over the questions."
        case "hit":
            return "1 where a relevant document is among \(depth) that are found, else 0; averaged over the questions."
        case "precision": return "The share of \(depth) documents found that are relevant; averaged over the questions."
        case "recall":
            return "The share of all relevant documents that are among \(depth) found; averaged over the questions."
        case "encoder_tokens", "reranker_tokens":
            return "How many tokens the served model reads for a question when nothing is cached, averaged."
        default: return "A number that the project defines itself; averaged over the questions."
        }
    }

    /// The same for a row of a table that stands below the sentence of `evidence_recall`.
    static func short(for metric: String) -> String {
        guard case ("evidence_recall", let cutoff) = parts(metric) else { return sentence(for: metric) }
        return "The share of the evidence found within "
            + (cutoff.map { "a context of \($0) tokens." } ?? "500, 1000, 2000 and 4000 tokens, averaged.")
    }

    private static func parts(_ metric: String) -> (name: String, cutoff: String?) {
        let parts = metric.split(separator: "@", maxSplits: 1)
        guard let name = parts.first else { return (metric, nil) }
        return (String(name), parts.count > 1 ? String(parts[1]) : nil)
    }
}
