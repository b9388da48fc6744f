internal import ArgumentParser
internal import Base
internal import Engineer
internal import Tracking

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

struct QueryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query",
        abstract: "Answer a question in SQL over a project's runs, trials, costs and sessions.",
        discussion: """
            Examples:
              neo query "SELECT name, status, points FROM runs ORDER BY started DESC" --project my-docs
              neo query "SELECT run, max(value) FROM metrics WHERE metric = 'ndcg' GROUP BY run" --format csv
              neo query "FROM metrics" --format parquet --output metrics.parquet

            Tables: runs, metrics, series, entries, alerts, trials, measurements, answer_measurements, verdicts,
            ledger, events, requests, service_alerts, drift, probes, feedback;
            `neo query "DESCRIBE runs"` shows a table's columns, and docs/queries.md lists them all. A query is one
            SELECT in DuckDB's SQL, or DESCRIBE, SHOW TABLES, SUMMARIZE: it runs inside walls, reads the
            records only, and changes nothing. DuckDB is installed when it is first wanted.

            A table shows the first rows (--rows); csv, json and parquet have all of them. NaN and
            infinities are the texts "NaN", "Infinity" and "-Infinity" in JSON.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table, csv, json, parquet
    }

    @Argument(help: "The query.")
    var sql: String

    @OptionGroup var records: RunsPlace

    @Option(help: "How rows are written.")
    var format = Format.table

    @Option(
        name: .customLong("output"), help: "The file to write; standard output, where none is given.",
        completion: .file())
    var file: String?

    @Option(help: "The most rows that a table, or --json, shows.")
    var rows = 1000

    @Option(help: "End the query after this time (90s, 5m or 2h).")
    var timeout = Budget(seconds: 60)

    @Flag(help: "See only what an agent may: nothing of held-out questions, of sessions, of texts that were logged.")
    var asAgent = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if format == .parquet, file == nil { throw ValidationError("Parquet is binary: name a file with --output.") }
        if !(1...1_000_000).contains(rows) { throw ValidationError("--rows is 1 to 1,000,000.") }
        if output.json, format != .table {
            throw ValidationError("--json prints rows and columns as one object; it takes no --format.")
        }
    }

    func run() async throws {
        let store = try await records.open(output)
        let duckDB = try await DuckDBInstallation().installed { output.note("neo: \($0)") }
        let sight = try await RunFolder(records.project).sight(asAgent: asAgent)
        let queries = ProjectQueries(store, with: duckDB, as: sight, timeLimitSeconds: timeout.seconds)
        guard let rowFormat = ProjectQueries.Format(rawValue: format.rawValue) else {
            return try await show(queries)
        }
        if let file {
            try await queries.write(sql, as: rowFormat, to: Project.absolute(file))
            return output.note("neo: wrote \(file)")
        }
        let folder = FileManager.default.temporaryDirectory.path + "/neo-rows-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await queries.write(sql, as: rowFormat, to: folder)
        try Terminal.printFile(folder)
    }

    private func show(_ queries: ProjectQueries) async throws {
        let result = try await queries.rows(of: sql, limit: rows)
        var text = Terminal.harmless(result.table())
        if !result.isComplete { text += "\n… more rows; --rows shows more, --format csv all." }
        if let file {
            try AtomicFile.write((output.json ? result.json.prettyText : text) + "\n", to: Project.absolute(file))
        } else {
            try output.render(result.json) { text }
        }
    }
}
