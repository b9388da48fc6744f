internal import ArgumentParser
internal import Base
internal import Engineer

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write results for other tools.",
        discussion: """
            Example:
              neo export trec my-docs > winner.run
              neo export csv my-docs --to trials.csv
              neo export trackio my-docs
              neo export parquet my-docs --to metrics.parquet

            trec: the winner's ranking of documents, in TREC run format. csv: one row a trial.
            jsonl: one row a question. config: the winner's configuration, for `neo eval`.

            trackio: the project's runs, for Trackio's dashboard and command line, into the folder that --to names, or
            else Trackio's own; run again, it writes what has changed. parquet: the points of all runs as the one
            file that --to names, or else files for each run that has ended, below .neo/runs (docs/queries.md).
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case trec, csv, jsonl, config, trackio, parquet
    }

    @Argument(help: "The format: trec, csv, jsonl, config, trackio or parquet.")
    var format: Format

    @OptionGroup var project: ProjectArgument

    @Option(
        name: .customLong("to"), help: "The file to write; standard output, where none is given.", completion: .file())
    var file: String?

    @Flag(help: "parquet: also write metrics that are computed from others.")
    var derived = false

    @OptionGroup var output: OutputOptions

    func run() async throws {
        // Runs need neither a project file nor results.
        if format == .trackio || format == .parquet { return try await exportRuns() }
        let project = try Project(opening: project.project)
        let results = try ReportArchive.read(project)
        let text: String
        switch format {
        case .trackio, .parquet: return try await exportRuns()
        case .csv: text = TrialTable.csv(results)
        case .jsonl: text = QuestionTable.jsonl(results)
        case .config: text = ConfigurationFile.yaml(results)
        case .trec:
            text = try await MachineLanguageModels.with(for: project, showing: ProgressLine(quiet: output.quiet)) {
                models in
                let workspace = try await Workspace.open(project, ports: .machine(models: models))
                return try await TRECRun.text(workspace, results: results)
            }
        }
        try await AuditTrail.note(
            AuditEvent(
                "export", by: PersonName.of(), at: Date(), facts: ["format": .string(format.rawValue)]),
            in: project)
        if let file {
            try AtomicFile.write(text, to: Project.absolute(file))
        } else if !output.json {
            try Terminal.printResult(text)
        }
        if output.json {
            let value: JSONValue = [
                "format": .string(format.rawValue), "file": file.map { .string($0) } ?? .null,
                "content": file == nil ? .string(text) : .null,
            ]
            try Terminal.printResult(value.prettyText + "\n")
        }
    }
}
