internal import Retrieval
internal import Synchronization

/// Where the tokens of each document stand, found when they are first asked for.
final class DocumentTokens: Sendable {
    private let corpus: Corpus
    private let counter: any TokenCounter
    private let indexes = Mutex<[DocumentID: TokenIndex]>([:])

    init(corpus: Corpus, counter: any TokenCounter) {
        self.corpus = corpus
        self.counter = counter
    }

    /// The tokens of a document; none for one that the corpus lacks.
    func index(of id: DocumentID) -> TokenIndex {
        if let known = indexes.withLock({ $0[id] }) { return known }
        let index = TokenIndex(text: corpus[id]?.text ?? "", counter: counter)
        indexes.withLock { $0[id] = index }
        return index
    }
}
