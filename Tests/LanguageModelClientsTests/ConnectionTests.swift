import Base
import TestSupport
import Testing

@testable import LanguageModelClients

@Suite struct ConnectionTests {
    @Test(
        arguments: [
            ("7", 7.0), ("0", 0), ("-3", 0), ("9999", 60), ("1.5", 1.5), ("nan", nil), ("soon", nil), ("", nil),
            ("Sun, 06 Nov 1994 08:49:37 GMT", 0), ("Sun, 06 Nov 1994 08:50:00 GMT", 20),
            ("Mon, 29 Feb 2016 00:00:00 GMT", 60),
            ("Sun, 06 Nov 1994 08:49:37 CET", nil), ("Sun, 99 Nov 1994 08:49:37 GMT", nil),
        ] as [(String, Double?)])
    func `Retry-After is seconds or a date, and a minute at most`(header: String, seconds: Double?) {
        // RFC 9110's example and three seconds more: 784111777 is 1994-11-06T08:49:37Z.
        #expect(RetryAfter.seconds(header, now: 784_111_780) == seconds)
    }

    @Test func `Pauses double, and the jitter takes up to a half of them`() async throws {
        for (jitter, expected) in [(0.0, [0.5, 1, 2]), (1, [1, 2, 4])] {
            let pauses = Collected<Double>()
            var settings = EndpointSettings(
                url: "", attempts: 4, seconds: 1, replyBytes: 1, concurrentRequests: 1, pause: { pauses.add($0) })
            settings.jitter = { jitter }
            var retries = Retries(settings)
            let failure = EndpointFailure(sentence: "Busy.", mayPass: true)
            for _ in 0..<3 { try await retries.pause(after: failure) }
            await #expect(throws: EndpointError.self) { try await retries.pause(after: failure) }
            #expect(pauses.all == expected)
        }
    }

    @Test func `Permits are handed on in order, and a task that waits can be cancelled`() async throws {
        let limit = ConcurrencyLimit(1)
        var first: ConcurrencyPermit? = try await limit.permit()
        let waiting = Task { _ = try await limit.permit() }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        let second = Task { try await limit.permit() }
        withExtendedLifetime(first) {}
        first = nil
        let permit = try await second.value
        withExtendedLifetime(permit) {}
    }

    @Test func `A time limit ends what takes longer`() async throws {
        #expect(try await withTimeLimit(seconds: 0.01) { try await Task.sleep(for: .seconds(3_600)) } == nil)
        #expect(try await withTimeLimit(seconds: 3_600) { 7 } == 7)
    }
}
