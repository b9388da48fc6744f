import Base
import Storage

@testable import Engineer

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension ServedMonth {
    /// So many requests of a release on a day.
    private static func requests(
        _ count: Int, of release: Int, at time: Double, failed: Int = 0, abstained: Int = 0
    ) -> [ServiceRequest] {
        (0..<count).map { number in
            var request = ServiceRequest(
                id: "\(release)-\(Int(time))-\(number)", time: time + Double(number), service: "s", route: "/v1/answer",
                outcome: number < failed ? .failed : number < failed + abstained ? .abstained : .answered, status: 200,
                milliseconds: 20)
            request.release = release
            return request
        }
    }

    /// What a watch noted: traffic, an alert that is open and one that is over, drift, golden questions, documents.
    static func watch(in folder: String, at now: Double) async throws {
        let database = try ServiceDatabase(path: folder + "/.neo/service.db")
        try await database.add(
            requests(40, of: 1, at: now - 10 * 86_400) + requests(30, of: 2, at: now - 2 * 86_400, abstained: 3)
                + requests(20, of: 4, at: now - 600, failed: 9))
        var open = ServiceAlert(
            rule: "errors", severity: .page, state: .firing, began: now - 500,
            title: "9 of 20 requests failed. \(hostile)", evidence: ["bad": 9, "share_lower": .number(0.2581)],
            command: "neo query \(hostile)")
        open.fired = now - 400
        var over = ServiceAlert(
            rule: "documents", severity: .ticket, state: .resolved, began: now - 86_400,
            title: "Documents under the golden questions were changed", evidence: ["documents": [.string(hostile)]],
            command: "neo check")
        (over.fired, over.ended) = (now - 86_000, now - 80_000)
        func message(_ event: AlertDelivery.Event) -> AlertDelivery {
            AlertDelivery(alert: nil, channel: "webhook \(hostile)", event: event, message: [:], due: now - 400)
        }
        try await database.keep([(over, [message(.firing), message(.resolved)]), (open, [message(.firing)])])
        var states: [AlertDelivery.State] = [.failed, .delivered, .delivered]
        for var sent in try await database.deliveries() {
            sent.state = states.removeFirst()
            sent.attempts = 1
            sent.failure = sent.state == .failed ? "Refused. \(hostile)" : nil
            try await database.update(sent, at: now)
        }
        try await database.add([
            DriftRecord(
                time: now - 7200, reference: "golden", feature: "similarity", measure: "ks", value: 0.1, threshold: 0.1,
                p: 0.4, hasDrifted: false, referenceCount: 60, currentCount: 50),
            DriftRecord(
                time: now - 3600, reference: "golden", feature: "words", measure: "auc", value: 0.91, threshold: 0.61,
                hasDrifted: true, referenceCount: 60, currentCount: 70, detail: "more now: \(hostile)"),
            DriftRecord(
                time: now - 3600, reference: "month", feature: "similarity", measure: "psi", value: 0.02,
                threshold: 0.1,
                hasDrifted: false, referenceCount: 90, currentCount: 70),
        ])
        func probe(_ question: String, _ passed: Bool, _ ago: Double, _ detail: String) -> ProbeRecord {
            ProbeRecord(time: now - ago, question: question, hasPassed: passed, milliseconds: 5, detail: detail)
        }
        try await database.add([
            probe("a", true, 9000, "1 of 1 parts"), probe("a", false, 100, "0 of 1 parts \(hostile)"),
            probe(hostile, true, 90, "2 of 2 parts"), probe(ProbeRecord.heartbeat, false, 80, "refused \(hostile)"),
            probe(ProbeRecord.heartbeat, true, 50, "ready"),
        ])
        let file: JSONValue = ["bytes": 1, "changed": 1.5, "hash": "h"]
        try await database.keep(.object(["d.md": file, hostile: file]), as: "documents")
        try await database.keep(
            [
                "measure": "documents", "documents": [.string(hostile)], "questions": ["a"], "seen": .number(now - 100),
            ], as: "golden documents")
    }

    /// What people said of the answers of releases 1 and 2, and which they preferred.
    static func say(in folder: String, at now: Double) async throws {
        let database = try ServiceDatabase(path: folder + "/.neo/service.db")
        func row(_ number: Int, _ kind: FeedbackRow.Kind = .thumb, release: Int, rating: Int? = nil) -> FeedbackRow {
            FeedbackRow(
                time: now - 1000 + Double(number), kind: kind, answer: "a\(number)", release: release,
                rater: "r\(number)", source: "s\(number)", rating: rating, way: "page")
        }
        for number in 0..<20 {
            try await database.keep(row(number, release: number < 12 ? 1 : 2, rating: number % 4 == 0 ? -1 : 1))
        }
        var bad = row(30, release: 2, rating: -1)
        (bad.reason, bad.comment, bad.question) = ("outdated", "We moved. \(hostile)", "How long? \(hostile)")
        bad.text = "Three days. \(hostile)"
        var better = row(30, .correction, release: 2)
        (better.correction, better.question) = ("Thirty days. \(hostile)", "How long? \(hostile)")
        var opened = row(31, .citation, release: 2)
        opened.document = "guide \(hostile).md"
        for row in [bad, better, opened] { try await database.keep(row) }
        for number in 0..<40 {
            let isFirst = number % 2 == 0
            try await database.begin(
                ComparisonRow(
                    id: "c\(number)", time: now - 500, first: isFirst ? 2 : 1, second: isFirst ? 1 : 2,
                    rater: "r\(number)", source: "s\(number)", question: nil))
            // Release 2 is preferred by most.
            let outcome = number % 10 == 0 ? "tie" : (number % 5 == 1) == isFirst ? "second" : "first"
            _ = try await database.decide("c\(number)", outcome: outcome, rater: "r\(number)", at: now)
        }
    }
}
