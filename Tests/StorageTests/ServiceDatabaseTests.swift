import Base
import FoundationEssentials
import Storage
import TestSupport
import Testing

@Suite struct ServiceDatabaseTests {
    private func with(_ body: (ServiceDatabase) async throws -> Void) async throws {
        try await withTemporaryDirectory { try await body(try ServiceDatabase(path: $0 + "/.neo/service.db")) }
    }

    private func request(_ id: String, at time: Double, _ outcome: ServiceRequest.Outcome = .answered) -> ServiceRequest
    {
        ServiceRequest(
            id: id, time: time, service: "s", route: "/v1/answer", outcome: outcome, status: 200, milliseconds: 5,
            stages: ["retrieve": 2.5])
    }

    @Test func `a request comes back as it was kept, whatever its words are`() async throws {
        try await with { database in
            var full = request("a", at: 100)
            full.origin = .probe
            full.release = 3
            full.passages = 4
            (full.topScore, full.scoreGap, full.similarity) = (1.5, 0.5, -0.25)
            (full.coverage, full.evidence, full.terms, full.characters) = (0.5, 0.25, 3, 12)
            (full.inputTokens, full.outputTokens, full.dollars, full.citations) = (7, 8, 0.01, 0.5)
            full.query = "'); DROP TABLE requests; -- \u{202E}\u{1B}[31m"
            full.answer = String(repeating: "é", count: 1000)
            (full.model, full.reason, full.error, full.queryHash, full.golden) = ("m\"", "r", "e", "h", "g")
            try await database.add([full, request("b", at: 101)])
            #expect(try await database.requests(.probe) == [full])
            #expect(try await database.requests().map(\.id) == ["b", "a"])
            var zero = request("c", at: 102)
            zero.query = "a\0b"
            try await database.add([zero])
            #expect(try await database.requests().first?.query == "a\u{FFFD}b")
        }
    }

    @Test func `what is no number is left out, and no row is lost to it`() async throws {
        try await with { database in
            var odd = request("a", at: 1)
            (odd.topScore, odd.similarity, odd.dollars, odd.inputTokens) = (.nan, .infinity, -1, -5)
            odd.milliseconds = -1
            try await database.add([odd])
            let kept = try #require(try await database.requests().first)
            #expect(kept.topScore == nil && kept.similarity == nil && kept.dollars == 0 && kept.inputTokens == 0)
            #expect(kept.milliseconds == 0)
        }
    }

    @Test func `counts are those of clients in a window, without what was malformed`() async throws {
        try await with { database in
            var slow = request("slow", at: 10)
            slow.milliseconds = 900
            var probe = request("probe", at: 10, .failed)
            probe.origin = .probe
            try await database.add([
                slow, probe, request("before", at: 5), request("after", at: 21), request("failed", at: 20, .failed),
                request("none", at: 15, .abstained), request("bad", at: 15, .refused), request("left", at: 15, .left),
            ])
            try await database.add([
                ProbeRecord(time: 12, question: "q", hasPassed: false, milliseconds: 1, detail: ""),
                ProbeRecord(time: 12, question: ProbeRecord.heartbeat, hasPassed: true, milliseconds: 1, detail: ""),
            ])
            let counts = try await database.counts(from: 5, to: 20, slowMilliseconds: 100)
            #expect(counts.requests == 3 && counts.failed == 1 && counts.slow == 1)
            #expect(counts.questions == 2 && counts.abstained == 1)
            #expect(counts.probes == 1 && counts.failedProbes == 1)
            #expect(counts.heartbeats == 1 && counts.failedHeartbeats == 0)
            #expect(counts.ratings == 0, "no part of this version takes ratings")
        }
    }

    @Test func `what is old is forgotten, and what is open stays`() async throws {
        try await with { database in
            try await database.add([request("old", at: 10), request("new", at: 30)])
            let alert = ServiceAlert(
                rule: "errors", severity: .page, state: .firing, began: 1, title: "t", evidence: [:], command: "c")
            try await database.keep([(alert, [])])
            #expect(try await database.forget(before: 20) == 1)
            #expect(try await database.requests().map(\.id) == ["new"])
            #expect(try await database.alerts().count == 1)
        }
    }

    @Test func `a full disk is said, and what was kept before stays`() async throws {
        try await with { database in
            try await database.add([request("a", at: 1)])
            try await database.limitPages(to: 40)
            var large = request("b", at: 2)
            large.query = String(repeating: "x", count: 400_000)
            let error = await #expect(throws: StorageError.self) { try await database.add([large]) }
            #expect(error?.code == .diskFull)
            #expect(try await database.requests().map(\.id) == ["a"])
        }
    }

    @Test func `an alert and its messages are kept together, and a second open one of a rule is refused`() async throws
    {
        try await with { database in
            let alert = ServiceAlert(
                rule: "errors", severity: .page, state: .pending, began: 1, title: "t", evidence: ["a": 1], command: "c"
            )
            let message = AlertDelivery(alert: nil, channel: "w", event: .firing, message: ["m": 1], due: 5)
            try await database.keep([(alert, [message])])
            await #expect(throws: StorageError.self) { try await database.keep([(alert, [message])]) }
            #expect(try await database.alerts().count == 1)
            #expect(try await database.dueDeliveries(at: 4).isEmpty)
            var due = try #require(try await database.dueDeliveries(at: 5).first)
            #expect(due.alert == 1 && due.message == ["m": 1])
            (due.state, due.attempts) = (.delivered, 1)
            try await database.update(due, at: 6)
            #expect(try await database.dueDeliveries(at: 9).isEmpty)
            #expect(try await database.acknowledge(1, by: "dana", at: 7))
            #expect(try await !database.acknowledge(2, by: "dana", at: 7))
        }
    }
}
