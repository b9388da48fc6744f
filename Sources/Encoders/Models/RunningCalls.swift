internal import Synchronization

/// Counts the calls that are running, so that one that is alone may use what the others would need.
final class RunningCalls: Sendable {
    private let count = Atomic(0)

    /// Counts a call; whether it is the only one.
    func enter() -> Bool { count.wrappingAdd(1, ordering: .relaxed).oldValue == 0 }

    /// Says that a call has ended.
    func leave() { count.wrappingSubtract(1, ordering: .relaxed) }
}
