internal import ArgumentParser
internal import Base
internal import Engineer
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `neo feedback`: what people say of a service's answers, and what follows.
struct FeedbackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feedback",
        abstract: "Tell what people say of a service's answers, and make golden questions of it.",
        discussion: """
            Example:
              neo feedback my-docs
              neo feedback propose my-docs && neo golden review my-docs
              neo feedback search my-docs

            People say it with the thumbs of the chat page, on its page /compare, or through POST /v1/feedback; at a
            terminal with neo feedback add. Nothing that they say changes the service: it becomes proposals for the
            golden set, which a person reviews, and then a search, whose winner passes the gate like any other.
            """,
        subcommands: [
            FeedbackShow.self, FeedbackAdd.self, FeedbackList.self, FeedbackPropose.self, FeedbackSearch.self,
        ],
        defaultSubcommand: FeedbackShow.self)
}

/// `neo feedback show`: how answers are liked.
struct FeedbackShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Tell how the answers of each release are liked.",
        discussion: """
            Example:
              neo feedback my-docs
              neo feedback show my-docs --days 30 --json

            Thumbs have Wilson's interval. Answers that were shown side by side are rated by the model of Bradley and
            Terry, with sandwich intervals; what being shown first is worth is estimated and taken out. What one rater
            says beyond 20 an hour is kept, and does not count.
            """)

    @OptionGroup var project: ProjectArgument

    @Option(help: "Of so many last days; all of them without.")
    var days: Int?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard days.map({ (1...36_500).contains($0) }) ?? true else {
            throw ValidationError("--days takes a number from 1 to 36500.")
        }
    }

    func run() async throws {
        let desk = try FeedbackDesk(Project(opening: project.project))
        let start = days.map { Date().timeIntervalSince1970 - Double($0) * 86_400 } ?? 0
        let report = try await desk.report(since: start)
        try output.render(report.json) { Terminal.harmless(report.text) }
    }
}

/// `neo feedback add`: for scripts, and for who hears it from others.
struct FeedbackAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Say something of an answer.",
        discussion: """
            Example:
              neo feedback add 0a1b2c my-docs --down --reason outdated --comment "We moved in May."
              neo feedback add 0a1b2c my-docs --correction "Thirty days."

            An answer's id is its header x-request-id; neo query 'SELECT * FROM requests' lists those of late.
            """)

    @Argument(help: "The answer's id.")
    var answer: String

    @OptionGroup var project: ProjectArgument

    @Flag(help: "It is good.")
    var up = false

    @Flag(help: "It is not.")
    var down = false

    @Option(
        help: ArgumentHelp(
            "Why not: \(FeedbackReason.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "reason"))
    var reason: String?

    @Option(help: "In your words.")
    var comment: String?

    @Option(help: "What it should have been.")
    var correction: String?

    @OptionGroup var person: PersonOption

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !(up && down) else { throw ValidationError("--up and --down exclude each other.") }
    }

    func run() async throws {
        var fields: [String: JSONValue] = ["answer": .string(answer)]
        if up || down { fields["rating"] = .string(up ? "up" : "down") }
        fields["reason"] = reason.map { .string($0) }
        fields["comment"] = comment.map { .string($0) }
        fields["correction"] = correction.map { .string($0) }
        let input = try FeedbackInput(fields)
        let opened = try Project(opening: project.project)
        let database = try ServiceDatabase(of: opened)
        let request = try await Self.request(input.answer, in: database)
        let given = request.map {
            FeedbackDesk.GivenAnswer(release: $0.release, question: $0.query ?? "", text: $0.answer ?? "")
        }
        let rows = try await FeedbackDesk(database, key: ServiceKey.open(opened)).take(
            input, of: given, from: .init(source: "terminal", name: person.name), way: .terminal,
            at: Date().timeIntervalSince1970)
        if given == nil {
            output.note("No answer \(Terminal.harmless(input.answer)) is known: it counts for no release.")
        }
        try output.render(["kept": .integer(rows.count)]) { "Kept." }
    }

    /// The request that an answer was given to. A server writes rows in batches, so that of an answer of this moment may come yet.
    private static func request(_ answer: String, in database: ServiceDatabase) async throws -> ServiceRequest? {
        for _ in 0..<10 {
            if let request = try await database.request(answer) { return request }
            try await Task.sleep(for: .milliseconds(50))
        }
        return nil
    }
}

/// `neo feedback list`: what was said, in order.
struct FeedbackList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List what was said, the newest first.",
        discussion: """
            Example:
              neo feedback list my-docs --limit 20
            """)

    @OptionGroup var project: ProjectArgument

    @Option(help: "How many at most.")
    var limit = 50

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit takes a number from 1 to 100000.") }
    }

    func run() async throws {
        let database = try ServiceDatabase(of: Project(opening: project.project))
        let rows = try await database.feedback(limit: limit)
        try output.render(["feedback": .array(rows.map(\.json))]) {
            guard !rows.isEmpty else { return "Nobody has said anything of the answers yet." }
            return Terminal.harmless(rows.map(\.line).joined(separator: "\n"))
        }
    }
}
