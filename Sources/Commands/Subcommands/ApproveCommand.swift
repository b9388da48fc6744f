internal import ArgumentParser
internal import Base
internal import Engineer

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension ReviewedDocument.Kind: ExpressibleByArgument {}

/// `neo approve`: a person agrees to what a document says.
struct ApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Agree to requirements.md or design.md as it is now.",
        discussion: """
            Example:
              neo approve requirements my-docs
              neo approve design my-docs --by Ada

            Shows what is to be mended in the document and what changed since it was approved last, and
            asks. Kept are who, when, how, the SHA-256 and the text; any later change voids the approval,
            and what stands on the document asks for it again. --yes answers without a person, and is
            recorded as automated. The same can be done in the dashboard. Agents cannot approve.
            Exit code 3 where it was not approved, 2 where nobody can be asked.
            """)

    @Argument(help: "Which document: requirements or design.")
    var document: ReviewedDocument.Kind

    @OptionGroup var project: ProjectArgument

    @OptionGroup var person: PersonOption

    @Flag(help: "Ask nobody: an automated approval.")
    var yes = false

    @Flag(help: "Approve requirements although neo spec check finds something to mend.")
    var despiteFindings = false

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let project = try Project(opening: project.project)
        let approvals = Approvals(project)
        var standing = try await approvals.standing(of: document)
        guard let hash = standing.hash else {
            throw EngineerError(
                code: .project,
                message: "There is no \(document.fileName) in \(project.folder). \(ApprovalWords.origin(document))")
        }
        if standing.state != .approved {
            let findings = document == .requirements ? try RequirementsFile(of: project).findings : []
            output.note(Terminal.harmless(ApprovalWords.before(standing, findings: findings.map(\.sentence))))
            if !findings.isEmpty, !despiteFindings {
                throw GateNotMet(
                    message: "\(document.fileName) was not approved: mend it, or say --despite-findings.")
            }
            try await confirm(standing)
            try await approvals.approve(
                document, seen: hash, who: person.name, how: yes ? .automated : .terminal, at: Date())
            standing = try await approvals.standing(of: document)
        }
        let result = standing
        try output.render(result.json) { Terminal.harmless(result.sentence) }
    }

    /// Asks a person, unless none is wanted.
    private func confirm(_ standing: ApprovalStanding) async throws {
        guard !yes else { return }
        guard Terminal.canAsk else {
            Terminal.printError(
                "There is no terminal to ask at. Approve it in the dashboard (neo dashboard), or with --yes, which is "
                    + "recorded as automated.")
            throw ExitCode(2)
        }
        let question = "Approve \(document.fileName) as it is now, as \(Terminal.harmless(person.name))? [y/N] "
        guard let reply = try await Terminal.askUnlessCancelled(question),
            ["y", "yes"].contains(reply.filter { !$0.isWhitespace }.lowercased())
        else { throw GateNotMet(message: "\(document.fileName) was not approved.") }
    }
}
