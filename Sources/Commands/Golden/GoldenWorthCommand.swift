internal import ArgumentParser
internal import Base
internal import Engineer

/// `neo golden worth`: labels against trials.
struct GoldenWorthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worth",
        abstract: "Say whether the next hour is better spent on golden questions or on trials.",
        discussion: """
            Example:
              neo golden worth my-docs
              neo golden worth my-docs --minutes 1.5 --minute-price 0.8 --json

            Tells how wide the interval of the winner's number is and how wide after 20 questions more, and by
            how much an hour of each is expected to raise the winner's true score. What a label takes comes
            from labels that were timed (neo label), what a trial takes and costs from the last search.
            docs/golden.md has the formulae.
            """)

    @OptionGroup var project: ProjectArgument

    @Option(help: "For how many questions more the interval is told.")
    var adding = 20

    @Option(help: ArgumentHelp("Minutes a label takes; as measured, else 2.", valueName: "minutes"))
    var minutes: Double?

    @Option(help: ArgumentHelp("Dollars for a person's minute.", valueName: "dollars"))
    var minutePrice = 1.0

    @Option(help: ArgumentHelp("Dollars for an hour of this machine.", valueName: "dollars"))
    var computePrice = 0.0

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...100_000).contains(adding) else { throw ValidationError("--adding takes 1 to 100000.") }
        guard minutes.map({ $0.isFinite && (0.05...600).contains($0) }) ?? true else {
            throw ValidationError("--minutes takes 0.05 to 600.")
        }
        guard [minutePrice, computePrice].allSatisfy({ $0.isFinite && (0...10_000).contains($0) }) else {
            throw ValidationError("A price is a number of dollars from 0 to 10000.")
        }
    }

    func run() async throws {
        let worth = try await GoldenWorth.of(
            Project(opening: project.project), adding: adding,
            prices: .init(
                minutesPerLabel: minutes, dollarsPerMinute: minutePrice, dollarsPerComputeHour: computePrice))
        try output.render(worth.json) { Terminal.harmless(worth.text) }
    }
}
