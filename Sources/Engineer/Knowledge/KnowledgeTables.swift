internal import AutoML
internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The knowledge base as flat tables, for other programs: `studies`, `trials`, `releases`, `audits` and `months`.
package struct KnowledgeTables: Sendable {
    /// The names of the tables, and of their files without the ending.
    package static let names = ["studies", "trials", "releases", "audits", "months"]

    private let tables: [String: [[String: JSONValue]]]

    package init(_ records: [KnowledgeRecord], _ outcomes: [KnowledgeOutcome] = []) {
        func rows(_ kind: KnowledgeOutcome.Kind) -> [[String: JSONValue]] {
            outcomes.filter { $0.kind == kind }.map(\.row)
        }
        tables = [
            "releases": rows(.release), "audits": rows(.audit), "months": rows(.month),
            "studies": records.map(Self.row),
            "trials": records.flatMap { record in record.trials.map { Self.row($0, of: record) } },
        ]
    }

    /// How many rows a table has.
    package func count(_ name: String) -> Int { tables[name]?.count ?? 0 }

    /// Writes a table as lines of JSON, all with the same members.
    package func writeLines(_ name: String, to path: String) throws {
        let columns = columns(name)
        let lines = (tables[name] ?? []).map { row in
            JSONValue.object(Dictionary(uniqueKeysWithValues: columns.map { ($0, row[$0] ?? .null) })).canonicalText
        }
        try AtomicFile.write(lines.map { $0 + "\n" }.joined(), to: path)
    }

    /// Writes a table as comma-separated values.
    package func writeCSV(_ name: String, to path: String) throws {
        let columns = columns(name)
        let lines = (tables[name] ?? []).map { row in columns.map { Self.cell(row[$0]) }.joined(separator: ",") }
        try AtomicFile.write(([columns.joined(separator: ",")] + lines).map { $0 + "\n" }.joined(), to: path)
    }

    /// Makes the folder that tables are written to.
    package static func makeFolder(_ path: String) throws { try AtomicFile.makeFolder(path) }

    /// Writes a table's lines to a file that is there while the body reads it.
    package static func withLines(
        _ tables: KnowledgeTables, _ name: String, beside path: String, _ body: (String) async throws -> Void
    ) async throws {
        let lines = path + ".lines"
        defer { try? FileManager.default.removeItem(atPath: lines) }
        try tables.writeLines(name, to: lines)
        try await body(lines)
    }

    /// The columns of a table that hold real numbers, so that a file in which all of them are whole has the same types.
    package func reals(_ name: String) -> [String] {
        let names: Set<String> = [
            "score", "lower", "upper", "p95_milliseconds", "cost_per_1000", "seconds", "dollars", "verdict_winner",
            "verdict_winner_lower", "verdict_winner_upper", "verdict_default", "verdict_default_lower",
            "verdict_default_upper", "verdict_difference", "verdict_difference_lower", "verdict_difference_upper",
        ]
        return columns(name).filter {
            names.contains($0) || $0.hasPrefix("metric.") || $0.hasPrefix("feature.")
                || $0.hasPrefix("value.")
        }
    }

    private func columns(_ name: String) -> [String] { Set((tables[name] ?? []).flatMap(\.keys)).sorted() }

    private static func cell(_ value: JSONValue?) -> String {
        switch value {
        case nil, .null: ""
        case .string(let text): TrialTable.cell(text)
        case .some(let other): other.array == nil ? other.canonicalText : TrialTable.cell(other.canonicalText)
        }
    }

    private static func row(_ record: KnowledgeRecord) -> [String: JSONValue] {
        var row: [String: JSONValue] = [
            "id": .string(record.id), "project": .string(record.project), "corpus": .string(record.corpus),
            "day": .string(record.day), "neo": .string(record.neo), "language": .string(record.features.language),
            "objective": .string(record.objective.metric), "sampler": .string(record.sampler),
            "racing": .bool(record.isRacing), "questions": .integer(record.questions),
            "trials": .integer(record.trials.count), "default": .integer(record.baseline),
            "winner": .integer(record.winner), "verdict": .string(record.verdict.kind),
            "verdict_questions": .integer(record.verdict.questions),
            "constraints": .string(
                record.constraints.map { "\($0.quantity) \($0.relation) \($0.limit)" }.joined(separator: "; ")),
        ]
        row["decision"] = record.decision.map { .string($0) }
        row["seconds"] = record.seconds.map { .number($0) }
        row["dollars"] = record.dollars.map { .number($0) }
        let estimates = [
            ("winner", record.verdict.winner), ("default", record.verdict.baseline),
            ("difference", record.verdict.difference),
        ]
        for (name, estimate) in estimates {
            row["verdict_\(name)"] = .number(estimate.value)
            row["verdict_\(name)_lower"] = .number(estimate.lower)
            row["verdict_\(name)_upper"] = .number(estimate.upper)
        }
        for (name, value) in record.features.values { row["feature.\(name)"] = .number(value) }
        return row
    }

    private static func row(_ trial: KnowledgeRecord.Trial, of record: KnowledgeRecord) -> [String: JSONValue] {
        var row: [String: JSONValue] = [
            "study": .string(record.id), "trial": .integer(trial.number), "origin": .string(trial.origin),
            "state": .string(trial.state), "questions": .integer(trial.questions),
            "failures": .integer(trial.failures), "objective": .string(record.objective.metric),
        ]
        row["score"] = trial.metrics[record.objective.metric].map { .number($0) }
        row["lower"] = trial.lower.map { .number($0) }
        row["upper"] = trial.upper.map { .number($0) }
        row["failure"] = trial.failure.map { .string($0.rawValue) }
        row["on_front"] = trial.isOnFront.map { .bool($0) }
        row["p95_milliseconds"] = trial.p95Milliseconds.map { .number($0) }
        row["index_bytes"] = trial.indexBytes.map { .integer($0) }
        row["cost_per_1000"] = trial.costPer1000.map { .number($0) }
        for (name, value) in trial.metrics { row["metric.\(name)"] = .number(value) }
        for (name, value) in trial.configuration.values { row["parameter.\(name)"] = value }
        return row
    }
}
