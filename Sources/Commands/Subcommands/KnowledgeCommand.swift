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
        abstract: "Show, export and forget what this machine has learnt from its projects.",
        discussion: """
            Example:
              neo knowledge list
              neo knowledge show 3fa2b1c4
              neo knowledge export --to tables --format csv
              neo knowledge forget --project my-docs

            Each search that ends leaves figures: what its documents and questions are like, which configurations
            it tried, and what came of them; no text, no file's name, and the project under a random id. So do
            each step of a release, each audit, and each month of service. New searches begin with what did well
            in projects that are like theirs (neo search --cold does not).
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
    static func records(_ output: OutputOptions) throws -> (studies: [KnowledgeRecord], outcomes: [KnowledgeOutcome]) {
        let diagnostics = DiagnosticCollector()
        let base = try base()
        let found = (base.records(diagnostics), base.outcomes(diagnostics))
        output.show(diagnostics.all)
        return found
    }

    /// What keeps the outcomes of a project here; nil where none are to be kept.
    static func keeper(_ project: Project) -> OutcomeKeeper? {
        OutcomeKeeper(
            KnowledgeBase.standard(ProcessInfo.processInfo.environment), project, version: neoVersion)
    }
}

extension KnowledgeCommand {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the searches, releases, audits and months that are kept, the oldest first.",
            discussion: """
                Example:
                  neo knowledge list
                  neo knowledge list --json
                """)

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let (studies, outcomes) = try KnowledgeCommand.records(output)
            let folder = try KnowledgeCommand.base().folder
            let schedule = LearningSchedule(ProcessInfo.processInfo.environment).current
            try output.render([
                "folder": .string(folder), "studies": .array(studies.map(\.summary)),
                "outcomes": .array(outcomes.map(\.summary)),
                "schedule": schedule.map { .string($0.rawValue) } ?? .null,
            ]) {
                Terminal.harmless(Self.text(studies, outcomes, in: folder))
            }
        }

        private static func text(
            _ studies: [KnowledgeRecord], _ outcomes: [KnowledgeOutcome], in folder: String
        ) -> String {
            guard !studies.isEmpty || !outcomes.isEmpty else {
                return "Nothing is kept in \(folder) yet: each search that ends leaves a record."
            }
            let tables = [
                studies.isEmpty ? [] : [KnowledgeRecord.header] + studies.map(\.line),
                outcomes.isEmpty ? [] : ["Releases, audits and months of service:"] + outcomes.map(\.line),
            ]
            return tables.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Show all that is kept of one search, release, audit or month.",
            discussion: """
                Example:
                  neo knowledge show 3fa2b1c4
                """)

        @Argument(help: "The record's id, or the beginning of it.")
        var id: String

        @OptionGroup var output: OutputOptions

        func run() async throws {
            switch try KnowledgeCommand.base().record(id) {
            case .study(let record):
                try output.render(JSONValue(encoding: record)) { Terminal.harmless(record.text) }
            case .outcome(let record):
                try output.render(JSONValue(encoding: record)) { Terminal.harmless(record.text) }
            }
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

        @Option(help: "All of the project in this folder, or of the project with this random id.")
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
            let chosen = try await chosen(base)
            let gone = try base.forget(chosen.studies)
            let others = try base.forget(chosen.outcomes)
            try output.render([
                "forgotten": .integer(gone.records), "outcomes": .integer(others),
                "strategies": .array(gone.strategies.map { .integer($0) }),
            ]) {
                (gone.records == 1 ? "1 search is forgotten." : "\(gone.records) searches are forgotten.")
                    + (others == 0 ? "" : "\nReleases, audits and months of service that are forgotten: \(others).")
                    + (gone.strategies.isEmpty
                        ? ""
                        : "\nStrategies that were made from what is forgotten are removed: "
                            + gone.strategies.map(String.init).joined(separator: ", ") + ". Run neo learn.")
            }
        }

        private func chosen(
            _ base: KnowledgeBase
        ) async throws -> (studies: [KnowledgeRecord], outcomes: [KnowledgeOutcome]) {
            if let id {
                switch try base.record(id) {
                case .study(let record): return ([record], [])
                case .outcome(let record): return ([], [record])
                }
            }
            let (studies, outcomes) = (base.records(), base.outcomes())
            guard let project else { return (studies, outcomes) }
            let isNamed = studies.contains { $0.project == project } || outcomes.contains { $0.project == project }
            let name = isNamed ? project : try await KnowledgeBase.name(of: try Project(opening: project))
            return (studies.filter { $0.project == name }, outcomes.filter { $0.project == name })
        }
    }
}
