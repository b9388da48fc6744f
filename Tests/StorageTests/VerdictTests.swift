import AutoML
import Base
import TestSupport
import Testing

@testable import Storage

@Suite struct VerdictTests {
    private static func verdict(
        _ state: String, _ value: Double?, at recorded: String, of name: String = "R1",
        measured: String? = nil
    ) -> VerdictRecord {
        VerdictRecord(
            requirement: name, fingerprint: ContentHash(of: "text").hex, metric: "m", test: "≤ 1 s", verdict: state,
            value: value, lower: nil, upper: nil, count: 3, basis: "run", study: nil, trial: nil, measured: measured,
            recorded: recorded, sentence: "It's \"so\".")
    }

    @Test func `A verdict is written down when it changes, and again when it changes back`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let database = try NeoDatabase(path: folder + "/neo.db")
            try await database.record([
                Self.verdict("met", 1, at: "1"), Self.verdict("not measured", nil, at: "1", of: "R2"),
            ])
            try await database.record([Self.verdict("met", 1, at: "2")])
            try await database.record([Self.verdict("met", 1.5, at: "3")])
            try await database.record([Self.verdict("met", 1, at: "4")])
            let history = try await database.verdicts(of: "R1")
            #expect(history.map(\.recorded) == ["4", "3", "1"] && history.map(\.value) == [1, 1.5, 1])
            #expect(history.last == Self.verdict("met", 1, at: "1"))
            #expect(try await database.verdicts(of: "R2").first?.value == nil)
            let seen = try await database.firstVerdict(of: "R1", fingerprint: ContentHash(of: "text").hex)
            #expect(seen == "1")
            #expect(try await database.firstVerdict(of: "R1", fingerprint: ContentHash(of: "other").hex) == nil)
            await #expect(throws: (any Error).self) {
                try await database.record([Self.verdict("perhaps", 1, at: "5")])
            }
        }
    }

    @Test func `A text that a value was held to is as old as the value; one that made it stale is not`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let database = try NeoDatabase(path: folder + "/neo.db")
            let text = ContentHash(of: "text").hex
            try await database.record([Self.verdict("stale", 30, at: "4", measured: "2")])
            #expect(try await database.firstVerdict(of: "R1", fingerprint: text) == "4")
            // Measured at 3, and looked at for the first time at 5, when it was not older than the text.
            try await database.record([Self.verdict("not met", 31, at: "5", measured: "3")])
            #expect(try await database.firstVerdict(of: "R1", fingerprint: text) == "3")
        }
    }

    @Test func `What answers were worth is kept by evaluation`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let database = try NeoDatabase(path: folder + "/neo.db")
            let hash = ContentHash(of: "configuration")
            let rows = [Measurement(item: "a", metrics: ["answered": 1]), Measurement(item: "b", metrics: [:])]
            try await database.recordAnswers(rows, evaluation: "2026", configuration: hash)
            let again = [Measurement(item: "a", metrics: ["answered": 0])]
            try await database.recordAnswers(again, evaluation: "2027", configuration: hash)
            #expect(try await database.answerMeasurements("2026") == rows)
            #expect(try await database.answerMeasurements("2027") == again)
            #expect(try await database.answerMeasurements("2028") == [])
        }
    }
}
