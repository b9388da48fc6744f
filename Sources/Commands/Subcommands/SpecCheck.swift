internal import ArgumentParser
internal import Base
internal import Engineer

/// `neo spec check`: whether requirements can be measured and met.
struct SpecCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Hold requirements.md to its rules.",
        discussion: """
            Example:
              neo spec check my-docs
              neo spec check my-docs --json

            Says which requirement is in none of the six forms of EARS, has no test, uses a word
            that two people read differently, asks for what no system can do, excludes another one, or
            has a measured value that is older than its text. It changes nothing in the document.
            Exit code 3 where something was found, 1 where the file is missing or cannot be read.
            """)

    @OptionGroup var project: ProjectArgument

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let project = try Project(opening: project.project)
        let file = try RequirementsFile(of: project)
        let findings = file.findings + (try await ProjectStatus(FoundProject(folder: project.folder))).staleFindings
        let requirements = file.document.requirements
        try output.render([
            "file": .string(file.path), "sha256": .string(file.hash.hex),
            "requirements": .array(requirements.map(\.json)), "findings": .array(findings.map(\.json)),
            "in_order": .bool(findings.isEmpty),
        ]) {
            let count = "\(requirements.count) requirement\(requirements.count == 1 ? "" : "s")"
            guard !findings.isEmpty else { return "\(count) in requirements.md: all in order." }
            let lines = findings.map { finding in
                "requirements.md:\(finding.line.map { "\($0):" } ?? "") \(finding.sentence) [\(finding.rule.rawValue)]"
            }
            return Terminal.harmless(lines.joined(separator: "\n"))
        }
        if !findings.isEmpty {
            throw GateNotMet(
                message: "requirements.md is not in order: \(findings.count) "
                    + (findings.count == 1 ? "thing" : "things") + " to mend.")
        }
    }
}
