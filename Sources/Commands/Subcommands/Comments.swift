internal import ArgumentParser
internal import Base
internal import Engineer
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `neo comments`: what people say of what they review.
struct Comments: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "comments",
        abstract: "List, add and settle what people say of a project.",
        discussion: """
            Example:
              neo comments list my-docs
              neo comments add my-docs --on requirements:12 "Which requests does this count?"
              neo comments resolve 3 my-docs

            Comments are rows of .neo/neo.db; in the browser they stand beside what they are about (neo dashboard).
            An agent that works in the project is told the open ones, as the words of a person.
            """,
        subcommands: [List.self, Add.self, Resolve.self], defaultSubcommand: List.self)
}

extension Comments {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the open comments, the oldest first.",
            discussion: """
                Example:
                  neo comments list my-docs
                  neo comments list my-docs --all --json
                """)

        @OptionGroup var project: ProjectArgument

        @Flag(help: "Also those that are settled.")
        var all = false

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let project = try Project(opening: project.project)
            var comments: [ReviewComment] = []
            if FileManager.default.fileExists(atPath: project.databasePath) {
                comments = try await NeoDatabase(path: project.databasePath).comments(isOpen: all ? nil : true)
            }
            try output.render(["comments": .array(comments.map(\.json))]) {
                comments.isEmpty
                    ? "No comment is open." : Terminal.harmless(comments.map(\.words).joined(separator: "\n"))
            }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add",
            abstract: "Say something of a project, or of something in it.",
            discussion: """
                Example:
                  neo comments add "The tea pages are out of date." my-docs
                  neo comments add "Too vague to be measured." my-docs --on requirements:12
                  neo comments add "Two minutes is right, too." my-docs --on golden:q17

                --on takes project, requirements:LINE, design:LINE, golden:ID, answer:ID, or transcript:SESSION#EVENT.
                """)

        @Argument(help: "What you say.")
        var text: String

        @OptionGroup var project: ProjectArgument

        @Option(help: ArgumentHelp("What it is about.", valueName: "kind:which"))
        var on = "project"

        @Option(help: "Who says it; your name on this machine without.")
        var author: String?

        @OptionGroup var output: OutputOptions

        func validate() throws {
            _ = try target
            guard (1...ReviewComment.longest).contains(text.unicodeScalars.count) else {
                throw ValidationError("A comment has 1 to \(ReviewComment.longest) characters.")
            }
        }

        func run() async throws {
            let project = try Project(opening: project.project)
            try project.prepareStateFolder()
            let id = try await NeoDatabase(path: project.databasePath).comment(
                on: target, quote: "", text: text, author: author ?? PersonName.of(), at: Date())
            try output.render(["id": .integer(Int(id))]) { "Comment \(id) is open." }
        }

        private var target: CommentTarget {
            get throws {
                let parts = on.split(separator: ":", maxSplits: 1).map(String.init)
                guard let kind = parts.first.flatMap({ CommentTarget.Kind(rawValue: $0) }),
                    (kind == .project) == (parts.count == 1)
                else {
                    throw ValidationError(
                        "--on \(on) names nothing: project, or requirements, design, golden, answer or transcript with a "
                            + "colon and which one.")
                }
                return CommentTarget(kind, parts.count > 1 ? parts[1] : "")
            }
        }
    }

    struct Resolve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "resolve",
            abstract: "Settle a comment.",
            discussion: """
                Example:
                  neo comments resolve 3 my-docs

                It is listed with --all from then on, and agents are not told of it any more.
                """)

        @Argument(help: "The comment's number.")
        var comment: Int64

        @OptionGroup var project: ProjectArgument

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let project = try Project(opening: project.project)
            guard FileManager.default.fileExists(atPath: project.databasePath),
                try await NeoDatabase(path: project.databasePath).resolveComment(comment, at: Date())
            else {
                throw EngineerError(
                    code: .invalidRequest,
                    message: "There is no comment \(comment) in \(project.folder): neo comments list --all")
            }
            try output.render(["id": .integer(Int(comment)), "resolved": true]) { "Comment \(comment) is settled." }
        }
    }
}

extension ReviewComment {
    /// The fields of `neo comments list --json`.
    fileprivate var json: JSONValue {
        [
            "id": .integer(Int(id)), "kind": .string(target.kind.rawValue), "target": .string(target.id),
            "quote": .string(quote), "text": .string(text), "author": .string(author), "created": .string(created),
            "resolved": resolved.map { .string($0) } ?? .null,
        ]
    }

    fileprivate var words: String {
        let place = target.id.isEmpty ? target.kind.rawValue : "\(target.kind.rawValue):\(target.id)"
        let state = resolved.map { ", settled \($0)" } ?? ""
        return "\(id)  \(place)  \(author), \(created)\(state)\n    "
            + text.split(whereSeparator: \.isNewline).joined(separator: "\n    ")
    }
}
