internal import ArgumentParser
internal import Base
internal import Engineer
internal import Tracking

extension KnowledgeCommand {
    /// How tables are written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case jsonl, csv, parquet
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export",
            abstract: "Write what is kept as tables: studies, trials, releases, audits, months.",
            discussion: """
                Example:
                  neo knowledge export --to tables
                  neo knowledge export --to tables --format parquet

                docs/knowledge.md explains the columns.
                """)

        @Option(help: "The folder to write to; it is made where it does not exist.", completion: .directory)
        var to: String

        @Option(help: "How the tables are written: jsonl, csv or parquet.")
        var format = Format.jsonl

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let records = try KnowledgeCommand.records(output)
            let tables = KnowledgeTables(records.studies, records.outcomes)
            let folder = Project.absolute(to)
            try KnowledgeTables.makeFolder(folder)
            var files: [String] = []
            for name in KnowledgeTables.names where tables.count(name) > 0 {
                let path = "\(folder)/\(name).\(format.rawValue)"
                switch format {
                case .jsonl: try tables.writeLines(name, to: path)
                case .csv: try tables.writeCSV(name, to: path)
                case .parquet:
                    let duckDB = try await DuckDBInstallation().installed { output.note("neo: \($0)") }
                    try await KnowledgeTables.withLines(tables, name, beside: path) { lines in
                        try await ParquetTable(with: duckDB).write(lines: lines, to: path, reals: tables.reals(name))
                    }
                }
                files.append(path)
            }
            let written = files
            var object: [String: JSONValue] = ["files": .array(written.map { .string($0) })]
            for name in KnowledgeTables.names { object[name] = .integer(tables.count(name)) }
            try output.render(.object(object)) {
                let counts = KnowledgeTables.names.filter { tables.count($0) > 0 }.map { "\(tables.count($0)) \($0)" }
                return written.isEmpty
                    ? "There is nothing to write yet."
                    : "Wrote \(counts.joined(separator: ", ")):\n" + Terminal.harmless(written.joined(separator: "\n"))
            }
        }
    }
}
