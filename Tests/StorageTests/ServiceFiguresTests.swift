import Storage
import TestSupport
import Testing

@Suite struct ServiceFiguresTests {
    private func with(_ body: (ServiceDatabase) async throws -> Void) async throws {
        try await withTemporaryDirectory { try await body(try ServiceDatabase(path: $0 + "/.neo/service.db")) }
    }

    private func request(
        _ time: Double, _ outcome: ServiceRequest.Outcome = .answered, release: Int? = 1,
        origin: ServiceRequest.Origin = .client
    ) -> ServiceRequest {
        var request = ServiceRequest(
            id: "a", time: time, service: "s", origin: origin, route: "/v1/answer", outcome: outcome, status: 200,
            milliseconds: 10)
        request.release = release
        return request
    }

    @Test func `requests are counted by day and release, without probes and without what was no question`() async throws
    {
        try await with { database async throws in
            let day = 86_400.0
            try await database.add([
                request(day), request(2 * day - 1, .failed), request(2 * day, .abstained, release: 2),
                request(2 * day, release: nil), request(2 * day, .refused), request(2 * day, .left),
                request(2 * day, origin: .probe), request(day - 1), request(3 * day),
            ])
            let days = try await database.days(in: day..<3 * day)
            #expect(days.map(\.day) == [2, 2, 1] && days.map(\.release) == [2, nil, 1])
            #expect(days.map(\.requests) == [1, 1, 2] && days.map(\.failed) == [0, 0, 1])
            #expect(days.map(\.abstained) == [1, 0, 0] && days[2].meanMilliseconds == 10)
        }
    }

    @Test func `of each golden question the last time is told, those that failed then first`() async throws {
        try await with { database async throws in
            func probe(_ question: String, _ time: Double, _ passed: Bool) -> ProbeRecord {
                ProbeRecord(
                    time: time, question: question, hasPassed: passed, milliseconds: time, detail: "\(question) \(time)"
                )
            }
            let last = [probe("b", 30, false), probe("a", 40, true)]
            try await database.add([probe("a", 5, false), probe("a", 20, false), probe("b", 10, true)] + last)
            let summaries = try await database.probeSummaries(since: 10)
            #expect(summaries.map(\.last) == last)
            #expect(summaries.map(\.asked) == [2, 2] && summaries.map(\.passed) == [1, 1])
        }
    }

    @Test func `comparisons are told by their time, the newest first`() async throws {
        try await with { database async throws in
            func record(_ time: Double, _ feature: String, _ drifted: Bool) -> DriftRecord {
                DriftRecord(
                    time: time, reference: "golden", feature: feature, measure: "ks", value: 0.1, threshold: 0.1,
                    hasDrifted: drifted, referenceCount: 30, currentCount: 30)
            }
            try await database.add([record(1, "a", true), record(1, "b", false), record(2, "a", false)])
            #expect(
                try await database.driftLooks(limit: 5) == [
                    DriftLook(time: 2, measured: 1, drifted: 0), DriftLook(time: 1, measured: 2, drifted: 1),
                ])
            #expect(try await database.driftLooks(limit: 1).map(\.time) == [2])
        }
    }
}
