import AutoML
import Base
import Testing

/// What every journal must do.
///
/// `reopen` gives the same journal as a new process would see it: what counts is what is there after that.
struct TrialJournalConformance {
    var reopen: () async throws -> any TrialJournal

    private let first = Trial(
        number: 0, configuration: Configuration(["retriever": "bm25", "k1": 0.9, "size": 256]), origin: "default")
    private let second = Trial(number: 1, configuration: Configuration(["retriever": "dense"]), origin: "random")
    private let third = Trial(number: 2, configuration: Configuration(["retriever": "hybrid"]), origin: "random")

    init(reopen: @escaping () async throws -> any TrialJournal) {
        self.reopen = reopen
    }

    func check() async throws {
        try await begins()
        try await records()
        try await finishes()
        try await refuses()
    }

    private func begins() async throws {
        let journal = try await reopen()
        #expect(try await journal.trials().isEmpty)
        for trial in [second, first, third] {
            try await journal.begin(trial)
        }
        try await journal.begin(first)
        #expect(try await reopen().trials() == [first, second, third])
    }

    private func records() async throws {
        let journal = try await reopen()
        let blocks = [
            [
                Measurement(item: "q2", metrics: ["ndcg": 0.1 + 0.2, "latency": 1e-7]),
                Measurement(item: "q1 \u{e9}\"\n", metrics: ["ndcg": 1]),
            ],
            [Measurement(item: "q3", metrics: [:], failure: "timed out")],
        ]
        for block in blocks {
            try await journal.record(block, ofTrial: 0)
        }
        try await journal.record(blocks[1], ofTrial: 1)
        try await journal.record([], ofTrial: 1)
        let expected = [blocks[0][1], blocks[0][0], blocks[1][0]]
        #expect(try await reopen().measurements(ofTrial: 0) == expected)

        // The same fact again, and a later opinion about it.
        try await journal.record(blocks[0], ofTrial: 0)
        try await journal.record([Measurement(item: "q3", metrics: ["ndcg": 1])], ofTrial: 0)
        #expect(try await reopen().measurements(ofTrial: 0) == expected)
        #expect(try await reopen().measurements(ofTrial: 1) == blocks[1])
        #expect(try await reopen().measurements(ofTrial: 2).isEmpty)
    }

    private func finishes() async throws {
        let journal = try await reopen()
        for _ in 0..<2 {
            try await journal.finish(trial: 0, state: .complete, failure: nil)
            try await journal.finish(trial: 1, state: .failed, failure: "no encoder")
        }
        let trials = try await reopen().trials()
        #expect(trials.map(\.state) == [.complete, .failed, .running])
        #expect(trials.map(\.failure) == [nil, "no encoder", nil])
        #expect(trials.map(\.configuration.hash) == [first, second, third].map(\.configuration.hash))
    }

    private func refuses() async throws {
        let journal = try await reopen()
        let before = try await journal.trials()
        let other = Trial(number: 2, configuration: Configuration(["retriever": "other"]), origin: "random")
        await #expect(throws: AutoMLError.self) { try await journal.begin(other) }
        await #expect(throws: AutoMLError.self) {
            try await journal.record([Measurement(item: "q1", metrics: [:])], ofTrial: 9)
        }
        await #expect(throws: AutoMLError.self) { try await journal.finish(trial: 9, state: .complete, failure: nil) }
        await #expect(throws: AutoMLError.self) { try await journal.finish(trial: 0, state: .failed, failure: "late") }
        #expect(try await reopen().trials() == before)
    }
}
