internal import AutoML
internal import Base
internal import Documents
internal import RAG
internal import Retrieval

/// A project's golden questions, resolved against its documents, with what is measured on them.
struct ProjectGolden {
    /// Below this share of quotes that stand in their documents, the set does not belong to the documents.
    static let leastResolvedShare = 0.95

    let set: ResolvedGoldenSet
    /// The questions that can be measured.
    let items: [EvaluationItem]
    /// Names the questions by content.
    let hash: ContentHash
    /// What the search makes as large as it can.
    let objective: Objective
    /// What is measured on them.
    let metrics: [String]
    /// The same under each way of reading the documents.
    let variants: GoldenVariants
    private let questions: [String: ResolvedQuestion]
    /// What a split keeps together, by question.
    private let clusters: [String: String]

    /// Reads and resolves the golden questions. What does not resolve becomes a diagnostic.
    ///
    /// - Parameters:
    ///   - configurations: those that are measured though the project's space may not have them.
    ///   - share: the share of quotes that must resolve.
    /// - Throws: `EngineerError` where under 95 % of the quotes resolve, no question can be measured, or the objective
    ///   is no metric of these questions.
    @concurrent
    static func load(
        _ workspace: Workspace, measuring configurations: [Configuration] = [],
        requiring share: Double = leastResolvedShare
    ) async throws -> ProjectGolden {
        let project = workspace.project
        let golden = try GoldenSet(
            path: project.path(project.file.golden), file: project.file.golden, diagnostics: workspace.diagnostics
        )
        let corpora = workspace.corpora
        var choices = corpora.choices(in: try workspace.space())
        for choice in configurations.map(corpora.choice) where !choices.contains(choice) { choices.append(choice) }
        let variants = try await GoldenVariants.resolve(
            golden, choices, corpora: corpora, diagnostics: workspace.diagnostics
        )
        let set = variants.merged
        guard set.resolvedShare >= share else {
            let all = workspace.diagnostics.all
            let errors =
                all.filter { $0.severity == .error && $0.file == project.file.golden }
                + all.filter { $0.severity == .warning && isNamed($0.file, in: set) }
            throw EngineerError(
                code: .invalidGoldenSet,
                message: "Only \(set.resolvedQuotes) of \(set.quotes) evidence quotes stand in their documents; at "
                    + "least 95 % must. Copy quotes from the documents, or mend the documents' names:\n"
                    + errors.prefix(10).map(\.text).joined(separator: "\n")
            )
        }
        guard !set.measurable.isEmpty else {
            throw EngineerError(
                code: .invalidGoldenSet,
                message: "None of the \(set.questions.count) questions of \(project.file.golden) can be measured: each "
                    + "is unanswerable, or has no evidence. Give at least one an evidence quote."
            )
        }
        return try ProjectGolden(set, variants, standard: choices[0], text: golden.text, wanted: project.file.objective)
    }

    /// Whether a file, which may have been left out, is one that a quote names.
    private static func isNamed(_ file: String?, in set: ResolvedGoldenSet) -> Bool {
        guard let file else { return false }
        return set.questions.contains { question in
            question.question.evidence.joined().contains { file == $0.document || file.hasSuffix("/" + $0.document) }
        }
    }

    private init(
        _ set: ResolvedGoldenSet, _ variants: GoldenVariants, standard: ParserChoice, text: String, wanted: String?
    ) throws(EngineerError) {
        self.set = set
        self.variants = variants
        hash = ContentHash(of: text)
        let measurable = set.measurable
        items = variants.items(standard) ?? []
        questions = Dictionary(set.questions.map { ($0.question.id, $0) }, uniquingKeysWith: { first, _ in first })
        clusters = GoldenSplit.clusterNames(measurable.map(\.question))
        let hasEvidence = measurable.contains { !$0.evidence.isEmpty }
        let known =
            (hasEvidence ? RAGEvaluator.evidenceMetrics : [])
            + (measurable.contains { !$0.relevance.isEmpty } ? RAGEvaluator.relevanceMetrics : [])
        let metric = wanted ?? known[0]
        guard known.contains(metric) else {
            let hint = nearest(to: metric, in: known).map { " Did you mean \"\($0)\"?" } ?? ""
            throw EngineerError(
                code: .invalidProjectFile,
                message: "The objective \"\(metric)\" is not measured on these questions.\(hint) It can be "
                    + "\(known.joined(separator: ", "))."
            )
        }
        objective = Objective(metric)
        metrics = known
    }

    /// What measures configurations on these questions, each on the documents as its parsers read them.
    func evaluator(_ workspace: Workspace) -> RAGEvaluator {
        let corpora = workspace.corpora
        let measured = variants.measuredCorpora
        return RAGEvaluator(
            library: workspace.library, items: items,
            corpora: { measured[corpora.choice(of: $0)] }
        )
    }

    /// Which questions the search sees. That is drawn from all that ask for evidence, found or not: a document that comes
    /// or goes moves no other question to the other side, and agents are shown the same side without reading documents.
    ///
    /// - Parameter isForced: whether some are held out however few there are.
    func split(seed: UInt64, isForced: Bool = false) throws(EngineerError) -> GoldenSplit {
        let all = set.questions.map(\.question).filter(\.asksForEvidence)
        let drawn = GoldenSplit.make(all, seed: seed, isForced: isForced)
        let measurable = Set(set.measurable.map(\.question.id))
        let split = GoldenSplit(
            search: drawn.search.filter(measurable.contains), heldOut: drawn.heldOut.filter(measurable.contains))
        guard !isForced || !split.heldOut.isEmpty && !split.search.isEmpty else {
            throw EngineerError(
                code: .invalidGoldenSet,
                message: "--holdout needs questions for both sides, and these \(set.measurable.count) belong together "
                    + "or are too few. Write questions about other documents, or search without it."
            )
        }
        return split
    }

    /// The golden row of an id.
    func question(_ id: String) -> GoldenQuestion? {
        questions[id]?.question
    }

    /// The documents that hold the evidence of a question, each once.
    func expectedDocuments(of id: String) -> [String] {
        guard let question = questions[id] else { return [] }
        let relevant = question.relevance.filter { $0.value > 0 }.keys.map(\.rawValue)
        let evidence = question.evidence.flatMap { $0.map(\.document.rawValue) }
        return Set(relevant + evidence).sorted()
    }

    /// The cluster of each question, or nil where each stands alone: intervals draw whole clusters, those that a split
    /// keeps together, because questions that are alike tell less than as many that are not.
    func groups(of ids: [String]) -> [String]? {
        let names = ids.map { clusters[$0] ?? $0 }
        return Set(names).count == Set(ids).count ? nil : names
    }

    /// What the report tells of documents and questions.
    func corpusSummary(_ corpus: RAG.Corpus) -> SearchResults.Corpus {
        SearchResults.Corpus(
            documents: corpus.documents.count, bytes: corpus.bytes, questions: set.questions.count,
            unanswerable: set.questions.count { !$0.question.isAnswerable },
            resolvedQuotes: set.resolvedQuotes, quotes: set.quotes
        )
    }
}
