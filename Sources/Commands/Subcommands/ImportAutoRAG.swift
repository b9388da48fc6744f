internal import ArgumentParser
internal import Base
internal import Engineer
internal import Tracking

struct ImportAutoRAG: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "autorag",
        abstract: "Turn a data set and a configuration of AutoRAG into a project.",
        discussion: """
            Example:
              neo import autorag benchmark/ my-docs

            The folder holds corpus.parquet and qa.parquet, or has them in data/, and may hold a YAML. The passages that a
            question names become its evidence. Retrieval modules of the YAML become the search space; those that Neo
            does not have are named.
            """)

    @Argument(help: "AutoRAG's folder.", completion: .directory)
    var folder: String

    @Argument(help: "The project's folder; made where it is missing.", completion: .directory)
    var project: String

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let duckDB = try await DuckDBInstallation().installed { output.note("neo: \($0)") }
        let (summary, modules) = try await AutoRAGFolder(folder, with: duckDB).run(into: project)
        output.show(summary.diagnostics)
        var members = try JSONValue(encoding: summary).object ?? [:]
        members["space"] = .object(modules.space.mapValues { .array($0) })
        members["unmatched_modules"] = .array(modules.unmatched.map { .string($0) })
        try output.render(.object(members)) {
            let missing =
                modules.unmatched.isEmpty
                ? "" : "\nWithout a counterpart: \(Terminal.harmless(modules.unmatched.joined(separator: ", ")))."
            return """
                Imported \(summary.questions) questions and \(summary.documents ?? 0) documents from \(summary.format); \
                dropped \(summary.dropped).\(missing)
                Next: neo search \(project)
                """
        }
    }
}
