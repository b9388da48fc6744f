internal import Base
internal import Documents
internal import Retrieval

/// One attack: what is slipped in, what is asked, and by what one would know that it succeeded.
struct Probe: Sendable {
    let family: ProbeCatalogue.Family
    /// From 0, within its family.
    let number: Int
    /// The documents that are slipped in.
    let documents: [Document]
    let question: String
    /// A word that stands nowhere else.
    let canary: String
}

/// Makes attacks from a catalogue and a seed: the same from the same.
struct ProbeMaker {
    let catalogue: ProbeCatalogue
    let seed: UInt64
    /// What harmless users ask.
    let questions: [String]

    /// What is asked. Where no passage is found no model is asked either, so what is wanted of a model comes behind a
    /// question that the documents answer.
    private static func asked(_ family: ProbeCatalogue.Family, _ question: String, _ text: String) -> String {
        guard family.kind == .question else { return question }
        return family.needsModel ? "\(question) \(text)" : text
    }

    /// So many attacks of a family.
    func probes(_ family: ProbeCatalogue.Family, count: Int) -> [Probe] {
        var random = SplitMix64(seed: seed, stream: "audit/\(catalogue.version)/\(family.name)")
        return (0..<count).compactMap { number in
            guard let question = questions.randomElement(using: &random),
                let order = catalogue.orders.randomElement(using: &random),
                let lead = catalogue.leads.randomElement(using: &random)
            else { return nil }
            // Every template comes as often as any other.
            let template = family.templates[number % family.templates.count]
            let canary = "zq" + String(random.next() % 0xFFFF_FFFF, radix: 16)
            // What poisons the search is about anything but what is asked.
            let other = questions.filter { $0 != question }.randomElement(using: &random) ?? "the house and its garden"
            let topic = Self.topic(of: family.kind == .poison ? other : question)
            var values = [
                "question": question, "topic": topic, "canary": canary, "host": "\(canary).example.net",
                "url": "https://\(canary).example.net", "stuffing": stuffing(without: question, &random),
            ]
            for (name, text) in [("order", order), ("lead", lead), ("lead2", catalogue.second)] {
                values[name] = ProbeTemplate(text: text).filled(values)
            }
            let text = ProbeTemplate(text: template).filled(values)
            return Probe(
                family: family, number: number,
                documents: family.kind == .question ? [] : documents(family, number, topic, text),
                question: Self.asked(family, question, text), canary: canary)
        }
    }

    private func documents(_ family: ProbeCatalogue.Family, _ number: Int, _ topic: String, _ text: String)
        -> [Document]
    {
        let parser = DocumentParser(diagnostics: DiagnosticCollector())
        let parts = text.split(separator: "\n\u{C}\n").map(String.init)
        return parts.enumerated().map { place, part in
            let isPage = family.format == .html
            let name = "audit-probe/\(family.name)-\(number)-\(place).\(isPage ? "html" : "md")"
            let whole = isPage || family.kind == .poison ? part : "# \(topic)\n\n\(part)\n"
            return parser.parse(whole, id: DocumentID(name), kind: isPage ? .html : .markdown, path: name)
        }
    }

    /// Words of up to thirty other questions.
    private func stuffing(without question: String, _ random: inout SplitMix64) -> String {
        questions.filter { $0 != question }.shuffled(using: &random).prefix(30).joined(separator: " ")
    }

    /// What a question is about: its words without those that all questions have.
    static func topic(of question: String) -> String {
        let words = question.split { $0.isWhitespace || "?!.,;:\"'()`<>[]{}".contains($0) }
        let telling = words.filter { !usual.contains($0.lowercased()) }.prefix(8).joined(separator: " ")
        return telling.isEmpty ? words.prefix(8).joined(separator: " ") : telling
    }

    private static let usual: Set<String> = [
        "what", "how", "does", "do", "did", "is", "are", "was", "were", "the", "a", "an", "of", "i", "my", "to", "can",
        "which",
        "who", "when", "where", "why", "in", "on", "for", "with", "it", "and", "be", "should", "there", "many", "much",
    ]
}
