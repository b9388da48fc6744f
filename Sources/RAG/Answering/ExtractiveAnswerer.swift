package import Retrieval

/// Answers a question with the best sentences of the best passages, to the letter.
///
/// No language model is needed, and nothing is said that the documents do not say. Each sentence is scored by the
/// share of the question's terms that it holds, weighted by how rare they are; by its cosine with the question,
/// where there is an encoder; and a little by the rank of its passage. Weak evidence gives an abstention with its
/// reason; `AnswerOptions` has the thresholds.
///
/// ```swift
/// let answerer = ExtractiveAnswerer(encoder: encoder)
/// let answer = try await answerer.answer("How long is a connection kept?", from: passages)
/// ```
package struct ExtractiveAnswerer: Sendable {
    private let encoder: (any TextEncoder)?
    private let analyzer: Analyzer
    private let options: AnswerOptions

    /// An answerer; without an encoder, words are all that it goes by.
    package init(
        encoder: (any TextEncoder)? = nil, analyzer: Analyzer = .forQuestions(),
        options: AnswerOptions = AnswerOptions()
    ) {
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
        let read = Array(passages.prefix(options.passages))
        let sentences = Self.sentences(of: read)
        guard !sentences.isEmpty else {
            let reason =
                passages.isEmpty ? "No passage was found." : "The passages hold no sentence that could be quoted."
            return Answer(abstained: true, reason: reason, quotes: [], passages: passages)
        }
        let scores = SentenceScores(question: question, sentences: sentences, passages: read, analyzer: analyzer)
        let cosines = try await cosines(question, sentences: sentences, passages: read, scores: scores)
        let evidence = Evidence(
            similarity: cosines.map { ($0.values.max() ?? -1) }.map {
                max($0, read.compactMap(\.similarity).max() ?? $0)
            },
            coverage: scores.coverage.max() ?? 0, terms: scores.question.count
        )
        if let reason = evidence.weakness(options) {
            return Answer(abstained: true, reason: reason, quotes: [], passages: passages)
        }
        let ranked = rank(sentences, scores: scores, cosines: cosines)
        let quotes = select(ranked, scores: scores)
            .map { Answer.Quote(text: sentences[$0].text, passage: sentences[$0].passage) }
        return Answer(abstained: false, quotes: quotes, passages: passages)
    }

    /// The sentences of all passages, in order, each text once; those that are too short or long to stand alone are
    /// left out.
    static func sentences(of passages: [RetrievedPassage]) -> [Sentence] {
        var seen: Set<String> = []
        var sentences: [Sentence] = []
        for (position, passage) in passages.enumerated() {
            for paragraph in MarkdownProse.paragraphs(of: passage.text) {
                for text in SentenceSplitter.sentences(in: paragraph) where isQuotable(text) {
                    let text = String(text)
                    if seen.insert(text).inserted { sentences.append(Sentence(text: text, passage: position)) }
                }
            }
        }
        return sentences
    }

    private static func isQuotable(_ sentence: Substring) -> Bool {
        guard (12...800).contains(sentence.utf8.count) else { return false }
        let isUnspaced = sentence.unicodeScalars.contains { $0.properties.isIdeographic }
        return isUnspaced
            || sentence.split(whereSeparator: \.isWhitespace).count { $0.contains(where: \.isLetter) } >= 3
    }

    /// The cosines of the sentences that share most with the question, by position; nil without an encoder.
    private func cosines(
        _ question: String, sentences: [Sentence], passages: [RetrievedPassage], scores: SentenceScores
    ) async throws -> [Int: Double]? {
        guard let encoder else { return nil }
        let chosen = sentences.indices.sorted {
            (scores.overlap[$1], sentences[$0].passage, $0) < (scores.overlap[$0], sentences[$1].passage, $1)
        }.prefix(options.encodedSentences)
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
    private func rank(
        _ sentences: [Sentence], scores: SentenceScores, cosines: [Int: Double]?
    ) -> [(index: Int, score: Double)] {
        let candidates = cosines.map { $0.keys.sorted() } ?? Array(sentences.indices)
        return candidates.map { index in
            let prior = 1 / Double(1 + sentences[index].passage)
            let score =
                if let cosine = cosines?[index] {
                    0.5 * max(0, cosine) + 0.4 * scores.overlap[index] + 0.1 * prior
                } else {
                    0.85 * scores.overlap[index] + 0.15 * prior
                }
            return (index, score)
        }.sorted { ($1.score, $0.index) < ($0.score, $1.index) }
    }

    /// The best sentences that are not much worse than the best one and do not repeat each other.
    private func select(_ ranked: [(index: Int, score: Double)], scores: SentenceScores) -> [Int] {
        var selected: [Int] = []
        for (index, score) in ranked where score >= options.relativeScore * (ranked.first?.score ?? 0) {
            guard selected.count < options.quotes else { break }
            if selected.allSatisfy({ scores.likeness($0, index) < 0.6 }) { selected.append(index) }
        }
        return selected
    }
}
