internal import ArgumentParser
internal import Base
internal import Documents
internal import Downloads
internal import Engineer
internal import Processes
internal import Sandbox
internal import Tracking

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what is missing on this machine, and the command that mends it.",
        discussion: """
            Example:
              neo doctor

            Exit code 1 where something is missing that every search needs; "none" marks what only some projects need.
            config.yaml is read, too: its endpoints, keys and roles. Nothing is asked over the network; whether an
            endpoint answers, `neo models test` says.
            """
    )

    @OptionGroup var output: OutputOptions

    func run() async throws {
        var checks = [
            programCheck("unzip", for: "unpacking models that come in a wheel", remedy: "sudo apt-get install unzip"),
            programCheck(
                "python3", for: "models from a package index", remedy: "sudo apt-get install python3 python3-pip"),
            programCheck(
                "pdftotext", for: "documents in PDF", remedy: "sudo apt-get install poppler-utils", isOptional: true),
            converterCheck(),
            programCheck(
                "bwrap", for: "running anything inside walls: documents in PDF, parsers, agents",
                remedy: "sudo apt-get install bubblewrap", isOptional: true),
            limitsCheck(),
            duckDBCheck(),
            scheduleCheck(),
            DoctorCheck.matrixProducts(),
            DoctorCheck.brainFloat(),
            DoctorCheck.writable(folder: ModelStore.machine.root),
        ]
        for model in ModelStore.machine.list() {
            checks.append(
                DoctorCheck(
                    name: "model \(model.entry.name)", passed: model.folder != nil,
                    detail: model.folder ?? "not on this machine",
                    remedy: model.folder != nil ? nil : "neo models pull \(model.entry.name)",
                    // One of the Hub is there because some project wanted it; a search needs none that writes text.
                    isOptional: HubRepository(model.entry.name) != nil || model.entry.generatorFile != nil
                )
            )
        }
        checks += DoctorCheck.models(ProcessInfo.processInfo.environment) { name in
            do {
                _ = try LocalGenerator(name)
                return nil
            } catch {
                return sentence(for: error)
            }
        }
        try output.render(["checks": JSONValue(encoding: checks)]) {
            checks.map { check in
                let remedy = check.remedy.map { "\n       mend it: \($0)" } ?? ""
                return
                    "\(check.passed ? "ok  " : check.isOptional ? "none" : "MISS")   \(check.name): \(check.detail)\(remedy)"
            }.map(Terminal.harmless).joined(separator: "\n")
        }
        if checks.contains(where: { !$0.passed && !$0.isOptional }) { throw ExitCode(1) }
    }

    /// What keeps the limits of runs inside walls.
    private func limitsCheck() -> DoctorCheck {
        let groups = ControlGroups.ofThisProcess
        return DoctorCheck(
            name: "control group for limits", passed: groups.folder != nil,
            detail: groups.folder != nil ? groups.sentence : groups.sentence + "; Neo looks every 50 ms instead",
            remedy: groups.folder != nil ? nil : "systemd-run --user --scope -p Delegate=yes neo … (docs/sandbox.md)",
            isOptional: true)
    }

    /// Whether what was learnt from searches is renewed by itself.
    private func scheduleCheck() -> DoctorCheck {
        let schedule = LearningSchedule(ProcessInfo.processInfo.environment)
        return DoctorCheck(
            name: "schedule of neo learn", passed: schedule.current != nil,
            detail: schedule.current.map { "\($0.rawValue), by \(schedule.paths.last ?? "")" }
                ?? "none: it runs when you call it (neo learn --schedule weekly)",
            isOptional: true)
    }

    /// What answers `neo query`; it comes by itself.
    private func duckDBCheck() -> DoctorCheck {
        let path = DuckDBInstallation().found?.program
        return DoctorCheck(
            name: "DuckDB", passed: path != nil,
            detail: path
                ?? "not on this machine, so runs get no Parquet files by themselves; `neo query` and `neo export parquet` "
                + "install it when they are first wanted (34 MB)",
            isOptional: true)
    }

    /// Either converter will do; a project may also name its own.
    private func converterCheck() -> DoctorCheck {
        let parsers = ParserSettings.usual.parsers(of: "docx")
        let path = parsers.first?.executable.flatMap { executablePath(of: $0) }
        return DoctorCheck(
            name: "markitdown or docling", passed: path != nil,
            detail: path ?? "missing; needed for documents in docx, pptx and xlsx",
            remedy: path == nil ? ParserSettings.converterRemedy : nil, isOptional: true
        )
    }

    private func programCheck(
        _ name: String, for purpose: String, remedy: String, isOptional: Bool = false
    ) -> DoctorCheck {
        let path = executablePath(of: name)
        return DoctorCheck(
            name: name, passed: path != nil, detail: path ?? "missing; needed for \(purpose)",
            remedy: path == nil ? remedy : nil, isOptional: isOptional
        )
    }
}
