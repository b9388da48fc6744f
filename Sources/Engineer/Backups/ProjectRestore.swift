internal import Base
internal import Processes
internal import Sandbox
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A project out of its backup: the work of `neo restore`.
package enum ProjectRestore {
    /// Unpacks a backup inside walls, compares every file with the hash that was written when it was made, and gives the
    /// folder its name last.
    ///
    /// - Parameter folder: where the project is to be; there must be nothing, or an empty folder.
    /// - Throws: `EngineerError` where the file is no backup, or was changed; nothing is left behind then.
    @concurrent
    package static func run(_ archive: String, to folder: String) async throws -> BackupManifest {
        let (archive, folder) = (Project.absolute(archive), Project.absolute(folder))
        guard FileState(archive) != nil else {
            throw EngineerError(code: .invalidRequest, message: "There is no backup \(archive).")
        }
        if FileManager.default.fileExists(atPath: folder) {
            guard (try? FileManager.default.contentsOfDirectory(atPath: folder))?.isEmpty == true else {
                throw EngineerError(
                    code: .invalidRequest,
                    message: "\(folder) is not empty. Name a new folder: nothing is restored over what is there.")
            }
        }
        let work = folder + ".partial"
        try? FileManager.default.removeItem(atPath: work)
        defer { try? FileManager.default.removeItem(atPath: work) }
        try ProjectBackup.translating { try WholeFile.makeFolder(work + "/project") }
        var tar = ConfinedProcess(
            executable: "tar",
            arguments: [
                "--extract", "--no-same-owner", "--no-same-permissions", "--keep-old-files", "--file", archive,
                "--directory", work + "/project",
            ] + (archive.hasSuffix(".zst") ? ["--zstd"] : []))
        tar.readable = [archive]
        // It holds `.neo`, which no other program may write.
        tar.writable = [work]
        tar.timeLimitSeconds = 24 * 3600
        let result = try await tar.run()
        guard result.status == 0 else {
            throw EngineerError(
                code: .invalidRequest,
                message: "\(archive) cannot be unpacked: \(String(result.errorOutput.prefix(500)))")
        }
        let manifest = try check(work + "/project", of: archive)
        try? FileManager.default.removeItem(atPath: "\(work)/project/\(BackupManifest.fileName)")
        try ProjectBackup.translating { try WholeFile.move(work + "/project", to: folder) }
        return manifest
    }

    private static func check(_ folder: String, of archive: String) throws(EngineerError) -> BackupManifest {
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(BackupManifest.fileName)"),
            let manifest = try? JSONValue(parsing: data).decoded(as: BackupManifest.self),
            manifest.format == BackupManifest.format
        else {
            throw EngineerError(
                code: .invalidRequest, message: "\(archive) is no backup that this version of Neo reads.")
        }
        let expected = Dictionary(
            manifest.files.map { ($0.path, $0.sha256) }, uniquingKeysWith: { first, _ in first })
        var found = 0
        for path in (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? [] {
            let file = "\(folder)/\(path)"
            let kind = (try? FileManager.default.attributesOfItem(atPath: file))?[.type] as? FileAttributeType
            if kind == .typeDirectory || path == BackupManifest.fileName { continue }
            guard kind == .typeRegular, let hash = expected[path],
                (try? FileHash.sha256(of: file))?.hash == hash
            else {
                throw EngineerError(
                    code: .invalidRequest,
                    message:
                        "\(ReportText.line(path)) in \(archive) is not as it was when the backup was made, so nothing "
                        + "was restored. Take another backup.")
            }
            found += 1
        }
        guard found == expected.count else {
            throw EngineerError(
                code: .invalidRequest,
                message:
                    "\(archive) lacks \(expected.count - found) of its \(expected.count) files, so nothing was restored."
            )
        }
        return manifest
    }
}
