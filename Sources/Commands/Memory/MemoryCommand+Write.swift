internal import Agents
internal import ArgumentParser
internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension MemoryCommand {
    struct Commit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "commit",
            abstract: "Keep a step of the work: what it brought, what was decided, what is left.",
            discussion: """
                Example:
                  neo memory commit "The reranker is in; precision rose by 0.08. Left: its timeout."
                  neo memory commit "Tried hashing; slower." --branch faster-search --so-far "Two of four ideas tried."

                The commit of git and the result of the last tests are kept with it.
                """)

        @Argument(help: "What this step brought.")
        var step: String

        @Option(help: "All progress so far, in short.")
        var soFar = ""

        @Option(help: "The branch.")
        var branch = MemoryBranch.first

        @Option(help: "How the tests ended, such as \"swift test: passed\"; what was noted last, where not given.")
        var tests: String?

        @Option(help: "A line for the project's milestones.")
        var milestone: String?

        @OptionGroup var place: MemoryFolder

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let (memory, code) = try place.opened()
            var draft = MemoryStore.Draft(step: step, author: place.author)
            (draft.soFar, draft.branch, draft.milestone) = (soFar, branch, milestone)
            draft.tests = tests.map { MemoryCommit.Tests(result: $0, date: Date().timestamp) }
            draft.code = await code.now()
            let commit = try memory.store.commit(draft)
            try output.render(["commit": try JSONValue(encoding: commit)]) { "Committed \(commit.id) on \(branch)." }
        }
    }

    struct Branch: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "branch",
            abstract: "Begin a line of work, with its purpose.",
            discussion: """
                Example:
                  neo memory branch faster-search --purpose "Try whether hashing the terms is faster."
                """)

        @Argument(help: "Its name.")
        var name: String

        @Option(help: "What is tried, and why.")
        var purpose: String

        @Option(help: "The branch that it comes from.")
        var from = MemoryBranch.first

        @OptionGroup var place: MemoryFolder

        @OptionGroup var output: OutputOptions

        func run() async throws {
            try place.opened().memory.store.branch(name, purpose: purpose, from: from)
            try output.render(["branch": .string(name)]) { "Began the branch \(name)." }
        }
    }

    struct Merge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "merge",
            abstract: "Take a branch over into another one.",
            discussion: """
                Example:
                  neo memory merge faster-search --summary "Hashing is slower; the cache stays."

                What people and agents noted in the branch's metadata.yaml is taken over, too. Where the two disagree,
                nothing is merged until --prefer says whose word counts.
                """)

        @Argument(help: "The branch that is taken over.")
        var name: String

        @Option(help: "The branch that takes it over.")
        var into = MemoryBranch.first

        @Option(help: "What it came to; the titles of its commits, where not given.")
        var summary: String?

        @Option(help: "Whose notes count where the branches disagree: ours (--into) or theirs.")
        var prefer: MemoryStore.Preference?

        @OptionGroup var place: MemoryFolder

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let (memory, code) = try place.opened()
            let commit = try memory.store.merge(
                name, into: into, summary: summary, preferring: prefer, author: place.author, code: await code.now())
            try output.render(["commit": try JSONValue(encoding: commit)]) {
                "Merged \(name) into \(into) as \(commit.id)."
            }
        }
    }

    struct Log: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "log",
            abstract: "Note something by the way.",
            discussion: """
                Example:
                  neo memory log "The second parser fails on tables."
                """)

        @Argument(help: "What was seen, thought or done.")
        var text: String

        @Option(help: "The branch.")
        var branch = MemoryBranch.first

        @OptionGroup var place: MemoryFolder

        @OptionGroup var output: OutputOptions

        func run() async throws {
            try place.opened().memory.store.log(text, by: place.author, on: branch)
            try output.render(["branch": .string(branch)]) { "Noted on \(branch)." }
        }
    }

    struct Restore: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "restore",
            abstract: "Put a commit back that was taken out of its page.",
            discussion: """
                Example:
                  neo memory restore 4f1c9a0b2d

                neo memory context lists what was taken out, for instance by an editor that wrote an old page.
                """)

        @Argument(help: "The commit's id, or the beginning of it.")
        var id: String

        @OptionGroup var place: MemoryFolder

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let commit = try place.opened().memory.store.restore(id)
            try output.render(["commit": try JSONValue(encoding: commit)]) {
                "\(commit.id) stands on \(commit.branch) again."
            }
        }
    }
}

extension MemoryStore.Preference: ExpressibleByArgument {}
