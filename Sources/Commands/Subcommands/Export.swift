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

            trec: the winner's ranking of documents, in TREC run format. csv: one row a trial.
            jsonl: one row a question. config: the winner's configuration, for `neo eval`.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case trec, csv, jsonl, config
    }

    @Argument(help: "The format: trec, csv, jsonl or config.")
    var format: Format

    @OptionGroup var project: ProjectArgument

    @Option(
        name: .customLong("to"), help: "The file to write; standard output, where none is given.", completion: .file())
    var file: String?

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let project = try Project(opening: project.project)
        let results = try ReportArchive.read(project)
        let text: String
        switch format {
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
