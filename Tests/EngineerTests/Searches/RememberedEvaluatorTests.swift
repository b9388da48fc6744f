import AutoML
import Base
import Foundation
import Storage
import Synchronization
import Testing

@testable import Engineer

@Suite struct RememberedEvaluatorTests {
    /// Counts what it is asked.
    final class Counter: Evaluator {
        let asked = Mutex<[String]>([])

        func measure(_ configuration: Configuration, on items: [String]) async throws -> [AutoML.Measurement] {
            asked.withLock { $0 += items }
            return items.map { AutoML.Measurement(item: $0, metrics: ["score": 0.25]) }
        }
    }

    private func definition(sampler: String, corpus: String = "a") -> JSONValue {
        ["corpus": .string(corpus), "sampler": .string(sampler), "seed": "1", "search": ["q1", "q2"]]
    }

    @Test func `What another study measured on the same data is not measured again, failures are`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let database = try NeoDatabase(path: folder + "/neo.db")
        let configuration = Configuration(["k1": 1.5])
        let journal = try await database.openStudy(definition: definition(sampler: "random"), at: .now)
        try await journal.begin(Trial(number: 3, configuration: configuration, origin: "random"))
        try await journal.record(
            [
                AutoML.Measurement(item: "q1", metrics: ["score": 0.75]),
                AutoML.Measurement(item: "q2", metrics: [:], failure: "no answer"),
            ], ofTrial: 3)

        let scope = StudyDefinition.scope(of: definition(sampler: "greedy"))
        let counter = Counter()
        let evaluator = try await RememberedEvaluator(counter, scope: scope, database: database)
        let measured = try await evaluator.measure(configuration, on: ["q2", "q1", "q3"])
        #expect(measured.map(\.item) == ["q2", "q1", "q3"])
        #expect(measured.map { $0.metrics["score"] } == [0.25, 0.75, 0.25])
        #expect(counter.asked.withLock { $0 } == ["q2", "q3"])

        // Other documents are another matter.
        let other = StudyDefinition.scope(of: definition(sampler: "greedy", corpus: "b"))
        let stranger = try await RememberedEvaluator(counter, scope: other, database: database)
        #expect(try await stranger.measure(configuration, on: ["q1"]).first?.metrics["score"] == 0.25)
    }
}
