internal import ArgumentParser
internal import Base
internal import Engineer
internal import Server

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `neo release build`: a release of what the last search found.
struct ReleaseBuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Make a release of what the last search found.",
        discussion: """
            Example:
              neo release build my-docs
              neo release build my-docs --models

            Writes release/<n>/ as a whole: where it is stopped or killed there is no release. With --models
            the weights are copied into it, so that the folder runs on a machine without Neo: the program that
            serves it is in it too, where this neo is one for other machines (scripts/release-program in Neo's
            sources builds one), or by --program. Nothing is put into service: that is neo release promote.
            """)

    @OptionGroup var project: ProjectArgument

    @Flag(help: "Copy the weights of its models into the release.")
    var models = false

    @Option(
        help: "A program neo for the machine that will serve, which is copied into the release.", completion: .file())
    var program: String?

    @Flag(help: "Take no program along: the machine that will serve has Neo.")
    var noProgram = false

    @OptionGroup var approval: UnapprovedOption

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard program == nil || !noProgram else { throw ValidationError("Give --program or --no-program, not both.") }
    }

    func run() async throws {
        let progress = ProgressLine(quiet: output.quiet)
        let opened = try Project(opening: project.project)
        var options = Self.usual
        options.copiesModels = models
        options.allowsUnapproved = approval.unapproved
        if noProgram { options.program = nil }
        if let program {
            guard FileManager.default.isExecutableFile(atPath: Project.absolute(program)) else {
                throw EngineerError(
                    code: .invalidRequest,
                    message: "\(program) is no program that can be started; give one with --program.")
            }
            options.program = Project.absolute(program)
        }
        let folder = try await Self.build(opened, options, output, showing: progress)
        progress.finish()
        let manifest = folder.manifest
        try output.render([
            "release": .integer(manifest.release), "path": .string(folder.path),
            "hash": .string(folder.identity.hash.hex),
            "files": .integer(manifest.files.count),
            "bytes": .integer(manifest.files.reduce(0) { $0 + $1.bytes }),
        ]) {
            """
            Made release \(manifest.release) in \(Terminal.harmless(folder.path)): \(manifest.files.count) files, \
            \(QuantityWords.bytes(Double(manifest.files.reduce(0) { $0 + $1.bytes }))).
            Read MODEL_CARD.md, then: neo release test \(manifest.release), neo release promote \(manifest.release)
            """
        }
    }

    /// What a release is made with where nobody says otherwise.
    static var usual: ReleaseBuilder.Options {
        ReleaseBuilder.Options(interface: OpenAPI.ofRelease(version: neoVersion), version: neoVersion)
    }

    /// Makes a release with the models of this machine.
    static func build(
        _ project: Project, _ options: ReleaseBuilder.Options, _ output: OutputOptions, showing progress: ProgressLine
    ) async throws -> ReleaseFolder {
        try await MachineLanguageModels.with(for: project, showing: progress) { models in
            try await ReleaseBuilder.run(
                project, options: options, ports: .machine(models: models, showing: progress),
                onNote: { output.note(Terminal.harmless($0)) })
        }
    }
}
