internal import AutoML
internal import Base
internal import Documents
internal import RAG
internal import Retrieval

/// The golden questions resolved under each choice of parsers.
///
/// A quote that one parser finds and another does not counts as not found with the other: losing it is what is wrong
/// with that parser.
struct GoldenVariants: Sendable {
    private let choices: [ParserChoice]
    private let sets: [ResolvedGoldenSet]
    private let libraries: [IndexLibrary]
    /// For each question the choice under which most of it was found: the first that has all.
    private let best: [Int]

    /// Resolves the questions under each choice; the first is the standard one. What does not resolve becomes a
    /// diagnostic.
    static func resolve(
        _ golden: GoldenSet, _ choices: [ParserChoice], corpora: ProjectCorpora, diagnostics: DiagnosticCollector
    ) async throws -> GoldenVariants {
        var sets: [ResolvedGoldenSet] = []
        var libraries: [IndexLibrary] = []
        var findings: [DiagnosticCollector] = []
        for choice in choices {
            let library = try await corpora.library(choice)
            let own = DiagnosticCollector()
            sets.append(await EvidenceResolver(documents: library.corpus.documents).resolve(golden, diagnostics: own))
            libraries.append(library)
            findings.append(own)
        }
        let variants = GoldenVariants(choices: choices, sets: sets, libraries: libraries)
        variants.report(golden, findings, to: diagnostics)
        return variants
    }

    private init(choices: [ParserChoice], sets: [ResolvedGoldenSet], libraries: [IndexLibrary]) {
        self.choices = choices
        self.sets = sets
        self.libraries = libraries
        best = (sets.first?.questions.indices ?? 0..<0).map { question in
            sets.indices.max { left, right in
                let (first, second) = (sets[left].questions[question], sets[right].questions[question])
                let counts = [first, second].map { $0.evidence.count { !$0.isEmpty } }
                return (counts[0], right) < (counts[1], left)
            } ?? 0
        }
    }

    /// Every question under the choice that finds most of its evidence.
    var merged: ResolvedGoldenSet {
        var set = sets[0]
        for (question, choice) in best.enumerated() { set.questions[question] = sets[choice].questions[question] }
        set.resolvedQuotes = sets.map(\.resolvedQuotes).max() ?? 0
        return set
    }

    /// The questions that can be measured, with their evidence under a choice.
    func items(_ choice: ParserChoice) -> [EvaluationItem]? {
        guard let position = choices.firstIndex(of: choice) else { return nil }
        return best.indices.compactMap { index in
            guard sets[best[index]].questions[index].isMeasurable else { return nil }
            let question = sets[position].questions[index]
            let relevance = sets[best[index]].questions[index].relevance
            return EvaluationItem(
                id: question.question.id, question: question.question.question, evidence: question.evidence,
                relevance: Dictionary(uniqueKeysWithValues: relevance.map { ($0.key.rawValue, $0.value) }),
                history: question.question.history
            )
        }
    }

    /// The corpus and the questions of every choice but the standard one.
    var measuredCorpora: [ParserChoice: MeasuredCorpus] {
        var corpora: [ParserChoice: MeasuredCorpus] = [:]
        for (position, choice) in choices.enumerated().dropFirst() {
            corpora[choice] = items(choice).map { MeasuredCorpus(library: libraries[position], items: $0) }
        }
        return corpora
    }

    /// Each way of reading, with the questions of which it finds most evidence: what judges passages that no parser of
    /// Neo's has made.
    var judging: [MeasuredCorpus] {
        choices.indices.compactMap { choice in
            let ids = Set(best.indices.filter { best[$0] == choice }.map { sets[choice].questions[$0].question.id })
            return items(choices[choice]).map { items in
                MeasuredCorpus(library: libraries[choice], items: items.filter { ids.contains($0.id) })
            }
        }
    }

    /// Names all corpora by their content.
    var corpusHash: ContentHash {
        guard libraries.count > 1 else { return libraries[0].corpus.hash }
        var builder = ContentHash.Builder()
        for library in libraries { builder.add(library.corpus.hash.hex) }
        return builder.finish()
    }

    private func report(_ golden: GoldenSet, _ findings: [DiagnosticCollector], to diagnostics: DiagnosticCollector) {
        var mended: Set<Int> = []
        for index in best.indices where sets[best[index]].questions[index].isComplete {
            let question = sets[0].questions[index].question
            let lost = choices.indices.filter { !sets[$0].questions[index].isComplete }
            guard !lost.isEmpty else { continue }
            let line = golden.lines[question.id]
            if let line { mended.insert(line) }
            for (element, quotes) in question.evidence.enumerated() {
                let without = lost.filter { sets[$0].questions[index].evidence[element].isEmpty }
                guard let quote = quotes.first, !without.isEmpty else { continue }
                let sentence =
                    "Question \(question.id): the quote \"\(Self.shortened(quote.quote))\" is not in \(quote.document) "
                    + "under \(words(without)); it counts as not found there."
                diagnostics.add(Diagnostic(.warning, sentence, file: golden.file, line: line))
            }
        }
        for finding in findings.first?.all ?? []
        where !(finding.severity == .error && finding.line.map(mended.contains) == true) {
            diagnostics.add(finding)
        }
    }

    /// What the given choices, and no others, have in common, e.g. `parser.html = main`; or each of them.
    private func words(_ positions: [Int]) -> String {
        for format in Set(choices.flatMap(\.names.keys)).sorted() {
            let names = Set(positions.compactMap { choices[$0].names[format] })
            guard choices.count(where: { $0.names[format].map(names.contains) == true }) == positions.count else {
                continue
            }
            return names.sorted().map { "\(ParserChoice.parameter(of: format)) = \($0)" }
                .joined(separator: ", nor under ")
        }
        return positions.map { words(choices[$0]) }.joined(separator: ", nor under ")
    }

    /// `parser.html = main`: what all choices have in common is left out.
    private func words(_ choice: ParserChoice) -> String {
        choice.names.sorted { $0.key < $1.key }
            .filter { format, name in choices.contains { $0.names[format] != name } }
            .map { "\(ParserChoice.parameter(of: $0)) = \($1)" }.joined(separator: " with ")
    }

    private static func shortened(_ quote: String) -> String {
        let line = quote.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count <= 80 ? line : line.prefix(79) + "…"
    }
}
