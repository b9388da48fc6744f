internal import Base
internal import Documents
internal import RAG
internal import Retrieval
internal import Storage

/// Makes proposals from a project's documents: the work of `neo golden propose`.
package enum GoldenProposing {
    /// What came of it.
    package struct Outcome: Sendable {
        /// The new proposals, which are kept.
        package let proposals: [GoldenProposal]
        /// How many questions there were to choose from.
        package let candidates: Int
        package let documents: Int
        /// What a person should know: documents that were left out, a golden set of other documents.
        package let notes: [String]
    }

    /// So many may be asked for at a time.
    package static let counts = 1...500
    /// Of more documents a part is drawn.
    private static let mostDocuments = 3_000

    /// Proposes questions by templates, which need no model, and keeps them.
    ///
    /// - Throws: `EngineerError` where no document gives a question that was not asked before.
    @concurrent
    package static func propose(
        _ project: Project, count: Int, seed: UInt64, onParse: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> Outcome {
        let reading = try await GoldenReading(project, seed: seed, most: mostDocuments, onParse: onParse)
        let making = CandidateMaking(reading.documents)
        let candidates = try making.candidates()
        var choice = CandidateChoice(known: try reading.known(GoldenProposals(project)))
        let chosen = choice.choose(candidates, count: count, seed: seed).map { candidate in
            var candidate = candidate
            if candidate.answer != nil {
                candidate.rank = making.search.rank(of: candidate.section, for: candidate.question)
            }
            return candidate
        }
        guard !chosen.isEmpty else {
            throw EngineerError(
                code: .invalidRequest,
                message:
                    "The templates find no question in \(ReportText.count(reading.documents.count, "document")) that was "
                    + "not proposed before. "
                    + (reading.notes.first ?? "Let a model propose some, with --model, or write rows by hand."))
        }
        var notes = reading.notes
        if chosen.count < count {
            notes.append(
                "Only \(chosen.count) of \(count) were found that differ from each other and from what is there. "
                    + "--model has more to say.")
        }
        return Outcome(
            proposals: try GoldenProposals(project).add(chosen, origin: "template"), candidates: candidates.count,
            documents: reading.documents.count, notes: notes)
    }
}

/// The documents and rows that proposals start from.
struct GoldenReading {
    let documents: [Document]
    private let rows: [GoldenQuestion]
    private(set) var notes: [String] = []

    init(
        _ project: Project, seed: UInt64, most: Int, isEnglishOnly: Bool = true,
        onParse: @escaping @Sendable (String) -> Void
    ) async throws {
        try project.prepareStateFolder()
        let diagnostics = DiagnosticCollector()
        let cache = StageCache(
            directory: project.cachePath, limitBytes: Workspace.cacheBytes, diagnostics: diagnostics)
        let all = try await ProjectDocuments(project, cache: cache, diagnostics: diagnostics, onParse: onParse)
            .documents
        rows = try GoldenAppending(project).questions()
        let understood = all.filter { !isEnglishOnly || ["en", nil].contains($0.language) }
        if understood.count < all.count {
            let languages = Set(all.compactMap(\.language)).subtracting(["en"]).sorted().joined(separator: ", ")
            notes.append(
                "\(ReportText.count(all.count - understood.count, "document")) in other languages (\(languages)) left out: the "
                    + "templates know English only; a model knows more, with --model.")
        }
        var random = SplitMix64(seed: seed, stream: "golden documents")
        if understood.count > most {
            notes.append("Of \(understood.count) documents \(most) were drawn.")
            documents = Array(understood.shuffled(using: &random).prefix(most)).sorted { $0.id < $1.id }
        } else {
            documents = understood
        }
        if let note = await Self.strangers(rows, project, all) { notes.append(note) }
    }

    /// What is asked already: the rows, and all that was ever proposed; what was rejected does not come back.
    func known(_ proposals: GoldenProposals) throws -> [(question: String, quotes: [String])] {
        rows.map { ($0.question, $0.evidence.joined().map(\.quote)) }
            + (try proposals.read()).map { ($0.question, $0.evidence.map(\.quote)) }
    }

    /// The candidate with the line of its quote.
    func placed(_ candidate: QuestionCandidate) -> QuestionCandidate {
        guard !candidate.quote.isEmpty, let document = documents.first(where: { $0.id.rawValue == candidate.document }),
            let place = document.text.firstRange(of: candidate.quote)
        else { return candidate }
        var candidate = candidate
        let offset = document.text.utf8.distance(from: document.text.startIndex, to: place.lowerBound)
        candidate.line = LineIndex(document.text).line(at: offset)
        return candidate
    }

    /// A sentence where the rows that are there quote other documents.
    private static func strangers(
        _ rows: [GoldenQuestion], _ project: Project, _ documents: [Document]
    ) async -> String? {
        let set = GoldenSet(rows, file: project.file.golden)
        let resolved = await EvidenceResolver(documents: documents).resolve(set, diagnostics: DiagnosticCollector())
        guard resolved.quotes > 0, resolved.resolvedShare < 0.95 else { return nil }
        return
            "Only \(resolved.resolvedQuotes) of the \(resolved.quotes) quotes in \(project.file.golden) stand in these "
            + "documents: is it the golden set of others? `neo check` names the rows."
    }
}
