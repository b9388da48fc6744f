internal import Agents
internal import ArgumentParser
internal import Base

extension MemoryCommand {
    struct Context: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "context",
            abstract: "Show what is remembered, from afar to near.",
            discussion: """
                Example:
                  neo memory context
                  neo memory context --branch faster-search
                  neo memory context --commit 4f1c9a0b2d
                  neo memory context --log 40

                Without more it is the project: its page, the branches, the last commits, the facts, and what you
                prefer. Each commit says how many files changed since it was true, each fact whether its source
                still says so.
                """)

        @OptionGroup var place: MemoryFolder

        @Option(help: "This branch, with its last commits.")
        var branch: String?

        @Option(help: "This commit, whole; its id or the beginning of it.")
        var commit: String?

        @Option(help: "So many last lines of the log (of --branch, or of main).")
        var log: Int?

        @Option(help: "So many last commits.")
        var last = 5

        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard last > 0, log ?? 1 > 0 else { throw ValidationError("--last and --log take a number above 0.") }
        }

        func run() async throws {
            let memory = try place.opened().memory
            let text: String
            if let commit {
                text = try await memory.commit(commit)
            } else if let log {
                text = try memory.store.logLines(of: branch ?? MemoryBranch.first, last: log).joined(separator: "\n")
            } else if let branch {
                text = try await memory.branch(branch, commits: last)
            } else {
                text = try await memory.project(commits: last)
            }
            try output.render(["context": .string(text)]) { Terminal.harmless(text) }
        }
    }

    struct Facts: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "facts",
            abstract: "List what is taken for true, and whether its sources still say so.",
            discussion: """
                Example:
                  neo memory facts
                  neo memory facts --json
                """)

        @OptionGroup var place: MemoryFolder

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let memory = try place.opened().memory
            let facts = try memory.store.facts(read: memory.read)
            let rows = facts.map { fact, standing -> JSONValue in
                let (word, reason): (String, String?) =
                    switch standing {
                    case .holds: ("holds", nil)
                    case .stale(let reason): ("stale", reason)
                    case .unchecked(let reason): ("unchecked", reason)
                    }
                return [
                    "id": .string(fact.id), "text": .string(fact.text), "standing": .string(word),
                    "reason": reason.map(JSONValue.string) ?? .null, "date": fact.date.map(JSONValue.string) ?? .null,
                    "author": fact.author.map(JSONValue.string) ?? .null,
                ]
            }
            try output.render(["facts": .array(rows)]) {
                guard !facts.isEmpty else { return "No fact is remembered; neo memory remember adds one." }
                return Terminal.harmless(
                    facts.map { fact, standing in
                        switch standing {
                        case .holds: "\(fact.id)  holds      \(fact.text)"
                        case .stale(let reason): "\(fact.id)  STALE      \(fact.text) (\(reason))"
                        case .unchecked(let reason): "\(fact.id)  unchecked  \(fact.text) (\(reason))"
                        }
                    }.joined(separator: "\n"))
            }
        }
    }

    struct SearchMemory: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "search",
            abstract: "Search all that is remembered.",
            discussion: """
                Example:
                  neo memory search reranker timeout
                """)

        @Argument(help: "What is looked for.")
        var words: [String]

        @OptionGroup var place: MemoryFolder

        @Option(help: "So many at most.")
        var limit = 10

        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard limit > 0 else { throw ValidationError("--limit takes a number above 0.") }
        }

        func run() async throws {
            let memory = try place.opened().memory
            let hits = try MemorySearch(memory).hits(for: words.joined(separator: " "), limit: limit)
            let rows = hits.map { hit -> JSONValue in
                [
                    "kind": .string(hit.kind), "name": .string(hit.name), "text": .string(hit.text),
                    "score": .number(Double(hit.score)),
                ]
            }
            try output.render(["hits": .array(rows)]) {
                hits.isEmpty
                    ? "Nothing is remembered of that."
                    : Terminal.harmless(hits.map { "\($0.kind) \($0.name): \($0.text)" }.joined(separator: "\n"))
            }
        }
    }
}
