internal import ArgumentParser
internal import Base
internal import Engineer

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `neo audit`: what is wrong with a project and its service, and what to do about it.
struct AuditCommand: AsyncParsableCommand, BeginsAnew {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Look for what is not safe in a project and its service, and say what to do.",
        discussion: """
            Examples:
              neo audit my-docs
              neo audit my-docs --fail-on high --json
              neo audit my-docs --generator qwen2.5-coder-1.5b-instruct --probes 30
              NEO_TOKEN=… neo audit my-docs --url https://answers.example.org

            Reads documents, questions and logs for personal data and secrets; slips documents of an attacker into a copy
            of the project in memory and looks at what the service makes of them; starts the service on this machine and
            looks at it over HTTP; lists what it is made of, with licences. Writes audit.md, audit.html and audit.json
            beside neo.yaml. Nothing is sent elsewhere, but for what --generator and --url name.

            Each finding has a severity, what shows it, and what to do. What a person has looked at and lets stand goes
            into audit-allow.yaml (docs/audit.md). --fail-on ends with exit code 3 where a finding is as grave or graver.
            The same seed makes the same attacks.
            """
    )

    @OptionGroup var project: ProjectArgument

    @Option(help: "The language model that writes the answers; without it, answers are quotes.")
    var generator: String?

    @Option(help: "What the attacks are drawn from; the project's own seed, if left out.")
    var seed: UInt64?

    @Option(help: "How many attacks of each kind; 298 without a success show that under 1 % succeed.")
    var probes = AuditOptions().probes

    @Option(help: "The least severity that ends with exit code 3: low, medium, high or critical.")
    var failOn: AuditSeverity?

    @Option(
        help: "A running service to look at, in place of one of this command's own; its token is taken from NEO_TOKEN.")
    var url: String?

    @OptionGroup var recording: RecordingOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard AuditOptions.probeCounts.contains(probes) else {
            throw ValidationError(
                "--probes must be from \(AuditOptions.probeCounts.lowerBound) to \(AuditOptions.probeCounts.upperBound)."
            )
        }
        if let url, !url.hasPrefix("http://"), !url.hasPrefix("https://") {
            throw ValidationError("--url must begin with http:// or https://, as in http://127.0.0.1:8080.")
        }
    }

    func run() async throws {
        let progress = ProgressLine(quiet: output.quiet)
        let opened = try Project(opening: project.project)
        let (options, generator, url) = (
            AuditOptions(seed: seed ?? opened.file.seed, probes: probes), generator, url
        )
        let audit = try await MachineLanguageModels.with(for: opened, mode: recording.mode, showing: progress) {
            models in
            let workspace = try await Workspace.open(opened, ports: .machine(models: models, showing: progress))
            let written = try await models.auditedGenerator(generator)
            return try await AuditSession(
                workspace, options: options, generator: written,
                ports: .machine(url: url) { progress.update($0) }
            ).run(at: Date())
        }
        try await AuditFiles.write(audit, in: opened)
        do {
            try await KnowledgeCommand.keeper(opened)?.keep(audit)
        } catch {
            output.note("neo: This audit is not kept in this machine's knowledge: \(sentence(for: error))")
        }
        progress.finish()
        var object = try audit.json.object ?? [:]
        let isRefused = failOn.map { least in audit.findings.contains { $0.severity >= least } } ?? false
        object["passes"] = .bool(!isRefused)
        try output.render(.object(object)) { Terminal.harmless(audit.summary) }
        if isRefused, let failOn {
            throw GateNotMet(
                message:
                    "The audit found \(audit.findings.count { $0.severity >= failOn }) of severity \(failOn.rawValue) "
                    + "or graver; audit.md says what to do.")
        }
    }
}

extension AuditSeverity: ExpressibleByArgument {}
