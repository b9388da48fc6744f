internal import Sandbox

/// The files below a folder, without those that version control ignores where it is there.
struct FileListing: Sendable {
    /// Paths below the folder.
    var names: [String]
    /// Whether there were more than were listed.
    var isCut: Bool

    /// git knows what is ignored, and is asked first. It reads the repository's own settings, which may name programs: it
    /// runs inside walls, as `find` does.
    static func files(in folder: String, _ command: WallCommand) async throws -> FileListing {
        var command = command
        command.policy.directory = folder
        if let git = WallCommand.path(of: "git") {
            let output = try await command.run(
                [
                    git, "-c", "safe.directory=*", "-c", "core.fsmonitor=false", "ls-files", "-z", "--cached",
                    "--others",
                    "--exclude-standard", "--deduplicate",
                ])
            if output.status == 0 { return FileListing(output) }
        }
        let output = try await command.run([
            "/usr/bin/find", ".", "-xdev", "(", "-name", ".git", "-o", "-name", ".neo", ")", "-prune", "-o", "-type",
            "f",
            "-printf", "%P\\0",
        ])
        guard output.status == 0 || !output.bytes.isEmpty else {
            throw AgentsError(.usage, "\(folder) could not be listed: \(ToolText.shown(output.errors))")
        }
        return FileListing(output)
    }

    private init(_ output: WallCommand.Output) {
        var names = output.bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        // The last name may be half of one.
        if output.isCut, output.bytes.last != 0 { names.removeLast() }
        self.names = names
        isCut = output.isCut
    }
}
