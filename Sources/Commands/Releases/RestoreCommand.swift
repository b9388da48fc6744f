internal import ArgumentParser
internal import Base
internal import Engineer

/// `neo restore`: a project out of its backup.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Make a project's folder of a backup.",
        discussion: """
            Example:
              neo restore /mnt/safe/my-docs.tar.zst my-docs-again

            The backup is unpacked inside walls, and every file is compared with its hash; the folder has its
            name only when all of them are right. Nothing is written over what is there.
            """)

    @Argument(help: "The backup, as neo backup wrote it.", completion: .file())
    var backup: String

    @Argument(help: "The folder to make.", completion: .directory)
    var folder: String

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let manifest = try await ProjectRestore.run(backup, to: folder)
        let (files, bytes) = manifest.size
        try output.render([
            "folder": .string(Project.absolute(folder)), "project": .string(manifest.project),
            "created": .string(manifest.created), "files": .integer(files), "bytes": .integer(bytes),
        ]) {
            Terminal.harmless(
                "Restored \(manifest.project) as of \(manifest.created) in \(folder): \(files) files, "
                    + "\(QuantityWords.bytes(Double(bytes))).")
        }
    }
}
