internal import ArgumentParser
internal import Base
internal import Engineer
internal import Storage

/// `neo label status`: agreement.
struct LabelStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Say how many labels there are, how far people agree, and what is to be decided.",
        discussion: """
            Example:
              neo label status my-docs
              neo label status my-docs --batch b1 --json
            """)

    @OptionGroup var project: ProjectArgument

    @OptionGroup var batch: BatchOption

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let desk = try LabelDesk(Project(opening: project.project))
        let batch = try await desk.batch(batch.batch)
        let agreement = try await desk.agreement(batch)
        let sheets = try await desk.sheets(of: batch)
        guard case .object(var fields) = agreement.json else { return }
        fields["batch"] = .string(batch.id)
        try output.render(.object(fields)) {
            let disputed = agreement.items.filter(\.isDisputed).map { item in
                let said = item.labels.map { $0.category + ($0.comment.isEmpty ? "" : " (\($0.comment))") }
                return "  \(item.id)  \(sheets[item.id]?.question ?? "")\n      " + said.joined(separator: "; ")
            }
            return Terminal.harmless(([batch.id + ": " + agreement.text] + disputed).joined(separator: "\n"))
        }
    }
}

/// `neo label adjudicate`: a decision where people differ.
struct LabelAdjudicate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adjudicate",
        abstract: "Decide of a question on which people differ.",
        discussion: """
            Example:
              neo label adjudicate g7 --as good --project my-docs
            """)

    @Argument(help: "The question's name, as neo label status lists it.")
    var item: String

    @Option(name: .customLong("as"), help: "good, wrong or unclear.")
    var verdict: LabelCategory

    @Option(help: "The project's folder, the one with neo.yaml.", completion: .directory)
    var project = "."

    @OptionGroup var batch: BatchOption

    @OptionGroup var person: PersonOption

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let desk = try LabelDesk(Project(opening: project))
        let batch = try await desk.batch(batch.batch)
        try await desk.adjudicate(item, in: batch, as: verdict, by: person.name)
        try output.render([
            "batch": .string(batch.id), "item": .string(item), "verdict": .string(verdict.rawValue),
        ]) { Terminal.harmless("\(item) is \(verdict.rawValue).") }
    }
}

extension LabelCategory: ExpressibleByArgument {}

/// `neo label apply`: what people agree on becomes decisions.
struct LabelApply: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Accept the proposals that a batch found good, and reject those that it found wrong.",
        discussion: """
            Example:
              neo label apply my-docs --batch b1

            What is disputed or unclear stays open. Rows of the golden file are not changed.
            """)

    @OptionGroup var project: ProjectArgument

    @OptionGroup var batch: BatchOption

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let desk = try LabelDesk(Project(opening: project.project))
        let batch = try await desk.batch(batch.batch)
        let (decided, notes) = try await desk.apply(batch)
        for note in notes { output.note(Terminal.harmless(note)) }
        try output.render([
            "batch": .string(batch.id), "decided": .array(decided.map(\.json)),
            "notes": .array(notes.map { .string($0) }),
        ]) {
            "\(decided.count { $0.state == .accepted }) accepted, \(decided.count { $0.state == .rejected }) rejected."
        }
    }
}
