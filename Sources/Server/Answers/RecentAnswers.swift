internal import Engineer
internal import Synchronization

/// The answers that were given of late, so that what people say of one is kept with its question and its release: nobody can
/// make those up. They are in memory alone, the latest ones of them.
final class RecentAnswers: Sendable {
    private struct Kept {
        var answers: [String: FeedbackDesk.GivenAnswer] = [:]
        /// The ids in the order in which they came, in a ring.
        var ids: [String] = []
        var next = 0
    }

    private let capacity: Int
    private let kept = Mutex(Kept())

    /// - Parameter capacity: how many are remembered.
    init(capacity: Int = 5_000) {
        self.capacity = capacity
    }

    /// Remembers an answer in place of the oldest one.
    func remember(_ answer: FeedbackDesk.GivenAnswer, as id: String) {
        var answer = answer
        // A question may have thousands of characters, and an answer more: what a person recognises them by is enough.
        answer.question = String(answer.question.prefix(2_000))
        answer.text = String(answer.text.prefix(2_000))
        kept.withLock { kept in
            if kept.ids.count < capacity {
                kept.ids.append(id)
            } else {
                kept.answers[kept.ids[kept.next]] = nil
                kept.ids[kept.next] = id
                kept.next = (kept.next + 1) % capacity
            }
            kept.answers[id] = answer
        }
    }

    /// The answer under an id; nil where it is not remembered.
    func answer(_ id: String) -> FeedbackDesk.GivenAnswer? { kept.withLock { $0.answers[id] } }
}
