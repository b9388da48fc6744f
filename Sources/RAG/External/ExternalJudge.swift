internal import Base
internal import Documents
internal import Retrieval

/// What a reply is worth.
package struct ExternalJudgement: Sendable, Hashable {
    /// The same metrics as of Neo's own passages.
    package var metrics: [String: Double]
    /// How many passages there were.
    package var passages: Int
    /// How many of them stand nowhere in the documents.
    package var unplaced: Int
}

/// Judges the passages of systems that are not Neo's on golden questions, as Neo's own are judged.
///
/// Each passage is placed in the documents; there it covers evidence and takes up context. What stands nowhere takes up
/// context and covers nothing.
package struct ExternalJudge: Sendable {
    private let corpora: [MeasuredCorpus]

    /// - Parameter corpora: the documents, read in one way or several, each with the questions that are judged on it.
    package init(_ corpora: [MeasuredCorpus]) {
        self.corpora = corpora
    }

    /// Judges replies by the question's id; one to a question that there is not is left out.
    @concurrent
    package func judge(_ replies: [String: ExternalReply]) async -> [String: ExternalJudgement] {
        var result: [String: ExternalJudgement] = [:]
        for corpus in corpora {
            let own = replies.filter { corpus.items[$0.key] != nil }
            guard !own.isEmpty else { continue }
            let documents = corpus.library.corpus.documents
            let names = DocumentNames(documents.map { ($0.id, $0.aliases) })
            let named = own.mapValues { reply in
                reply.passages.map { NamedPassage($0, names: names, documents: documents) }
            }
            let lookups = Set(named.values.joined().compactMap(\.lookup)).sorted { $0.text < $1.text }
            let places = await PassagePlacer(documents: documents).places(of: lookups)
            for (id, passages) in named {
                guard let item = corpus.items[id] else { continue }
                result[id] = Self.judge(passages, item, places: places, library: corpus.library)
            }
        }
        return result
    }

    private static func judge(
        _ passages: [NamedPassage], _ item: EvaluationItem, places: [PassagePlacer.Lookup: [EvidenceSpan]],
        library: IndexLibrary
    ) -> ExternalJudgement {
        let evidence = item.evidence.joined()
        var ranked: [Chunk] = []
        var run: [String] = []
        var strange: [DocumentID: String] = [:]
        var unplaced = 0
        for passage in passages {
            let spans = passage.whole.map { [$0] } ?? passage.lookup.flatMap { places[$0] } ?? []
            // A text that stands in several places is the same to a reader wherever it was taken from.
            let span =
                spans.first { span in
                    evidence.contains { $0.document == span.document && $0.range.overlaps(span.range) }
                } ?? spans.first
            if let span {
                ranked.append(Chunk(document: span.document, range: span.range, text: passage.text))
            } else {
                unplaced += 1
                // No file has such a name.
                let id = DocumentID("\u{0}" + ContentHash(of: passage.text).hex)
                strange[id] = passage.text
                ranked.append(Chunk(document: id, range: 0..<passage.text.utf8.count, text: passage.text))
            }
            run.append(passage.document?.rawValue ?? ranked[ranked.count - 1].document.rawValue)
        }
        var seen: Set<String> = []
        let documents = run.filter { seen.insert($0).inserted }
        let metrics = RAGEvaluator.metrics(
            of: item, ranked: ranked,
            // The order is the rank, whatever the scores.
            run: documents.enumerated().map { (id: $1, score: Double(documents.count - $0)) },
            tokens: { id in
                strange[id].map { TokenIndex(text: $0, counter: library.counter) } ?? library.tokens.index(of: id)
            })
        return ExternalJudgement(metrics: metrics, passages: passages.count, unplaced: unplaced)
    }
}

/// A passage whose document was looked up.
private struct NamedPassage {
    let text: String
    /// The document that it is said to be from, where there is one of that name.
    let document: DocumentID?
    /// What to look for; nil where there is no text.
    let lookup: PassagePlacer.Lookup?
    /// The whole document, where no text says which part is meant.
    let whole: EvidenceSpan?

    init(_ passage: ExternalReply.Passage, names: DocumentNames, documents: [Document]) {
        text = passage.text ?? ""
        var position: Int?
        if let name = passage.document, case .found(let found) = names.find(name) { position = found }
        document = position.map { documents[$0].id }
        lookup = passage.text.map { PassagePlacer.Lookup(document: position, text: $0) }
        whole = position.flatMap { position in
            guard passage.text == nil else { return nil }
            let document = documents[position]
            return EvidenceSpan(document: document.id, range: 0..<document.text.utf8.count)
        }
    }
}
