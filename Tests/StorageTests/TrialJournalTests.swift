import AutoML
import Base
import Storage
import TestSupport
import Testing

@Suite struct TrialJournalTests {
    @Test("The journal in memory conforms")
    func inMemory() async throws {
        let journal = InMemoryTrialJournal()
        try await TrialJournalConformance { journal }.check()
    }

    @Test("The journal in the database conforms, opened anew each time")
    func sqlite() async throws {
        try await withTemporaryDirectory { folder async throws in
            try await TrialJournalConformance {
                try await NeoDatabase(path: "\(folder)/.neo/neo.db").openStudy(definition: ["seed": 1], at: Dates.first)
            }.check()
        }
    }

    @Test("Studies in one database do not mix")
    func studies() async throws {
        try await withTemporaryDirectory { folder async throws in
            let database = try NeoDatabase(path: "\(folder)/neo.db")
            let first = try await database.openStudy(definition: ["seed": 1], at: Dates.first)
            let second = try await database.openStudy(definition: ["seed": 2], at: Dates.second)
            try await first.begin(Trial(number: 0, configuration: Configuration(["a": 1]), origin: "default"))
            try await second.begin(Trial(number: 0, configuration: Configuration(["a": 2]), origin: "default"))
            try await second.record([Measurement(item: "q", metrics: ["x": 1])], ofTrial: 0)
            #expect(try await first.trials().map(\.configuration) == [Configuration(["a": 1])])
            #expect(try await first.measurements(ofTrial: 0).isEmpty)

            let again = try await database.openStudy(definition: ["seed": 1.0], at: Dates.second)
            #expect(again.study == first.study)
            let records = try await database.studies()
            #expect(records.map(\.id) == [second.study, first.study])
            #expect(records.map(\.created) == ["1970-01-12T13:47:40Z", "1970-01-12T13:46:40Z"])
            #expect(records[1].definition == ["seed": 1])
        }
    }

    @Test("A study over the database, stopped after any write, is gone on with by a new process")
    func resume() async throws {
        try await withTemporaryDirectory { folder async throws in
            let undisturbed = try await Self.study(InMemoryTrialJournal()).run()
            var writes = 0
            while true {
                let path = "\(folder)/\(writes).db"
                let open = { try await NeoDatabase(path: path).openStudy(definition: ["seed": 1], at: Dates.first) }
                do {
                    let outcome = try await Self.study(CrashingJournal(try await open(), writes: writes)).run()
                    #expect(outcome == undisturbed)
                    break
                } catch is Crash {
                    #expect(try await Self.study(try await open()).run() == undisturbed)
                }
                writes += 1
            }
            #expect(writes == 16)
        }
    }

    private static func study(_ journal: any TrialJournal) throws -> Study {
        let space = try SearchSpace([
            Parameter("x", .real(0...1, log: false)), Parameter("n", .integer(1...9, step: 1)),
        ])
        return Study(
            space: space, sampler: RandomSampler(space), objective: Objective("score"),
            items: (1...5).map { "q\($0)" }, evaluator: Scorer(), journal: journal, jobs: 2,
            limits: StudyLimits(trials: 4), seed: 3, nanoseconds: { 0 })
    }
}

/// Scores by hash; every third item of some configurations fails.
private struct Scorer: Evaluator {
    @concurrent
    func measure(_ configuration: Configuration, on items: [String]) async throws -> [Measurement] {
        items.map { item in
            var generator = SplitMix64(seed: 1, stream: configuration.hash.hex + item)
            let score = generator.nextUnit()
            return score < 0.2
                ? Measurement(item: item, metrics: [:], failure: "unlucky")
                : Measurement(item: item, metrics: ["score": score])
        }
    }
}
