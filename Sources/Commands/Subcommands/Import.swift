internal import ArgumentParser
internal import Base
internal import Engineer

struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Turn a data set into a project, or take runs of other programs.",
        discussion: """
            Examples:
              neo import beir/scifact scifact
              neo import questions.csv my-docs --documents 'docs/**/*.md'
              neo import autorag benchmark/ my-docs
              neo import trackio --project my-docs
              neo import jsonl runs.jsonl --project my-docs

            A first word that is no subcommand is a data set. A folder that is called as a subcommand is named ./trackio.
            """,
        subcommands: [ImportDataSet.self, ImportAutoRAG.self, ImportTrackio.self, ImportLines.self],
        defaultSubcommand: ImportDataSet.self
    )
}

struct ImportDataSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dataset",
        abstract: "Turn a data set into a project: BEIR folder, JSONL, CSV or ragas.",
        discussion: """
            Examples:
              neo import beir/scifact scifact
              neo import dataset questions.csv my-docs --documents 'docs/**/*.md'

            A BEIR folder holds corpus.jsonl, queries.jsonl and qrels/. Rows of JSONL, CSV and ragas need a question,
            and a quote or context; for those without a document's name the document is found by its text.
            """
    )

    @Argument(help: "The data set: a folder or a file.", completion: .file())
    var source: String

    @Argument(help: "The project's folder; made where it is missing.", completion: .directory)
    var project: String

    @Option(parsing: .upToNextOption, help: "Patterns of the documents' files, for sets that bring none.")
    var documents: [String] = []

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let summary = try await ImportJob.run(source: source, project: project, documents: documents)
        output.show(summary.diagnostics)
        try output.render(JSONValue(encoding: summary)) {
            """
            Imported \(summary.questions) questions\(summary.documents.map { " and \($0) documents" } ?? "") from \
            \(summary.format); dropped \(summary.dropped).
            Next: neo search \(project)
            """
        }
    }
}
