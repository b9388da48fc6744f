internal import ArgumentParser
internal import Base
internal import Engineer
internal import LanguageModelClients

/// `neo design`: how the requirements are to be met.
struct DesignCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "design",
        abstract: "Draw up design.md from the requirements: parts, alternatives, milestones, time and money.",
        discussion: """
            Example:
              neo design my-docs
              neo approve design my-docs

            Reads the documents, measures for some seconds how fast this machine indexes and answers, and
            writes design.md and its picture, design.svg. Edit it as you like: neo build goes by the
            milestones in it. One that was edited is not written over without --replace. Requirements that
            are not approved stop it (exit code 3), unless --unapproved is given. docs/build.md says more.
            """)

    @OptionGroup var project: ProjectArgument

    @Flag(help: "Write over a design that was edited; the old one is kept in .neo/replaced.")
    var replace = false

    @OptionGroup var approval: UnapprovedOption

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let progress = ProgressLine(quiet: output.quiet)
        let project = try Project(opening: project.project)
        let (replaces, allows) = (replace, approval.unapproved)
        let made = try await MachineLanguageModels.with(for: project, mode: .use, showing: progress) { models in
            try await DesignWriter.write(
                project, ports: .machine(models: models, showing: progress), allowsUnapproved: allows,
                replaces: replaces)
        }
        progress.finish()
        try output.render([
            "file": .string(made.path), "sha256": .string(made.file.hash),
            "milestones": .array(made.file.milestones.map { .string($0.id) }),
            "estimate": .string(made.estimate), "probe": try JSONValue(encoding: made.probe),
            "requirements": .string(made.requirements.state.rawValue),
        ]) {
            let steps = made.file.milestones.map { milestone in
                let gates = milestone.gates.map(\.words).joined(separator: "; ")
                return "  \(milestone.id) \(milestone.title)" + (gates.isEmpty ? "" : ": \(gates)")
            }
            let basis =
                made.requirements.state == .absent
                ? "\nThere is no requirements.md, so no gate is a requirement." : ""
            return Terminal.harmless(
                """
                Wrote \(made.path), with \(made.file.milestones.count) milestones:
                \(steps.joined(separator: "\n"))
                The search will take \(made.estimate) on this machine.\(basis)
                Next: read it, then neo approve design \(project.folder)
                """)
        }
    }
}
