internal import Synchronization

extension ExternalQuestioning {
    /// The outcomes so far.
    final class Collected: Sendable {
        private struct State {
            var all: [String: Outcome] = [:]
            var firstFailure: String?
            var hasAnswer = false
        }

        private let state = Mutex(State())

        var all: [String: Outcome] { state.withLock { $0.all } }
        var count: Int { state.withLock { $0.all.count } }

        func add(_ outcome: Outcome, to id: String) {
            state.withLock { state in
                state.all[id] = outcome
                switch outcome {
                case .answered: state.hasAnswer = true
                case .failed(let sentence): state.firstFailure = state.firstFailure ?? sentence
                }
            }
        }

        /// The first failure, where there are so many and nothing else.
        func firstOfFailuresAlone(_ count: Int) -> String? {
            state.withLock { $0.hasAnswer || $0.all.count < count ? nil : $0.firstFailure }
        }
    }
}
