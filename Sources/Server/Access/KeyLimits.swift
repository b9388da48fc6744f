internal import Base
internal import Engineer
internal import Synchronization

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Bounds how often each key may ask: a bucket that fills up within a minute, and a count by day (UTC), which goes on where it
/// was after a restart.
final class KeyLimits: Sendable {
    /// The verdict on one request.
    enum Verdict: Hashable {
        case granted
        /// It may not; the next can in so many seconds.
        case refused(per: String, most: Int, retryAfterSeconds: Int)
    }

    private struct State {
        var minutes: [String: (tokens: Double, filledAt: UInt64)] = [:]
        /// Requests that are not written down yet.
        var pending: [String: Int] = [:]
    }

    private let time: TimeSource
    private let state = Mutex(State())

    init(time: TimeSource) { self.time = time }

    /// Takes one request out of what a key has.
    ///
    /// - Parameter used: how many it made today, as far as that is written down.
    func take(_ key: AccessKey, used: Int) -> Verdict {
        let now = time.nanoseconds()
        return state.withLock { state in
            if let most = key.perDay, used + (state.pending[key.id] ?? 0) >= most {
                return .refused(per: "day", most: most, retryAfterSeconds: secondsToMidnight)
            }
            if let most = key.perMinute {
                let bucket = state.minutes[key.id] ?? (Double(most), now)
                let filled = bucket.tokens + Double(now &- bucket.filledAt) / 1e9 * Double(most) / 60
                let tokens = min(Double(most), filled)
                guard tokens >= 1 else {
                    state.minutes[key.id] = (tokens, now)
                    let wait = Int(((1 - tokens) * 60 / Double(most)).rounded(.up))
                    return .refused(per: "minute", most: most, retryAfterSeconds: max(1, wait))
                }
                state.minutes[key.id] = (tokens - 1, now)
            }
            if key.perDay != nil { state.pending[key.id, default: 0] += 1 }
            return .granted
        }
    }

    /// What is not written down yet.
    var pending: [String: Int] { state.withLock { $0.pending } }

    /// So much of it is now.
    func settle(_ counts: [String: Int]) {
        state.withLock { state in
            for (key, count) in counts {
                let rest = (state.pending[key] ?? 0) - count
                state.pending[key] = rest > 0 ? rest : nil
            }
        }
    }

    private var secondsToMidnight: Int {
        let seconds = Int(time.now().timeIntervalSince1970)
        return 86_400 - seconds % 86_400
    }
}
