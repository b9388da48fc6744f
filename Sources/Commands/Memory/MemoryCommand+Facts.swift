internal import Agents
internal import ArgumentParser
internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension MemoryCommand {
    struct Remember: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remember",
            abstract: "Keep a fact with its source.",
            discussion: """
                Example:
                  neo memory remember "Tea steeps two minutes." --source docs/tea.md --quote "for two minutes"
                  neo memory remember "The service moves in May." --source "Ada, in the meeting"

                A source in the folder is looked at whenever the fact is read: where its words are gone, the fact is
                shown as stale.
                """)

        @Argument(help: "The fact.")
        var text: String

        @Option(help: "A file of the folder, an address, or whose word it is.")
        var source = ""

        @Option(help: "The file's own words that say so.")
        var quote: String?

        @OptionGroup var place: MemoryFolder

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let memory = try place.opened().memory
            let fact = try memory.store.remember(
                text, source: source, quote: quote, author: place.author, read: memory.read)
            try output.render(["id": .string(fact.id), "text": .string(fact.text)]) { "Remembered as \(fact.id)." }
        }
    }

    struct Forget: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "forget",
            abstract: "Drop a fact.",
            discussion: """
                Example:
                  neo memory forget 3a9c1d22
                """)

        @Argument(help: "The fact's id, or the beginning of it.")
        var id: String

        @OptionGroup var place: MemoryFolder

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let fact = try place.opened().memory.store.forget(id)
            try output.render(["id": .string(fact.id), "text": .string(fact.text)]) {
                Terminal.harmless("Forgot: \(fact.text)")
            }
        }
    }

    struct Prefer: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "prefer",
            abstract: "Tell agents in every folder what you prefer; without words, show it.",
            discussion: """
                Example:
                  neo memory prefer "Answer in German."
                  neo memory prefer

                The list is preferences.md beside config.yaml; edit it there. Agents read it and cannot write to it.
                """)

        @Argument(help: "What you prefer.")
        var text: String?

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let path = PreferencesFile.path(ProcessInfo.processInfo.environment)
            if let text {
                guard !text.allSatisfy(\.isWhitespace) else { throw ValidationError("Say what you prefer.") }
                try PreferencesFile.add(text, to: path)
            }
            let memory = MemoryContext(MemoryStore(workspace: "/"), code: .none, preferences: path) { _ in nil }
            try output.render([
                "preferences": .array(memory.preferred.map { .string($0) }), "path": .string(path),
            ]) {
                memory.preferred.isEmpty
                    ? "Nothing is noted in \(path)."
                    : Terminal.harmless(memory.preferred.map { "- \($0)" }.joined(separator: "\n"))
            }
        }
    }
}
