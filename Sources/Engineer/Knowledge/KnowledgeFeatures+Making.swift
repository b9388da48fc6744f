internal import Base
internal import Documents
internal import RAG
internal import Retrieval
internal import Statistics

extension KnowledgeFeatures {
    /// So much of the documents is read.
    private static let (mostDocuments, mostBytes) = (2_000, 20_000)
    private static let window = 200

    /// Of a project's documents and the questions that its search sees.
    @concurrent
    static func of(_ corpus: RAG.Corpus, golden: ProjectGolden, split: GoldenSplit, language: TextLanguage) async
        -> KnowledgeFeatures
    {
        var features = KnowledgeFeatures(language: "unknown", values: [:])
        features.read(corpus)
        features.read(golden.set, Set(split.search), corpus, language)
        return features
    }

    private mutating func read(_ corpus: RAG.Corpus) {
        let documents = corpus.documents
        let lengths = documents.map { Double($0.text.unicodeScalars.count) }
        values["documents"] = Double(documents.count)
        values["characters"] = lengths.reduce(0, +)
        for percent in [10, 50, 90] {
            values["characters_p\(percent)"] = quantile(Double(percent) / 100, of: lengths)
        }
        var languages: [String: Int] = [:]
        var blocks: [String: Int] = [:]
        for document in documents {
            languages[document.language ?? "unknown", default: 0] += 1
            for block in document.blocks { blocks[Self.name(of: block.kind), default: 0] += 1 }
        }
        language = languages.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? "unknown"
        for name in ["headings", "tables", "code", "lists"] {
            values[name] = Double(blocks[name] ?? 0) / max(values["characters"] ?? 0, 1) * 10_000
        }
        readWords(documents)
    }

    private static func name(of kind: Document.Block.Kind) -> String {
        switch kind {
        case .heading: "headings"
        case .table: "tables"
        case .code: "code"
        case .list: "lists"
        case .paragraph: "paragraphs"
        }
    }

    private mutating func readWords(_ documents: [Document]) {
        let step = max(1, (documents.count + Self.mostDocuments - 1) / Self.mostDocuments)
        let analyzer = Analyzer()
        var vocabulary: Set<String> = []
        var shares: [Double] = []
        var contents: Set<ContentHash> = []
        var near = NearDuplicates()
        var (seen, copies) = (0, documents.reduce(0) { $0 + $1.aliases.count })
        let all = documents.count + copies
        for position in stride(from: 0, to: documents.count, by: step) {
            let bytes = Array(documents[position].text.utf8.prefix(Self.mostBytes))
            let text = String(decoding: bytes, as: UTF8.self)
            let words = analyzer.terms(of: text)
            vocabulary.formUnion(words)
            for start in stride(from: 0, through: words.count - Self.window, by: Self.window) {
                shares.append(Double(Set(words[start..<start + Self.window]).count) / Double(Self.window))
            }
            seen += 1
            if !contents.insert(ContentHash(of: documents[position].text)).inserted {
                copies += step
            } else if let sketch = MinHash(bytes), near.add("\(position)", sketch) != nil {
                copies += step
            }
        }
        values["vocabulary"] = Double(vocabulary.count)
        values["type_token_ratio"] = mean(of: shares)
        values["duplicates"] = min(1, Double(copies) / Double(max(all, 1)))
    }

    private mutating func read(
        _ set: ResolvedGoldenSet, _ searched: Set<String>, _ corpus: RAG.Corpus, _ language: TextLanguage
    ) {
        let questions = set.questions.filter { searched.contains($0.question.id) }
        let unanswerable = set.questions.count { !$0.question.isAnswerable && $0.question.split != .heldOut }
        guard !questions.isEmpty else { return }
        let analyzer = Analyzer(
            stemmer: try? Stemmer(language: language.name), stopWords: language.stopWords, elision: language.elision)
        let plain = Analyzer()
        var kinds: [String: Int] = [:]
        var (words, quotes, quoteWords, needed): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
        var (overlaps, documentOverlaps): ([Double], [Double]) = ([], [])
        for resolved in questions {
            let question = resolved.question
            let said = plain.terms(of: question.question)
            words.append(Double(said.count))
            kinds[QuestionKind(said.first ?? "").rawValue, default: 0] += 1
            let asked = Set(analyzer.terms(of: question.question))
            func overlap(_ texts: [String]) -> Double? {
                guard !asked.isEmpty, !texts.isEmpty else { return nil }
                let found = Set(analyzer.terms(ofAll: texts).joined())
                return Double(asked.intersection(found).count) / Double(asked.count)
            }
            let chosen = question.evidence.compactMap(\.first)
            let relevant = resolved.relevance.filter { $0.value > 0 }
            quotes.append(Double(chosen.isEmpty ? relevant.count : chosen.count))
            needed.append(Double(chosen.isEmpty ? 1 : Set(chosen.map(\.document)).count))
            quoteWords += chosen.map { Double(plain.terms(of: $0.quote).count) }
            if let share = overlap(chosen.map(\.quote)) { overlaps.append(share) }
            if chosen.isEmpty, let best = relevant.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key,
                let share = overlap(corpus[best].map { [String($0.text.prefix(Self.mostBytes))] } ?? [])
            {
                documentOverlaps.append(share)
            }
        }
        let count = Double(questions.count)
        values["questions"] = count
        values["question_words"] = mean(of: words)
        for kind in QuestionKind.allCases where kind != .other {
            values["question_\(kind.rawValue)"] = Double(kinds[kind.rawValue] ?? 0) / count
        }
        values["unanswerable"] = Double(unanswerable) / Double(unanswerable + questions.count)
        values["graded"] = Double(questions.count { $0.question.evidence.isEmpty }) / count
        values["quotes"] = mean(of: quotes)
        values["evidence_documents"] = mean(of: needed)
        values["quote_words"] = mean(of: quoteWords)
        values["overlap"] = mean(of: overlaps)
        values["overlap_documents"] = mean(of: documentOverlaps)
    }
}

/// What a question begins with. The words are English; questions in other languages are of the kind `other`.
private enum QuestionKind: String, CaseIterable {
    case what, how, why, who, when
    case yesNo = "yes_no"
    case other

    init(_ word: String) {
        self =
            switch word {
            case "what", "which": .what
            case "how": .how
            case "why": .why
            case "who", "whom", "whose": .who
            case "when", "where": .when
            case "is", "are", "was", "were", "does", "do", "did", "can", "could", "has", "have", "had", "will", "would",
                "should", "may", "must":
                .yesNo
            default: .other
            }
    }
}
