internal import Synchronization

/// Says once of each kind of trouble what it is: telemetry never gets in the way of the work.
final class TroubleLog: Sendable {
    /// The kinds.
    enum Kind: Hashable {
        case unreachable, refused, partial, dropped
    }

    private let said = Mutex<Set<Kind>>([])
    private let say: @Sendable (String) -> Void

    init(_ say: @escaping @Sendable (String) -> Void) { self.say = say }

    /// Says it, unless one of its kind was said.
    func note(_ kind: Kind, _ sentence: @autoclosure () -> String) {
        guard said.withLock({ $0.insert(kind).inserted }) else { return }
        say(sentence())
    }
}
