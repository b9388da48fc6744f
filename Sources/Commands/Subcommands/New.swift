internal import ArgumentParser
internal import Base
internal import Engineer

struct New: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Make a project folder: neo.yaml and golden.jsonl.",
        discussion: """
            Example:
              neo new my-docs --documents 'docs/**/*.md' 'notes/*.txt' --golden questions.jsonl

            Quote the patterns, so that your shell does not expand them. They are relative to the folder that you
            are in; neo.yaml gets them relative to the project. A row of golden.jsonl:
              {"id": "q1", "question": "…", "answers": ["…"], "evidence": [{"document": "a.md", "quote": "…"}]}
            """
    )

    @Argument(help: "The folder to make.", completion: .directory)
    var directory: String

    @Option(help: "The kind of system; this version knows rag.")
    var kind = "rag"

    @Option(parsing: .upToNextOption, help: "Patterns of the documents' files.")
    var documents: [String]

    @Option(help: "A file of golden questions to copy; without it one is begun for you to edit.", completion: .file())
    var golden: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard kind == "rag" else {
            throw ValidationError("The kind \"\(kind)\" is not known; this version of Neo knows rag.")
        }
        guard !documents.isEmpty else {
            throw ValidationError("Say which documents to search, e.g. --documents 'docs/**/*.md'.")
        }
    }

    func run() async throws {
        let files = try NewProject.create(at: directory, documents: documents, golden: golden)
        try output.render(["project": .string(Project.absolute(directory)), "files": .array(files.map { .string($0) })])
        {
            """
            Wrote \(files.joined(separator: "\n      "))
            Next: \(golden == nil ? "put your questions into golden.jsonl, then " : "")neo check \(directory), neo search \(directory)
            """
        }
    }
}
