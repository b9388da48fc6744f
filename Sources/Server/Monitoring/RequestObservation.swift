internal import Base
internal import LanguageModels
internal import RAG
internal import Storage
internal import Synchronization

/// What is noted of one request while it is answered. It holds words until they are written down as the policy says.
final class RequestObservation: Sendable {
    /// What became of it.
    struct Notes: Sendable {
        var query: String?
        var answer: Answer?
        var passages: [RetrievedPassage]?
        /// What failed behind a response that had begun.
        var failure: (any Error)?
    }

    /// Times and figures of the work behind it.
    let trace = QuestionTrace()
    /// What its calls of models cost.
    let calls = CallScope(search: "service")
    private let notes = Mutex(Notes())

    init() {}

    /// What was noted.
    var all: Notes { notes.withLock { $0 } }

    /// It asks this.
    func note(_ query: Query) { notes.withLock { $0.query = query.text } }

    /// It was answered.
    func note(_ answer: Answer) { notes.withLock { $0.answer = answer } }

    /// Passages were found.
    func note(_ passages: [RetrievedPassage]) { notes.withLock { $0.passages = passages } }

    /// It failed after its response had begun.
    func note(_ failure: any Error) { notes.withLock { $0.failure = failure } }
}
