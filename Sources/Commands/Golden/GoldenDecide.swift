internal import ArgumentParser
internal import Base
internal import Engineer

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `neo golden accept`: a decision for scripts.
struct GoldenAccept: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Make rows of the golden file of proposals.",
        discussion: """
            Example:
              neo golden accept g3 g4 --project my-docs
              neo golden accept g3 --question "How long do I wait?" --answer "30 seconds" --project my-docs
              neo golden accept --all --yes --project my-docs

            With --question or --answer one proposal is accepted in other words. --all --yes accepts what is
            open without anybody looking at it; each row's proposal says so from then on (automated).
            """)

    @Argument(help: "The proposals' names.")
    var ids: [String] = []

    @Option(help: "The project's folder, the one with neo.yaml.", completion: .directory)
    var project = "."

    @Flag(help: "All that are open; needs --yes.")
    var all = false

    @Flag(help: "Nobody looks at them, and that is meant.")
    var yes = false

    @Option(help: "The question in other words.")
    var question: String?

    @Option(name: .customLong("answer"), help: "An answer instead of the proposed one; may be given again.")
    var answers: [String] = []

    @OptionGroup var person: PersonOption

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard all == ids.isEmpty else {
            throw ValidationError("Name proposals, such as g3, or give --all --yes.")
        }
        guard all == yes else { throw ValidationError("--all and --yes belong together.") }
        guard question == nil && answers.isEmpty || ids.count == 1 else {
            throw ValidationError("--question and --answer are for one proposal.")
        }
    }

    func run() async throws {
        let proposals = try GoldenProposals(Project(opening: project))
        var (accepted, refused): ([GoldenProposal], [String]) = ([], [])
        if all {
            (accepted, refused) = try await proposals.acceptAll(by: person.name, at: Date())
        } else {
            for id in ids {
                accepted.append(
                    try await proposals.decide(
                        id, try decision(id, proposals), by: .init(name: person.name, way: .command), at: Date()))
            }
        }
        for sentence in refused { output.note(Terminal.harmless(sentence)) }
        try output.render([
            "accepted": .array(accepted.map(\.json)), "refused": .array(refused.map { .string($0) }),
        ]) {
            let rows = GoldenText.count(accepted.count, "row")
            return all ? "\(rows) of the golden file that nobody has looked at." : "\(rows) written."
        }
    }

    private func decision(_ id: String, _ proposals: GoldenProposals) throws -> GoldenDecision {
        guard question != nil || !answers.isEmpty else { return .accept }
        let proposal = try proposals.read().first { $0.id == id }
        return .edit(
            GoldenRevision(
                question: question ?? proposal?.question ?? "",
                answers: answers.isEmpty ? proposal?.answers ?? [] : answers))
    }
}

/// `neo golden reject`: a decision for scripts.
struct GoldenReject: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject",
        abstract: "Reject proposals: they are not proposed again.",
        discussion: """
            Example:
              neo golden reject g5 --reason "Nobody asks that." --project my-docs
            """)

    @Argument(help: "The proposals' names.")
    var ids: [String]

    @Option(help: "The project's folder, the one with neo.yaml.", completion: .directory)
    var project = "."

    @Option(help: "Why.")
    var reason = ""

    @OptionGroup var person: PersonOption

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let proposals = try GoldenProposals(Project(opening: project))
        var rejected: [GoldenProposal] = []
        for id in ids {
            rejected.append(
                try await proposals.decide(
                    id, .reject(reason: reason), by: .init(name: person.name, way: .command), at: Date()))
        }
        try output.render(["rejected": .array(rejected.map(\.json))]) { "\(rejected.count) rejected." }
    }
}

/// `neo golden reopen`: takes a decision back.
struct GoldenReopen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reopen",
        abstract: "Take a decision back; a row that came of it goes, if nobody has changed it.",
        discussion: """
            Example:
              neo golden reopen g5 --project my-docs
            """)

    @Argument(help: "The proposals' names.")
    var ids: [String]

    @Option(help: "The project's folder, the one with neo.yaml.", completion: .directory)
    var project = "."

    @OptionGroup var person: PersonOption

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let proposals = try GoldenProposals(Project(opening: project))
        var open: [GoldenProposal] = []
        for id in ids {
            open.append(
                try await proposals.decide(id, .reopen, by: .init(name: person.name, way: .command), at: Date()))
        }
        try output.render(["open": .array(open.map(\.json))]) { "\(GoldenText.count(open.count, "proposal")) open." }
    }
}
