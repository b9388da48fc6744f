/// Asks something of a name in the documents that nothing near the name speaks of.
///
/// What one would find it by is looked for in every part of the documents that has the name; the question is proposed only
/// where none has any of these words, and one document in twenty has one, so that it is a thing that these documents tell of.
struct UnansweredTemplate: Sendable {
    private let question: @Sendable (String) -> String
    private let signs: [String]

    private init(_ signs: [String], _ question: @escaping @Sendable (String) -> String) {
        self.question = question
        self.signs = signs
    }

    private static let all: [UnansweredTemplate] = [
        .init(["cost", "costs", "price", "prices", "pricing", "fee", "fees", "paid", "dollars", "free"]) {
            "How much does \($0) cost?"
        },
        .init([
            "invented", "inventor", "created", "creator", "author", "authors", "coined", "introduced", "developed",
            "developer", "founded", "founder", "discovered", "proposed",
        ]) { "Who first came up with \($0)?" },
        .init(["licence", "license", "licensed", "copyright", "apache", "mit", "gpl"]) {
            "Under which licence is \($0)?"
        },
        .init(["deprecated", "deprecation", "obsolete", "removed", "replaced", "abolished", "repealed"]) {
            "When was \($0) given up?"
        },
        .init(["memory", "megabytes", "ram", "mb", "gb", "bytes"]) { "How much memory does \($0) need?" },
        .init(["critics", "criticism", "criticized", "criticised", "controversial", "controversy", "opponents"]) {
            "What do critics say about \($0)?"
        },
        .init(["windows", "linux", "macos"]) { "Does \($0) work on Windows?" },
        .init(["alternative", "alternatives", "instead", "competitor", "competitors"]) {
            "Which alternatives are there to \($0)?"
        },
        .init(["country", "countries", "germany", "france", "japan", "china", "abroad"]) {
            "How is \($0) handled in other countries?"
        },
        .init(["exam", "course", "courses", "certification", "training", "taught", "textbook"]) {
            "Which courses teach \($0)?"
        },
    ]

    /// Questions about names, each with what was looked for.
    static func candidates(
        _ names: [(name: String, document: String, line: Int)], _ search: PassageSearch
    ) -> [QuestionCandidate] {
        let least = max(1, search.starts.count / 20)
        let usable = all.filter { search.documents(holdingAnyOf: $0.signs) >= least }
        var candidates: [QuestionCandidate] = []
        for (number, (name, document, line)) in names.enumerated() {
            let sections = search.sections(holding: name)
            guard !sections.isEmpty else { continue }
            let open = usable.filter { template in !sections.contains { search.has(template.signs, in: $0) } }
            // One each, and another one for the next name: else all would ask what they cost.
            if !open.isEmpty {
                let template = open[number % open.count]
                let places = Set(sections.map { search.documents[$0] }).count
                let signs = template.signs.prefix(4).joined(separator: ", ")
                candidates.append(
                    QuestionCandidate(
                        kind: .unanswerable, question: template.question(name), answer: nil, document: document,
                        quote: "", line: line, section: sections[0],
                        why: "“\(name)” stands in \(ReportText.count(sections.count, "part")) of "
                            + "\(ReportText.count(places, "document")); none has \(signs) or the like.",
                        quality: min(2, 1 + 0.1 * Double(sections.count))))
            }
        }
        return candidates
    }
}
