internal import Synchronization

extension ReleaseSwitch {
    /// The two releases that are in memory: the one that answers, and the one that is tried, or else the one before. Empty where
    /// there is one alone.
    var compared: [ComparedRelease] {
        state.withLock { state in
            guard let other = state.candidate ?? state.previous else { return [] }
            return [state.live, other].map { ComparedRelease(number: $0.number, service: $0.service) }
        }
    }
}
