internal import Base
internal import RAG
internal import Statistics
internal import Synchronization

/// A release in memory, with how it does. It goes when nobody answers from it any more.
final class LoadedRelease: Sendable {
    /// Requests of a while.
    struct Counts: Sendable, Hashable {
        var answered = 0
        var failed = 0

        var all: Int { answered + failed }
    }

    let number: Int
    let service: any QueryService
    private let counts = Mutex(Counts())

    init(number: Int, service: any QueryService) {
        self.number = number
        self.service = service
    }

    /// What became of its requests since it was put into its place.
    var requests: Counts { counts.withLock { $0 } }

    /// A request was answered, or not.
    func count(isAnswered: Bool) {
        counts.withLock { counts in
            if isAnswered { counts.answered += 1 } else { counts.failed += 1 }
        }
    }

    /// It has a new place, so counting begins anew.
    func beginAnew() {
        counts.withLock { $0 = Counts() }
    }
}

/// When a new release fails so often that the one before takes its place again.
///
/// One request of a hundred may fail. A share says little of few requests, so at least 5 must have failed, and the lower end
/// of Wilson's 95 % interval of the share must lie above 1 %.
enum ErrorBudget {
    /// The share of requests that may fail.
    static let share = 0.01
    /// Fewer failures than these decide nothing.
    static let fewest = 5

    /// Whether the requests say that the budget is burning.
    static func isBurning(_ counts: LoadedRelease.Counts) -> Bool {
        guard counts.failed >= fewest,
            let interval = try? wilsonInterval(successes: counts.failed, of: counts.all)
        else { return false }
        return interval.lower > share
    }
}
