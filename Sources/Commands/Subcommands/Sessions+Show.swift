internal import Agents
internal import ArgumentParser
internal import Base
internal import Storage

extension Sessions {
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Show what happened in a session.",
            discussion: """
                Example:
                  neo sessions show
                  neo sessions show 8x2k --all

                Long results are shortened; --all shows them whole. With --json: every event, also what was
                taken back.
                """)

        @OptionGroup var session: SessionArgument

        @Flag(help: "Shorten nothing.")
        var all = false

        @OptionGroup var output: OutputOptions

        func run() throws {
            let (store, id) = try session.found()
            let events = try SessionJournal.read(store.path(of: id))
            let summary = try SessionSummary(events)
            try output.render(.object(["session": summary.json, "events": .array(events.map(\.json))])) {
                Terminal.harmless(SessionText(isShort: !all).text(of: events, summary))
            }
        }
    }

    struct ExportSession: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export",
            abstract: "Write a session for other programs, or for people.",
            discussion: """
                Example:
                  neo sessions export last > trajectory.json
                  neo sessions export 8x2k --format markdown --to session.md

                atif is the trajectory format of Harbor (ATIF-v1.8), which benchmarks and viewers of agents
                read. In Markdown, all that was said stands in fences that it cannot end. What was taken back
                is in neither.
                """)

        /// The forms.
        enum Format: String, CaseIterable, ExpressibleByArgument { case atif, markdown }

        @OptionGroup var session: SessionArgument

        @Option(help: "atif or markdown.")
        var format = Format.atif

        @Option(help: ArgumentHelp("The file; standard output without.", valueName: "file"), completion: .file())
        var to: String?

        @OptionGroup var output: OutputOptions

        func run() throws {
            let (store, id) = try session.found()
            let events = try SessionJournal.read(store.path(of: id))
            let text =
                switch format {
                case .atif: try ATIFTrajectory(events, program: neoVersion).json.prettyText + "\n"
                case .markdown: try SessionMarkdown.text(of: events)
                }
            guard let to else {
                guard output.json, format == .markdown else { return try Terminal.printResult(text) }
                return try output.render(.object(["id": .string(id), "markdown": .string(text)])) { text }
            }
            try WholeFile.write(Array(text.utf8), to: to)
            try output.render(.object(["id": .string(id), "file": .string(to)])) { "\(to) is written." }
        }
    }
}
