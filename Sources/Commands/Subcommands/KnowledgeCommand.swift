internal import ArgumentParser
internal import Base
internal import Engineer

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `neo knowledge`: what this machine has learnt from all its projects.
struct KnowledgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "knowledge",
        abstract: "Show, export and forget what this machine has learnt from finished searches.",
        discussion: """
            Example:
              neo knowledge list
              neo knowledge show 3fa2b1c4
              neo knowledge export --to tables --format csv
              neo knowledge forget --project my-docs

            Each search that ends leaves figures: what its documents and questions are like, which configurations
            it tried, and what came of them; no text, no file's name, and the project under a random id. New
            searches begin with what did well in projects that are like theirs (neo search --cold does not).
            The folder is ~/.local/share/neo/knowledge; NEO_KNOWLEDGE names another one, or none.
            `knowledge: false` in neo.yaml leaves a project out (docs/knowledge.md).
            """,
        subcommands: [List.self, Show.self, Export.self, Forget.self], defaultSubcommand: List.self)

    /// The machine's knowledge base.
    ///
    /// - Throws: where there is to be none.
    static func base() throws -> KnowledgeBase {
        guard let base = KnowledgeBase.standard(ProcessInfo.processInfo.environment) else {
            throw EngineerError(
                code: .knowledge,
                message: "NEO_KNOWLEDGE is none, so there is no knowledge here. Unset it, or let it name a folder.")
        }
        var isFolder = false
        guard !FileManager.default.fileExists(atPath: base.folder, isDirectory: &isFolder) || isFolder else {
            throw EngineerError(
                code: .knowledge, message: "\(base.folder) is no folder. Let NEO_KNOWLEDGE name one, or unset it.")
        }
        return base
    }

    /// Every record, with a line on standard error for what cannot be read.
    static func records(_ output: OutputOptions) throws -> [KnowledgeRecord] {
        let diagnostics = DiagnosticCollector()
        let records = try base().records(diagnostics)
        output.show(diagnostics.all)
        return records
    }
}

extension KnowledgeCommand {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the searches that are kept, the oldest first.",
            discussion: """
                Example:
                  neo knowledge list
                  neo knowledge list --json
                """)

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let records = try KnowledgeCommand.records(output)
            let folder = try KnowledgeCommand.base().folder
            let schedule = LearningSchedule(ProcessInfo.processInfo.environment).current
            try output.render([
                "folder": .string(folder), "studies": .array(records.map(\.summary)),
                "schedule": schedule.map { .string($0.rawValue) } ?? .null,
            ]) {
                records.isEmpty
                    ? "Nothing is kept in \(folder) yet: each search that ends leaves a record."
                    : Terminal.harmless(([KnowledgeRecord.header] + records.map(\.line)).joined(separator: "\n"))
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Show all that is kept of one search.",
            discussion: """
                Example:
                  neo knowledge show 3fa2b1c4
                """)

        @Argument(help: "The record's id, or the beginning of it.")
        var id: String

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let record = try KnowledgeCommand.base().record(id)
            try output.render(JSONValue(encoding: record)) { Terminal.harmless(record.text) }
        }
    }

    struct Forget: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "forget",
            abstract: "Remove what is kept of a search, of a project, or of all.",
            discussion: """
                Example:
                  neo knowledge forget 3fa2b1c4
                  neo knowledge forget --project my-docs
                  neo knowledge forget --all

                A search of the project that ends later is kept again; `knowledge: false` in its neo.yaml
                prevents that.
                """)

        @Argument(help: "The record's id, or the beginning of it.")
        var id: String?

        @Option(help: "All searches of the project in this folder, or of the project with this random id.")
        var project: String?

        @Flag(help: "Everything.")
        var all = false

        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard [id != nil, project != nil, all].count(where: { $0 }) == 1 else {
                throw ValidationError("Say what to forget: one id, --project FOLDER, or --all.")
            }
        }

        func run() async throws {
            let base = try KnowledgeCommand.base()
            let gone = try base.forget(try await chosen(base))
            try output.render([
                "forgotten": .integer(gone.records), "strategies": .array(gone.strategies.map { .integer($0) }),
            ]) {
                (gone.records == 1 ? "1 search is forgotten." : "\(gone.records) searches are forgotten.")
                    + (gone.strategies.isEmpty
                        ? ""
                        : "\nStrategies that were made from what is forgotten are removed: "
                            + gone.strategies.map(String.init).joined(separator: ", ") + ". Run neo learn.")
            }
        }

        private func chosen(_ base: KnowledgeBase) async throws -> [KnowledgeRecord] {
            if let id { return [try base.record(id)] }
            let records = base.records()
            guard let project else { return records }
            let named = records.filter { $0.project == project }
            if !named.isEmpty { return named }
            let name = try await KnowledgeBase.name(of: try Project(opening: project))
            return records.filter { $0.project == name }
        }
    }
}
