internal import ArgumentParser
internal import Base
internal import Engineer

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `neo status`: where a project stands.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show where a project stands: what waits, and what each requirement's measured value says.",
        discussion: """
            Examples:
              neo status my-docs
              neo status my-docs R3
              neo status my-docs --explain
              neo status my-docs --json

            A requirement is met, not met, undetermined (its 95 % interval has values on both sides of the
            threshold), not measured, or stale: measured before it said what it says, or on other documents,
            questions or settings than now. Nothing is measured for it, and nothing but the verdicts is
            written. The name of a requirement follows it to its rows: questions, pages, a query.
            What the verdicts mean is said for readers like you (neo level); --explain says all of it for all.
            neo gate ends with 3 where one is not met. docs/status.md says more.
            """)

    @OptionGroup var place: StatusPlace

    @Flag(help: "Say what each verdict means, for readers at all three levels; yours comes first.")
    var explain = false

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let (folder, requirement) = place.meant
        // A project that cannot be read is told by the sentence of who opens it.
        let project = try Project(opening: folder)
        let status = try await ProjectStatus(FoundProject(folder: project.folder))
        if let requirement {
            let text = try status.text(of: requirement)
            return try output.render(explained(try status.object(of: requirement))) {
                Terminal.harmless(text + explanation(status, of: requirement))
            }
        }
        try output.render(explained(status.json)) { Terminal.harmless(status.text + explanation(status)) }
    }

    private func explanation(_ status: ProjectStatus, of requirement: String? = nil) -> String {
        let reader = ReaderFile(ProcessInfo.processInfo.environment).level
        return explain
            ? ProjectStatus.explanations(first: reader) : status.explanation(for: reader, of: requirement)
    }

    private func explained(_ object: JSONValue) -> JSONValue {
        guard explain, case .object(var fields) = object else { return object }
        fields["explanations"] = ProjectStatus.explanationsJSON
        return .object(fields)
    }
}
