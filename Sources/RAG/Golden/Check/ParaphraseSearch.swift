internal import Base
internal import Documents
internal import Retrieval

/// Finds passages of other documents that say in other words what a question's quote says: who finds the answer there is
/// called wrong.
///
/// For each question the documents that it names are set aside; in the best passages of the others the run of sentences
/// whose vector is nearest to the quote's is looked for. That two texts are near is no proof that they say the same, so
/// these are places to look at.
package struct ParaphraseSearch: Sendable {
    /// From this cosine on, a run of sentences is shown: on four sets with 465 questions these were 14, of which 5 answer the
    /// question or a part of it (MiniLM).
    private static let near: Float = 0.75
    /// So many passages of other documents are read for a question.
    private static let passages = 5
    /// Shorter quotes are near to much.
    private static let leastWords = 5

    /// A run of sentences beside a quote.
    private struct Pair {
        var question: GoldenQuestion
        var quote: String
        var document: Int
        var run: SentenceRun
    }

    private let pipeline: Pipeline
    private let encoder: PassageEncoder

    package init(_ pipeline: Pipeline, encoder: PassageEncoder) {
        self.pipeline = pipeline
        self.encoder = encoder
    }

    /// The nearest run of sentences of each question, where there is a near one.
    @concurrent
    package func findings(_ questions: [GoldenQuestion]) async throws -> [GoldenFinding] {
        let pairs = try await pairs(questions)
        guard !pairs.isEmpty else { return [] }
        let quotes = try await vectors(pairs.map(\.quote))
        let runs = try await vectors(pairs.map(\.run.text))
        var best: [String: (pair: Pair, similarity: Float)] = [:]
        for pair in pairs {
            guard let quote = quotes[pair.quote], let run = runs[pair.run.text] else { continue }
            let similarity = zip(quote, run).reduce(Float(0)) { $0 + $1.0 * $1.1 }
            guard similarity >= max(Self.near, best[pair.question.id]?.similarity ?? 0) else { continue }
            best[pair.question.id] = (pair, similarity)
        }
        return questions.compactMap { best[$0.id] }.map(finding)
    }

    private func finding(_ pair: Pair, _ similarity: Float) -> GoldenFinding {
        let document = pipeline.corpus.documents[pair.document]
        let line = LineIndex(document.text).line(at: pair.run.start)
        let text = pair.run.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return GoldenFinding(
            .answeredElsewhere, .note,
            "\(pair.question.id): \(document.id), line \(line), may say the same in other words (similarity "
                + "\(Double((similarity * 100).rounded()) / 100)): \"\(text.prefix(240))\". If it answers the question, name it "
                + "under `any_of`.",
            questions: [pair.question.id])
    }

    /// All runs of sentences that are looked at.
    private func pairs(_ questions: [GoldenQuestion]) async throws -> [Pair] {
        let names = DocumentNames(pipeline.corpus.documents.map { ($0.id, $0.aliases) })
        let asked = questions.filter(\.isAnswerable)
        guard !asked.isEmpty else { return [] }
        let vectors = try await encoder.encodeQueries(asked.map(\.question))
        var pairs: [Pair] = []
        for (question, row) in zip(asked, 0...) {
            try Task.checkCancellation()
            let quotes = question.evidence.joined()
            let named = Set(
                quotes.compactMap { quote -> Int? in
                    if case .found(let position) = names.find(quote.document) { position } else { nil }
                })
            let found = try await pipeline.passages(
                question.question, vector: vectors[row: row], limit: Self.passages,
                allowed: pipeline.chunkSet.documents.map { !named.contains($0) })
            for quote in quotes.map(\.quote) where SentenceRun.words(quote) >= Self.leastWords {
                for passage in found {
                    let text = pipeline.corpus.documents[passage.document].text
                    pairs += SentenceRun.all(in: text, range: passage.chunk.range, words: SentenceRun.words(quote)).map
                    {
                        Pair(question: question, quote: quote, document: passage.document, run: $0)
                    }
                }
            }
        }
        return pairs
    }

    private func vectors(_ texts: [String]) async throws -> [String: ArraySlice<Float>] {
        let unique = Array(Set(texts)).sorted()
        let matrix = try await encoder.encode(unique)
        return Dictionary(uniqueKeysWithValues: zip(unique, unique.indices.map { matrix[row: $0] }))
    }
}

/// Sentences that follow each other.
struct SentenceRun: Sendable, Hashable {
    /// Where it begins in its document, in bytes.
    var start: Int
    var text: String

    /// From every sentence of a part of a text on, as many as have about so many words.
    static func all(in text: String, range: Range<Int>, words wanted: Int) -> [SentenceRun] {
        let bytes = Array(text.utf8)
        let sentences = SentenceSplitter.ranges(in: bytes, within: range)
        let counts = sentences.map { words(String(decoding: bytes[$0], as: UTF8.self)) }
        return sentences.indices.compactMap { first in
            var last = first
            var count = counts[first]
            while count * 4 < wanted * 3, last + 1 < sentences.count {
                last += 1
                count += counts[last]
            }
            guard count * 4 >= wanted * 3 else { return nil }
            let range = sentences[first].lowerBound..<sentences[last].upperBound
            return SentenceRun(start: range.lowerBound, text: String(decoding: bytes[range], as: UTF8.self))
        }
    }

    static func words(_ text: String) -> Int {
        text.split(whereSeparator: \.isWhitespace).count
    }
}
