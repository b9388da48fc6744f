internal import ArgumentParser
internal import Base
internal import Engineer

/// `neo backup`: a project in one file.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Write a project with its records and releases into one file.",
        discussion: """
            Example:
              neo backup my-docs --to /mnt/safe/my-docs.tar.zst

            In it are the files of the project's folder, its databases as of one moment each, and all
            releases, each with its hash; not what can be computed again, links, git's history, and what lies
            outside of the folder. It may be written while the project is used. neo restore unpacks it.
            """)

    @OptionGroup var project: ProjectArgument

    @Option(name: .customLong("to"), help: "The file: ….tar or ….tar.zst.", completion: .file())
    var destination: String

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let project = try Project(opening: project.project)
        let output = output
        let manifest = try await ProjectBackup.run(
            project, to: destination, version: neoVersion, onNote: { output.note(Terminal.harmless($0)) })
        let (files, bytes) = manifest.size
        try output.render([
            "file": .string(Project.absolute(destination)), "files": .integer(files), "bytes": .integer(bytes),
        ]) {
            "Wrote \(files) files, \(QuantityWords.bytes(Double(bytes))), to \(Terminal.harmless(destination))."
        }
    }
}
