internal import ArgumentParser
internal import Base
internal import Sandbox

struct SandboxDoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Attack the walls of this machine, and say what holds and what is missing.",
        discussion: """
            Each attack is a small program that aims at targets made for it: a folder, listeners, a process. Nothing of
            yours is touched. With --compare each is also tried under a profile that shows the whole machine read-only,
            and without walls, where bombs end by themselves at 256 MB and 300 processes.

            Example:
              neo sandbox doctor
              neo sandbox doctor --compare
              neo sandbox doctor --runtime runsc

            Exit code 3 where an attack got through, or ended without a word; 1 where nothing can run inside walls.
            """
    )

    @OptionGroup var output: OutputOptions

    @Flag(help: "Also try each attack under a plain read-only profile and without walls.")
    var compare = false

    @Option(help: "What puts the walls up: bubblewrap, or gVisor's runsc.")
    var runtime = SandboxRuntime.bubblewrap

    func run() async throws {
        guard !compare || runtime == .bubblewrap else {
            throw ValidationError("--compare is about bubblewrap: leave --runtime out.")
        }
        let parts = await MachineWalls().parts()
        let progress = ProgressLine(quiet: output.quiet || output.json)
        var rows: [AttackRow] = []
        // runsc needs nothing of what bubblewrap needs.
        if runtime == .runsc || !parts.contains(where: { $0.isNeeded && !$0.isThere }) {
            let doctor = SandboxDoctor(try Sandbox.find(runtime: runtime))
            rows = try await doctor.attempt(comparing: compare) { progress.update("attack: \($0.name)") }
            progress.finish()
        }
        try output.render([
            "machine": JSONValue(encoding: parts), "attacks": JSONValue(encoding: rows),
            "blocked": .integer(rows.count { $0.outcome.verdict == .blocked }),
        ]) { Terminal.harmless(AttackTable(parts: parts, rows: rows, isCompared: compare).text) }
        if rows.isEmpty { throw ExitCode(1) }
        if rows.contains(where: { [.through, .unclear].contains($0.outcome.verdict) }) { throw ExitCode(3) }
    }
}
