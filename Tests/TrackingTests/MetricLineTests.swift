import Base
import Foundation
import TestSupport
import Testing

@testable import Tracking

/// Lines of figures are read and written on a short way; it must say what the long one says.
@Suite struct MetricLineTests {
    @Test(
        "A line of figures is read as the long way reads it",
        arguments: [
            #"{"run_id":"a","metrics":{"loss":1}}"#,
            #" { "v" : 1.0 , "kind":"metric","run_id":"a b","step":3,"timestamp":1.7e9,"metrics":{"x":-0.5,"y/z":1e-300} } "#,
            #"{"kind":"system_metric","metrics":{"cpu":99999999999999999999},"run_id":"é","step":-2,"run":"n","project":"p"}"#,
        ])
    func same(line: String) throws {
        let figures = try #require(read(line))
        #expect(try records(line) == [figures])
    }

    @Test(
        "What is out of the ordinary is left to the long way",
        arguments: [
            "", "{}", "[]", "1", #"{"run_id":"a"}"#, #"{"metrics":{"a":1}}"#, #"{"run_id":"a","metrics":{}}"#,
            #"{"run_id":"a","metrics":{"a":1}"#, #"{"run_id":"a","metrics":{"a":1}} x"#,
            #"{"run_id":"a","metrics":{"a":1},}"#, #"{"run_id":"a","metrics":{"a":"NaN"}}"#,
            #"{"run_id":"a","metrics":{"a":{"b":1}}}"#, #"{"run_id":"a","metrics":{"a":1,"a":2}}"#,
            #"{"run_id":"a","run_id":"b","metrics":{"a":1}}"#, #"{"run_id":"a\u0062","metrics":{"a":1}}"#,
            #"{"run_id":"a","metrics":{"a":1e999}}"#, #"{"run_id":"a","metrics":{"a":01}}"#,
            #"{"run_id":"a","step":0.5,"metrics":{"a":1}}"#, #"{"run_id":"a","step":null,"metrics":{"a":1}}"#,
            #"{"run_id":"a","timestamp":"2026-11-22T00:00:00Z","metrics":{"a":1}}"#,
            #"{"v":2,"run_id":"a","metrics":{"a":1}}"#, #"{"kind":"end","run_id":"a","metrics":{"a":1}}"#,
            #"{"run_id":"a","config":{},"metrics":{"a":1}}"#, #"{"run_id":"","metrics":{"a":1}}"#,
            #"{"run_id":"a","metrics":{"":1}}"#,
        ])
    func left(line: String) { #expect(read(line) == nil) }

    @Test("Lines with any byte changed are read the same on both ways, or on the long one only")
    func changed() throws {
        var random = SplitMix64(seed: 7)
        let text =
            #"{"kind":"metric","metrics":{"a":1.25,"b":-3e2},"project":"p","run":"n","run_id":"r","step":4,"timestamp":5,"v":1}"#
        var taken = 0
        for _ in 0..<20_000 {
            var bytes = Array(text.utf8)
            for _ in 0..<Int.random(in: 1...2, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                default: bytes.insert(bytes[Int.random(in: 0..<bytes.count, using: &random)], at: place)
                }
            }
            let short = bytes.withUnsafeBytes { read($0) }
            guard let short else { continue }
            taken += 1
            let long = try bytes.withUnsafeBytes { try LogRecord.records(ofLine: $0) }
            #expect(long == [short], "\(String(decoding: bytes, as: UTF8.self))")
        }
        #expect(taken > 100)
    }

    @Test("Figures are written as the canonical text")
    func written() throws {
        let values: [[String: Double]] = [
            ["loss": 0.1], ["a\"b\\": 1, "\n": -0.0, "c/d": 1e300], ["nan": .nan, "up": .infinity, "down": -.infinity],
            [:],
        ]
        for value in values {
            for content in [LogRecord.Content.metrics(value), .systemMetrics(value)] {
                let record = LogRecord(
                    run: try RunID("r\"1"), name: "n", project: nil, step: 3, time: 1.5, content: content)
                #expect(try JSONValue(parsing: record.line).canonicalText == record.line)
                #expect(try records(record.line).map(\.line) == [record.line])
            }
        }
    }

    /// Figures with and without steps, of a run and of its machine; a key with an escape is read on the long way only.
    @Test("The database has the same of a line of figures, whichever way it was read")
    func stored() async throws {
        let id = RunID(at: Date(timeIntervalSince1970: 1_763_800_000)).text
        let lines = [
            #"{"kind":"metric","metrics":{"loss":0.5,"b":2},"run":"n","run_id":"ID","step":7,"timestamp":10}"#,
            #"{"kind":"metric","metrics":{"loss":0.25},"run_id":"ID","timestamp":11}"#,
            #"{"kind":"system_metric","metrics":{"cpu":40,"loss":3},"run_id":"ID","timestamp":12}"#,
            #"{"kind":"system_metric","metrics":{"cpu":41},"run_id":"ID","step":9,"timestamp":13}"#,
            #"{"metrics":{"loss":-1},"run_id":"ID","step":2,"timestamp":14}"#,
        ].map { $0.replacing("ID", with: id) }
        var found: [[String]] = []
        for key in [#""run_id""#, #""run\u005fid""#] {
            let text = lines.map { $0.replacing(#""run_id""#, with: key) }
            #expect(text.allSatisfy { (read($0) == nil) == key.contains("u005f") })
            found.append(try await stored(text.joined(separator: "\n") + "\n", run: id))
        }
        #expect(found[0] == found[1] && found[0].count > lines.count)
        #expect(found[0].contains { $0.hasPrefix("system cpu 40.0") })
    }

    /// All that a store has of a run whose lines were logged.
    private func stored(_ text: String, run: String) async throws -> [String] {
        try await withTemporaryDirectory { folder in
            let store = try RunStore.open(folder + "/.neo", project: "demo")
            try FileManager.default.createDirectory(
                atPath: "\(store.inbox)/w", withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(filePath: "\(store.inbox)/w/00000000.jsonl"))
            _ = try await store.refresh()
            let run = try await store.run(run)
            var all = ["\(run.name) \(run.points) points"]
            for summary in try await store.summaries(of: run.id) {
                all.append("\(summary)")
                for point in try await store.points(of: run.id, metric: summary.metric, isSystem: summary.isSystem) {
                    all.append("\(summary.isSystem ? "system " : "")\(summary.metric) \(point.value) \(point)")
                }
            }
            return all
        }
    }

    private func records(_ line: String) throws -> [LogRecord] {
        try Array(line.utf8).withUnsafeBytes { try LogRecord.records(ofLine: $0) }
    }

    private func read(_ line: String) -> LogRecord? { Array(line.utf8).withUnsafeBytes { read($0) } }

    /// As the writer takes it: with texts that are UTF-8.
    private func read(_ bytes: UnsafeRawBufferPointer) -> LogRecord? {
        guard let line = MetricLine(bytes), let id = String(validating: line.run, as: UTF8.self),
            let run = try? RunID(id)
        else { return nil }
        var values: [String: Double] = [:]
        for (name, value) in line.values {
            guard let name = String(validating: name, as: UTF8.self) else { return nil }
            values[name] = value
        }
        let all = try? JSONValue(parsing: bytes).object
        return LogRecord(
            run: run, name: all?["run"]?.string, project: all?["project"]?.string, step: line.step, time: line.time,
            content: line.isSystem ? .systemMetrics(values) : .metrics(values))
    }
}
