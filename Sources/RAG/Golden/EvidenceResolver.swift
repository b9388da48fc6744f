package import Base
internal import Documents
package import Retrieval

/// Turns evidence quotes into places in the documents.
///
/// A quote is looked for as it stands; then without regard to white space, case, punctuation and markup; then as the
/// passage with a similarity of at least 0.9 (see `QuoteAlignment`). What is not found is an error diagnostic with
/// the golden row's line and the nearest text.
package struct EvidenceResolver: Sendable {
    let documents: [Document]
    private let names: DocumentNames

    /// A resolver over these documents.
    package init(documents: [Document]) {
        self.documents = documents
        names = DocumentNames(documents.map { ($0.id, $0.aliases) })
    }

    /// A quote of a document that exists.
    private struct Lookup: Hashable, Sendable {
        var document: Int
        var quote: String
    }

    /// What became of a quote.
    private struct Outcome: Sendable {
        var ranges: [Range<Int>]
        /// What comes nearest where nothing was found: the line, and the text.
        var nearest: (line: Int, text: String)?
    }

    /// Looks up all evidence of a set.
    @concurrent
    package func resolve(_ set: GoldenSet, diagnostics: DiagnosticCollector) async -> ResolvedGoldenSet {
        var tasks: [Int: Set<String>] = [:]
        for quote in set.questions.lazy.flatMap(\.evidence).joined() {
            if case .found(let document) = names.find(quote.document) {
                tasks[document, default: []].insert(quote.quote)
            }
        }
        let outcomes = await outcomes(of: tasks)
        var resolved = ResolvedGoldenSet(questions: [], quotes: 0, resolvedQuotes: 0)
        for question in set.questions {
            let place = (file: set.file, line: set.lines[question.id])
            var evidence: [[EvidenceSpan]] = []
            for choices in question.evidence {
                var problems: [String] = []
                var spans: [EvidenceSpan] = []
                for quote in choices {
                    switch spansOrProblem(quote, outcomes) {
                    case .success(let found): spans += found
                    case .failure(let problem): problems.append(problem.sentence)
                    }
                }
                resolved.quotes += choices.count
                resolved.resolvedQuotes += choices.count - problems.count
                // With another choice found, the question can still be judged.
                let severity: Diagnostic.Severity = spans.isEmpty ? .error : .warning
                for problem in problems {
                    let sentence = "Question \(question.id): \(problem)"
                    diagnostics.add(Diagnostic(severity, sentence, file: place.file, line: place.line))
                }
                evidence.append(spans)
            }
            resolved.questions.append(
                ResolvedQuestion(
                    question: question,
                    evidence: evidence,
                    relevance: relevance(of: question, place, diagnostics),
                    isComplete: evidence.allSatisfy { !$0.isEmpty }
                )
            )
        }
        return resolved
    }

    /// Where one quote stands in a document; nothing where either is not there.
    @concurrent
    package func ranges(of quote: String, in document: String) async -> [Range<Int>] {
        guard case .found(let position) = names.find(document) else { return [] }
        let outcomes = Self.outcomes(of: [quote], in: documents[position].text, position)
        return outcomes[Lookup(document: position, quote: quote)]?.ranges ?? []
    }

    private struct Problem: Error {
        var sentence: String
    }

    private func spansOrProblem(
        _ quote: EvidenceQuote, _ outcomes: [Lookup: Outcome]
    ) -> Result<[EvidenceSpan], Problem> {
        let shown = quote.quote.shortened(to: 80)
        switch names.find(quote.document) {
        case .found(let document):
            let id = documents[document].id
            let outcome = outcomes[Lookup(document: document, quote: quote.quote)]
            let ranges = outcome?.ranges ?? []
            guard ranges.isEmpty else { return .success(ranges.map { EvidenceSpan(document: id, range: $0) }) }
            let hint =
                outcome?.nearest.map { "the nearest text is in line \($0.line): \"\($0.text)\"." }
                ?? "nothing there is like it."
            return .failure(
                Problem(sentence: "the quote \"\(shown)\" is not in \(id); \(hint) Copy the quote from there."))
        case .ambiguous(let ids):
            let list = ids.prefix(3).joined(separator: ", ")
            return .failure(
                Problem(
                    sentence:
                        "\(quote.document) may be any of \(ids.count) documents (\(list)…); write more of its path.")
            )
        case .missing(let nearest):
            let hint = nearest.map { "did you mean \($0)?" } ?? "check its name and the project's documents."
            return .failure(Problem(sentence: "there is no document \(quote.document) (quote \"\(shown)\"); \(hint)"))
        }
    }

    private func relevance(
        of question: GoldenQuestion, _ place: (file: String, line: Int?), _ diagnostics: DiagnosticCollector
    ) -> [DocumentID: Int] {
        var grades: [DocumentID: Int] = [:]
        for (name, grade) in question.relevance.sorted(by: { $0.key < $1.key }) {
            if case .found(let document) = names.find(name) {
                grades[documents[document].id] = max(grade, grades[documents[document].id] ?? 0)
            } else {
                let sentence = "Question \(question.id): the relevant document \(name) is not among the documents."
                diagnostics.add(Diagnostic(.warning, sentence, file: place.file, line: place.line))
            }
        }
        return grades
    }

    private func outcomes(of tasks: [Int: Set<String>]) async -> [Lookup: Outcome] {
        await withTaskGroup(of: [Lookup: Outcome].self) { group in
            for (document, quotes) in tasks {
                group.addTask { Self.outcomes(of: quotes, in: documents[document].text, document) }
            }
            return await group.reduce(into: [:]) { all, some in all.merge(some) { first, _ in first } }
        }
    }

    private static func outcomes(of quotes: Set<String>, in text: String, _ document: Int) -> [Lookup: Outcome] {
        let finder = QuoteFinder(Array(text.utf8))
        var lines: LineIndex?
        var outcomes: [Lookup: Outcome] = [:]
        for quote in quotes {
            let match = finder.find(QuoteFinder.Quote(quote))
            var outcome = Outcome(ranges: match.ranges)
            if case .missing(let range?) = match {
                let index = lines ?? LineIndex(text)
                lines = index
                let end = max(range.upperBound, range.lowerBound + 80)
                let nearest = text.utf8Slice(range.lowerBound..<end).shortened(to: 80)
                outcome.nearest = (index.line(at: range.lowerBound), nearest)
            }
            outcomes[Lookup(document: document, quote: quote)] = outcome
        }
        return outcomes
    }
}

extension String {
    /// On one line, cut after some letters.
    func shortened(to count: Int) -> String {
        let line = split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count <= count ? line : String(line.prefix(count - 1)) + "…"
    }
}
