internal import ArgumentParser
internal import Base
internal import Engineer

/// `neo release test`: a release's own tests.
struct ReleaseTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Serve a release on this machine for a moment, and run its own tests.",
        discussion: """
            Example:
              neo release test latest my-docs

            golden: it answers as when it was made. smoke: it finds passages. contract: it does what openapi.json
            promises, of wrong requests too. load: nothing fails under load, and limits on latency hold.
            Exit code 3 where a test fails.
            """)

    @Argument(help: "The release: its number, latest, or live.")
    var release: ReleaseName

    @OptionGroup var project: ProjectArgument

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let progress = ProgressLine(quiet: output.quiet)
        let opened = try Project(opening: project.project)
        let number = try await release.number(in: opened)
        let folder = try ReleaseFolder(number, of: opened)
        let findings = try await MachineLanguageModels.with(for: opened, showing: progress) { models in
            progress.update("reading release \(number)")
            let service = try await Release.open(folder, of: opened, ports: .machine(models: models, showing: progress))
            progress.update("testing release \(number)")
            return try await ReleaseTestRun(
                plan: try ReleaseTestPlan(folder), number: number, service: service, time: .system
            ).run()
        }
        progress.finish()
        let failed = findings.filter { !$0.failures.isEmpty }
        try output.render([
            "release": .integer(number), "isPassed": .bool(failed.isEmpty),
            "tests": .array(
                findings.map { finding in
                    [
                        "name": .string(finding.name), "summary": .string(finding.summary),
                        "failures": .array(finding.failures.map { .string($0) }),
                    ]
                }),
        ]) {
            Terminal.harmless(
                findings.map { finding in
                    let lines = finding.failures.prefix(10).map { "    \($0)" }
                    return
                        (["\(finding.failures.isEmpty ? "passed" : "FAILED")  \(finding.name): \(finding.summary)"]
                        + lines).joined(separator: "\n")
                }.joined(separator: "\n"))
        }
        if !failed.isEmpty {
            throw GateNotMet(
                message: "Release \(number) fails: \(failed.map(\.name).joined(separator: ", ")).")
        }
    }
}
