/// What a requirement's metric is, as far as Neo measures it.
enum MeasuredQuantity: Sendable, Hashable {
    /// A percentile of the time that a request takes, in seconds.
    case latency(percentile: Int)
    /// Dollars a question, when it is served.
    case cost
    /// Bytes of chunks and indexes in memory.
    case indexSize
    /// A mean over golden questions that a search measured, by its name there.
    case metric(String)
    /// What answers are worth, by its name in `neo eval --answers`.
    case answers(String)
    /// Files that could not be read.
    case unreadFiles
    /// Documents that seem to hold personal data.
    case personalDocuments
    /// Calls that went to models which others host.
    case servedCalls
    /// Something that a person or a program logs as a run.
    case logged(String)

    /// The quantity of a name, which may be written in any of the usual ways: `latency p95`, `p95_latency`.
    init(named metric: String) {
        let words = RequirementWords.tokens(metric)
        let name = words.joined(separator: " ")
        let percentiles = ["p50": 50, "p95": 95, "p99": 99]
        let others = words.filter { $0 != "latency" && $0 != "retrieval" }
        if words.contains("latency"), others.count == 1, let percentile = percentiles[others[0]] {
            self = .latency(percentile: percentile)
        } else if ["cost", "cost per query", "cost per question", "price per query", "price per question"].contains(
            name)
        {
            self = .cost
        } else if name == "index size" {
            self = .indexSize
        } else if ["unread files", "files that cannot be read"].contains(name) {
            self = .unreadFiles
        } else if name == "documents with personal data" {
            self = .personalDocuments
        } else if ["calls of served models", "calls of hosted models"].contains(name) {
            self = .servedCalls
        } else if let answers = Self.answerMetrics.first(where: { RequirementWords.key($0) == name }) {
            self = .answers(answers)
        } else {
            self = Self.searched(words).map { .metric($0) } ?? .logged(metric)
        }
    }

    /// The unit's dimension that a test of it has; nil where any will do.
    var dimension: String? {
        switch self {
        case .latency: "s"
        case .cost: "usd"
        case .indexSize: "b"
        case .metric, .answers: ""
        case .unreadFiles, .personalDocuments, .servedCalls, .logged: nil
        }
    }

    /// What `neo eval --answers` tells of single questions.
    static let answerMetrics = [
        "answered", "answer_found", "answer_found_first", "answer_found_if_answered", "abstention_precision",
        "abstention_recall", "abstention_recall_withheld", "citation_precision", "citation_recall", "exact_match",
        "token_f1", "rouge_l", "answer_similarity",
    ]

    /// `recall at 10` is `recall@10`.
    private static func searched(_ words: [String]) -> String? {
        let known: Set<String> = ["evidence", "ndcg", "map", "mrr", "hit", "precision", "recall"]
        guard let first = words.first, known.contains(first) else { return nil }
        let parts = words.filter { $0 != "at" && $0 != "rate" }
        let names = parts.filter { Int($0) == nil }
        let depths = parts.compactMap { Int($0) }
        let metric = names.joined(separator: "_")
        let isKnown = [
            "evidence_recall", "evidence_hit", "evidence_mrr", "ndcg", "map", "mrr", "hit", "precision", "recall",
        ].contains(metric)
        guard isKnown, depths.count <= 1, parts.last.map({ Int($0) != nil || depths.isEmpty }) ?? false else {
            return nil
        }
        return depths.first.map { "\(metric)@\($0)" } ?? metric
    }
}
