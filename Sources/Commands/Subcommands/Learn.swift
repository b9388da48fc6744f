internal import ArgumentParser
internal import Base
internal import Engineer

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `neo learn`: makes a search strategy of all that this machine knows.
struct Learn: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "learn",
        abstract:
            "Make a better way to begin searches from all finished ones, and keep it only if it would have helped.",
        discussion: """
            Example:
              neo learn
              neo learn --use 2
              neo learn --use none

            All records are read again: which configurations do well together, what each value of a parameter
            does, and which parameters matter most. Then finished searches are replayed on what they measured,
            each with everything left out that was learnt from its documents. Where the new strategy leaves less
            regret after 10 trials than the one that counts, it counts from now on; else it is written down and
            not used. Every version stays in the knowledge folder; --use takes one back. Run it by hand, or by
            a timer of your system. Searches that have begun go on as they began.
            """)

    @Option(help: ArgumentHelp("Let this version count instead of making one, or none.", valueName: "version"))
    var use: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard use.map({ $0 == "none" || Int($0).map { $0 > 0 } == true }) ?? true else {
            throw ValidationError("--use takes the number of a version, or none.")
        }
    }

    func run() async throws {
        let base = try KnowledgeCommand.base()
        if let use {
            try base.use(Int(use))
            return try output.render(["strategy": Int(use).map { .integer($0) } ?? .null]) {
                use == "none" ? "Searches begin without a strategy." : "Searches begin with strategy \(use)."
            }
        }
        let diagnostics = DiagnosticCollector()
        let outcome = try await KnowledgeLearning.run(base, at: Date(), diagnostics: diagnostics)
        output.show(diagnostics.all)
        try output.render([
            "strategy": JSONValue(encoding: outcome.strategy), "kept": .bool(outcome.isKept),
            "previous": outcome.previous.map { .integer($0) } ?? .null,
        ]) { Terminal.harmless(outcome.text) }
    }
}
