internal import ArgumentParser
internal import Base
internal import Documents
internal import Engineer
internal import RAG
internal import Retrieval

/// `neo access who`.
struct AccessWho: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "who",
        abstract: "Tell who sees a document, and why.",
        discussion: """
            Example:
              neo access who hr/salaries.md my-docs
            """)

    @Argument(help: "The document: its name as answers give it, or its path from the project's folder.")
    var document: String

    @OptionGroup var project: ProjectArgument

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let project = try Project(opening: project.project)
        let access = try await ProjectAccess.read(project)
        let entries = access.entries(named: document)
        guard !entries.isEmpty else {
            throw EngineerError(
                code: .invalidRequest,
                message:
                    "The project has no document \(document). `neo access sees everyone \(project.folder)` lists names."
            )
        }
        let rules = project.file.access
        let rows = entries.map { entry -> JSONValue in
            [
                "document": .string(entry.place.id.rawValue), "file": .string(entry.place.file),
                "groups": .array(entry.readers.groups.sorted().map { .string($0.name) }),
                "because": .string(AccessWords.reason(entry.readers, rules)),
            ]
        }
        try output.render(["documents": .array(rows)]) {
            entries.map {
                Terminal.harmless(
                    "\($0.place.file): \(AccessWords.readers($0.readers)) (\(AccessWords.reason($0.readers, rules)))")
            }.joined(separator: "\n")
        }
    }
}
