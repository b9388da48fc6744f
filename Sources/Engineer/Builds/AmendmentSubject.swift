/// What people say of a change in other words than a requirement's metric has.
struct AmendmentSubject {
    /// One of these words speaks of it.
    let words: Set<String>
    /// The beginnings of the metrics that it is about.
    let metrics: [String]
    /// The questions of the interview whose assumptions say something of it.
    let questions: Set<String>

    /// Whether a metric is one of its.
    func covers(_ metric: String) -> Bool {
        let metric = metric.lowercased()
        return metrics.contains { metric.hasPrefix($0) }
    }

    /// What a change speaks of.
    static func found(in change: String) -> [AmendmentSubject] {
        let tokens = RequirementWords.tokens(change)
        let words = Set(tokens)
        return all.filter { !words.isDisjoint(with: $0.words) } + (saysThatDocumentsChange(tokens) ? [freshness] : [])
    }

    /// Whether it says how often documents change, and not that they are to be others: `documents change daily`.
    static func saysThatDocumentsChange(_ tokens: [String]) -> Bool {
        let pairs = zip(tokens, tokens.dropFirst())
        return !rhythms.isDisjoint(with: tokens)
            || pairs.contains {
                ["documents", "files", "articles"].contains($0) && ["change", "changes"].contains($1)
            }
    }

    /// Whether it speaks of a language.
    static func speaksOfLanguage(_ words: Set<String>) -> Bool { !words.isDisjoint(with: languages) }

    private static let rhythms: Set<String> = [
        "daily", "hourly", "weekly", "monthly", "nightly", "fresh", "freshness", "stale", "staleness",
    ]

    private static let languages: Set<String> = [
        "language", "languages", "multilingual", "translate", "translated", "translation", "arabic", "chinese", "czech",
        "danish", "dutch", "english", "finnish", "french", "german", "greek", "hindi", "hungarian", "italian",
        "japanese", "korean", "norwegian", "polish", "portuguese", "romanian", "russian", "spanish", "swedish",
        "turkish", "ukrainian",
    ]

    private static let freshness = AmendmentSubject(words: rhythms, metrics: ["staleness"], questions: ["changes"])

    private static let all = [
        AmendmentSubject(
            words: ["cheap", "cheaper", "cost", "costs", "price", "prices", "money", "expensive"], metrics: ["cost"],
            questions: ["cost"]),
        AmendmentSubject(
            words: ["fast", "faster", "slow", "slower", "quick", "quicker", "quickly", "speed", "seconds"],
            metrics: ["latency"], questions: ["latency"]),
        AmendmentSubject(
            words: ["load", "busy", "busier", "concurrent", "traffic"], metrics: ["latency p95 under load"],
            questions: ["load"]),
        AmendmentSubject(
            words: ["abstain", "abstains", "abstention", "refuse", "refuses", "unanswerable", "unsure"],
            metrics: ["abstention"], questions: ["unsure"]),
        AmendmentSubject(
            words: ["accurate", "accuracy", "quality", "correct", "relevant"],
            metrics: ["evidence", "ndcg", "recall", "answer_found"], questions: ["accuracy"]),
        AmendmentSubject(
            words: ["private", "privacy", "personal", "gdpr"], metrics: ["personal data"],
            questions: ["personal", "rules"]),
        AmendmentSubject(
            words: ["confidential", "hosted", "cloud", "premises"], metrics: ["calls of served"],
            questions: ["confidential", "hosted"]),
        AmendmentSubject(
            words: ["copies", "duplicate", "duplicates"], metrics: ["older copies"], questions: ["duplicates"]),
        AmendmentSubject(words: languages, metrics: [], questions: ["languages", "translation"]),
    ]
}
