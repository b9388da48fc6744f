import Base
import Testing

@testable import Server

@Suite struct TokenBucketsTests {
    private let clock = ManualClock()

    @Test("Each client has a bucket of its own")
    func clients() {
        let buckets = TokenBuckets(perMinute: 1, time: .manual(clock))
        #expect(buckets.take(for: "a") == .granted)
        #expect(buckets.take(for: "b") == .granted)
        #expect(buckets.take(for: "a") == .refused(retryAfterSeconds: 60))
    }

    @Test("A bucket fills up steadily, and not above its size")
    func refill() {
        let buckets = TokenBuckets(perMinute: 60, time: .manual(clock))
        for _ in 0..<60 { #expect(buckets.take(for: "a") == .granted) }
        #expect(buckets.take(for: "a") == .refused(retryAfterSeconds: 1))
        clock.advance(seconds: 1)
        #expect(buckets.take(for: "a") == .granted)
        #expect(buckets.take(for: "a") != .granted)
        clock.advance(seconds: 3600)
        for _ in 0..<60 { #expect(buckets.take(for: "a") == .granted) }
        #expect(buckets.take(for: "a") != .granted)
    }

    @Test("The number of clients that are remembered is bounded")
    func bounded() {
        let buckets = TokenBuckets(perMinute: 1, maximumClients: 10, time: .manual(clock))
        for number in 0..<1000 { _ = buckets.take(for: "\(number)") }
        #expect(buckets.count <= 10)
    }

    @Test("Making room forgets those who wait longest, not the latest")
    func eviction() {
        let buckets = TokenBuckets(perMinute: 1, maximumClients: 2, time: .manual(clock))
        for client in ["a", "b", "c"] {
            _ = buckets.take(for: client)
            clock.advance(seconds: 1)
        }
        #expect(buckets.take(for: "c") != .granted)
    }
}
