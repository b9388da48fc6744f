internal import Base
internal import Synchronization

/// A token bucket for each client: it holds a minute's worth of requests and fills up steadily.
final class TokenBuckets: Sendable {
    /// The verdict on one request.
    enum Verdict: Hashable {
        /// It may go on.
        case granted
        /// It may not; the next can in so many seconds.
        case refused(retryAfterSeconds: Int)
    }

    private struct Bucket {
        var tokens: Double
        var filledAt: UInt64
    }

    /// How many requests a minute a client has.
    let perMinute: Int
    private let maximumClients: Int
    private let time: TimeSource
    private let buckets = Mutex<[String: Bucket]>([:])

    init(perMinute: Int, maximumClients: Int = 10_000, time: TimeSource) {
        self.perMinute = perMinute
        self.maximumClients = maximumClients
        self.time = time
    }

    /// Takes one request out of a client's bucket.
    func take(for client: String) -> Verdict {
        let now = time.nanoseconds()
        return buckets.withLock { buckets in
            if buckets[client] == nil, buckets.count >= maximumClients { makeRoom(in: &buckets, now: now) }
            var tokens = buckets[client].map { level(of: $0, now: now) } ?? Double(perMinute)
            defer { buckets[client] = Bucket(tokens: tokens, filledAt: now) }
            guard tokens >= 1 else {
                return .refused(retryAfterSeconds: max(1, Int(((1 - tokens) * 60 / Double(perMinute)).rounded(.up))))
            }
            tokens -= 1
            return .granted
        }
    }

    /// How many clients are remembered.
    var count: Int { buckets.withLock { $0.count } }

    private func level(of bucket: Bucket, now: UInt64) -> Double {
        let seconds = Double(now &- bucket.filledAt) / 1e9
        return min(Double(perMinute), bucket.tokens + seconds * Double(perMinute) / 60)
    }

    /// Forgets clients whose bucket is full again, which changes nothing for them; where there is none, the
    /// half that was seen longest ago, so that the memory stays bounded whatever clients do.
    private func makeRoom(in buckets: inout [String: Bucket], now: UInt64) {
        buckets = buckets.filter { level(of: $0.value, now: now) < Double(perMinute) }
        guard buckets.count >= maximumClients else { return }
        let oldest = buckets.sorted { $0.value.filledAt < $1.value.filledAt }.prefix(max(1, buckets.count / 2))
        for (client, _) in oldest { buckets[client] = nil }
    }
}
