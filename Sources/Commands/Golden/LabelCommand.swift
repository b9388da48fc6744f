internal import ArgumentParser
internal import Base
internal import Engineer
internal import Storage

/// `neo label`: other people say whether questions are good.
struct LabelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "label",
        abstract: "Hand questions to other people to label, and see how far they agree.",
        discussion: """
            Example:
              neo label new my-docs --people 2
              neo label serve my-docs
              neo label status my-docs
              neo label adjudicate g7 --as good --project my-docs
              neo label apply my-docs

            Each person gets an address of their own. What they say, and the time they took, is kept in
            .neo/neo.db; the time is in the ledger (neo costs). docs/golden.md says how to read the agreement.
            """,
        subcommands: [
            LabelNew.self, LabelServe.self, LabelStatus.self, LabelAdjudicate.self, LabelApply.self, LabelLinks.self,
        ])
}

/// `neo label new`: a batch.
struct LabelNew: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Make a batch of open proposals, or of rows of the golden file.",
        discussion: """
            Example:
              neo label new my-docs --people 2
              neo label new my-docs --row g3 --row g4 --row q17 --people 3 --minute-price 0.8

            Prints the end of an address for each person, once: it is kept nowhere. neo label links makes new
            ones.
            """)

    @OptionGroup var project: ProjectArgument

    @Option(
        name: .customLong("row"),
        help: "An open proposal or a row of the golden file; may be given again. All open proposals without.")
    var rows: [String] = []

    @Option(help: "How many people label each, 1 to 10.")
    var people = 2

    @Option(help: ArgumentHelp("Dollars for a minute of theirs.", valueName: "dollars"))
    var minutePrice = 1.0

    @OptionGroup var person: PersonOption

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard LabelDesk.people.contains(people) else { throw ValidationError("--people takes 1 to 10.") }
        guard minutePrice.isFinite, (0...10_000).contains(minutePrice) else {
            throw ValidationError("--minute-price takes 0 to 10000.")
        }
    }

    func run() async throws {
        let desk = try LabelDesk(Project(opening: project.project))
        let made = try await desk.make(rows, people: people, minutePrice: minutePrice, by: person.name)
        try output.render([
            "batch": .string(made.batch), "items": .integer(made.items),
            "paths": .array(made.tokens.map { .string("/label/\($0)") }),
        ]) {
            "The batch \(made.batch) has \(GoldenText.count(made.items, "question")). One address a person, behind that of "
                + "`neo label serve \(project.project)`:\n"
                + made.tokens.map { "  /label/\($0)" }.joined(separator: "\n")
        }
    }
}

/// The batch that a command is about.
struct BatchOption: ParsableArguments {
    @Option(help: "The batch, such as b2; the last one without.")
    var batch: String?
}

/// `neo label links`: new addresses.
struct LabelLinks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "links",
        abstract: "Make new addresses for the people of a batch; the old ones are void.",
        discussion: """
            Example:
              neo label links my-docs --batch b2
            """)

    @OptionGroup var project: ProjectArgument

    @OptionGroup var batch: BatchOption

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let desk = try LabelDesk(Project(opening: project.project))
        let batch = try await desk.batch(batch.batch)
        let tokens = try await desk.renew(batch.id)
        try output.render([
            "batch": .string(batch.id), "paths": .array(tokens.map { .string("/label/\($0)") }),
        ]) { tokens.map { "/label/\($0)" }.joined(separator: "\n") }
    }
}
