package import Retrieval

/// Answers a question with the best sentences of the best passages, to the letter.
///
/// No language model is needed, and nothing is said that the documents do not say. `SentenceScores` tells how the
/// sentences are compared, `QuoteAssembly` what else is quoted with them, and `Evidence` when there is no answer but an
/// abstention with its reason.
///
/// ```swift
/// let answerer = ExtractiveAnswerer(weights: TermWeights(texts), encoder: encoder)
/// let answer = try await answerer.answer("How long is a connection kept?", from: passages)
/// ```
package struct ExtractiveAnswerer: Sendable {
    /// Sentences that share so many of their terms say the same.
    private static let sameLikeness = 0.6

    private let weights: TermWeights
    private let encoder: (any TextEncoder)?
    private let analyzer: Analyzer
    private let options: AnswerOptions

    /// An answerer; without an encoder, words are all that it goes by.
    ///
    /// - Parameter weights: what the terms of the analyser weigh among all passages that could be found.
    package init(
        weights: TermWeights = TermWeights([]), encoder: (any TextEncoder)? = nil,
        analyzer: Analyzer = .forQuestions(), options: AnswerOptions = AnswerOptions()
    ) {
        self.weights = weights
        self.encoder = encoder
        self.analyzer = analyzer
        self.options = options
    }

    /// The answer; its passages are all that were given.
    ///
    /// - Parameter passages: what was found, best first.
    /// - Throws: what the encoder throws.
    @concurrent
    package func answer(_ question: String, from passages: [RetrievedPassage]) async throws -> Answer {
        switch try await weigh(question, passages, options) {
        case .tooWeak(let reason): return Answer(abstained: true, reason: reason, quotes: [], passages: passages)
        case .strong(let scores, let sentences, let cosines):
            let ranked = rank(scores, cosines: cosines)
            var assembly = QuoteAssembly(sentences: sentences, passages: Array(passages.prefix(options.passages)))
            quote(ranked, scores: scores, into: &assembly)
            return Answer(abstained: false, quotes: assembly.quotes, passages: passages)
        }
    }

    /// Why the evidence is too weak for an answer, whoever gives it; nil where it is strong enough.
    ///
    /// - Parameter strictness: what the least evidence is multiplied by; with 0 one passage is enough.
    func weakness(
        _ question: String, from passages: [RetrievedPassage], strictness: Double
    ) async throws -> String? {
        guard strictness > 0 else { return passages.isEmpty ? "No passage was found." : nil }
        var options = options
        options.minimumEvidence *= strictness
        options.sufficientSimilarity *= strictness
        options.minimumCoverage *= strictness
        if case .tooWeak(let reason) = try await weigh(question, passages, options) { return reason }
        return nil
    }

    private enum Weighing {
        case tooWeak(String)
        case strong(SentenceScores, [Sentence], cosines: [Int: Double]?)
    }

    private func weigh(
        _ question: String, _ passages: [RetrievedPassage], _ options: AnswerOptions
    ) async throws -> Weighing {
        let read = Array(passages.prefix(options.passages))
        let sentences = PassageSentences.all(of: read)
        guard !sentences.isEmpty else {
            QuestionTrace.current?.note { $0.reason = passages.isEmpty ? "no_passage" : "no_sentence" }
            return .tooWeak(
                passages.isEmpty ? "No passage was found." : "The passages hold no sentence that could be quoted.")
        }
        let scores = SentenceScores(
            question: question, sentences: sentences, passages: read, analyzer: analyzer, weights: weights
        )
        let cosines = try await cosines(question, sentences: sentences, passages: read, scores: scores)
        let evidence = Evidence(
            similarity: cosines.map { $0.values.max() ?? 0 }, coverage: scores.coverage.max() ?? 0,
            terms: scores.question.count
        )
        let weakness = evidence.weakness(options)
        QuestionTrace.current?.note { figures in
            (figures.similarity, figures.coverage) = (evidence.similarity, evidence.coverage)
            (figures.evidence, figures.terms) = (evidence.strength, evidence.terms)
            figures.reason = weakness.map { _ in evidence.terms == 0 ? "no_words" : "weak_evidence" }
        }
        if let weakness { return .tooWeak(weakness) }
        return .strong(scores, sentences, cosines: cosines)
    }

    /// The cosines of the sentences that are best by their words, by position; nil without an encoder.
    private func cosines(
        _ question: String, sentences: [Sentence], passages: [RetrievedPassage], scores: SentenceScores
    ) async throws -> [Int: Double]? {
        guard let encoder else { return nil }
        let chosen = sentences.indices.sorted { (scores.lexical[$1], $0) < (scores.lexical[$0], $1) }
            .prefix(options.encodedSentences)
        let texts = chosen.map { index in
            // The heading says what "it" and "this" in the sentence mean.
            (passages[sentences[index].passage].headings.suffix(1) + [sentences[index].text]).joined(separator: ". ")
        }
        let vectors = try await encoder.encode([question] + texts)
        let query = vectors[row: 0]
        var cosines: [Int: Double] = [:]
        for (row, index) in chosen.enumerated() {
            cosines[index] = zip(query, vectors[row: row + 1]).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        }
        return cosines
    }

    /// The sentences with their scores, best first; with an encoder only those that were encoded.
    private func rank(_ scores: SentenceScores, cosines: [Int: Double]?) -> [(index: Int, score: Double)] {
        let scored =
            cosines.map { $0.map { (index: $0.key, score: scores.score($0.key, cosine: $0.value)) } }
            ?? scores.lexical.enumerated().map { (index: $0.offset, score: $0.element) }
        return scored.sorted { ($1.score, $0.index) < ($0.score, $1.index) }
    }

    /// Quotes the best sentences that are not much worse than the best one and do not repeat each other.
    private func quote(
        _ ranked: [(index: Int, score: Double)], scores: SentenceScores, into assembly: inout QuoteAssembly
    ) {
        var places: [Int] = []
        for (index, score) in ranked where score >= (ranked.first?.score ?? 0) - options.margin {
            guard places.count < options.places else { return }
            guard places.allSatisfy({ scores.likeness($0, index) < Self.sameLikeness }) else { continue }
            guard places.isEmpty || !scores.isAnnouncement(index) else { continue }
            if assembly.add(index) { places.append(index) }
        }
    }
}
