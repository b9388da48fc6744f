import Base
import Foundation
import Tracking

/// The store of runs: what `Benchmarks/tracking.py` measures beside Trackio and MLflow. Prints one line of JSON.
///
/// `log FOLDER COUNT` logs so many points in this process, acknowledged when the last is in the inbox's file;
/// `take FOLDER` moves what lies there into the database; `list FOLDER` and `chart FOLDER` read as pages do.
enum TrackingWork {
    static func print(_ arguments: ArraySlice<String>) async throws {
        let words = Array(arguments)
        guard words.count >= 2 else {
            Swift.print("usage: neo-bench tracking log|take|list|chart FOLDER [COUNT]")
            exit(2)
        }
        let folder = words[1] + "/.neo"
        let answer: JSONValue
        switch words[0] {
        case "log": answer = try log(folder, count: words.count > 2 ? Int(words[2]) ?? 0 : 100_000)
        case "take": answer = try await take(folder)
        case "chart": answer = try await chart(folder)
        default: answer = try await list(folder)
        }
        Swift.print(answer.canonicalText)
    }

    private static func seconds(_ body: () async throws -> Void) async rethrows -> Double {
        let start = ContinuousClock.now
        try await body()
        return (ContinuousClock.now - start) / .seconds(1)
    }

    private static func log(_ folder: String, count: Int) throws -> JSONValue {
        let logger = try RunLogger(in: folder, project: "bench", name: "run", facts: RunFacts(kind: "benchmark"))
        let start = ContinuousClock.now
        for step in 0..<count { logger.log(["loss": 1 / Double(step + 1)], step: step) }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        logger.finish()
        return ["points": .integer(count), "seconds": .number(seconds)]
    }

    private static func take(_ folder: String) async throws -> JSONValue {
        let store = try RunStore.open(folder, project: "bench")
        let seconds = try await seconds { _ = try await store.refresh() }
        var query = RunQuery()
        query.limit = .max
        let points = try await store.runs(query).reduce(0) { $0 + $1.points }
        return ["points": .integer(points), "seconds": .number(seconds)]
    }

    private static func list(_ folder: String) async throws -> JSONValue {
        let store = try RunStore.open(folder, project: "bench")
        var rows = 0
        let first = try await seconds { rows = try await page(store) }
        let again = try await seconds { rows = try await page(store) }
        return ["runs": .integer(rows), "first": .number(first), "seconds": .number(again), "memory": memory]
    }

    /// A page of runs, each with what is known of its metrics.
    private static func page(_ store: RunStore) async throws -> Int {
        let runs = try await store.runs()
        for run in runs { _ = try await store.summaries(of: run.id) }
        return try await store.count()
    }

    private static func chart(_ folder: String) async throws -> JSONValue {
        let store = try RunStore.open(folder, project: "bench")
        var query = RunQuery()
        query.limit = 20
        let runs = try await store.runs(query)
        var points = 0
        let seconds = try await seconds {
            for run in runs { points += try await store.points(of: run.id, metric: "loss", maximum: 500).count }
        }
        return [
            "runs": .integer(runs.count), "points": .integer(points), "seconds": .number(seconds), "memory": memory,
        ]
    }

    /// The most memory that this process has had, in MB; null where the system does not say so.
    private static var memory: JSONValue {
        let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(separator: " ").dropFirst().first.flatMap { Double($0) }.map { .number($0 / 1024) } ?? .null
    }
}
