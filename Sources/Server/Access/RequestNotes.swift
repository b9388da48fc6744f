internal import RAG
internal import Retrieval
internal import Synchronization

/// What the audit log will say of a request, gathered while it is answered.
final class RequestNotes: Sendable {
    private let state = Mutex((query: String?.none, documents: [String]()))

    init() {}

    /// What was asked.
    func asked(_ query: Query) { state.withLock { $0.query = query.text } }

    /// What was found.
    func found(_ passages: [RetrievedPassage]) {
        var seen: Set<String> = []
        let documents = passages.map(\.document.rawValue).filter { seen.insert($0).inserted }
        state.withLock { $0.documents = documents }
    }

    /// What is known so far.
    var gathered: (query: String?, documents: [String]) { state.withLock { $0 } }
}
