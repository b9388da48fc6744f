package import Base
internal import Processes
internal import Sandbox
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Everything of a project that cannot be computed again, in one file: the work of `neo backup`.
package enum ProjectBackup {
    /// In `.neo`: what may be deleted at any time, and what stands for processes that run now.
    private static let left: Set<String> = ["cache", "leases", "files.json", "survey.json"]

    /// Writes the file. Databases are copied by SQLite, as of one moment each, while others may use them.
    ///
    /// - Parameter destination: `….tar` or `….tar.zst`; a file that is there is replaced at the end.
    /// - Throws: `EngineerError`; `StorageError` with the code `diskFull`. Nothing is left behind then.
    @concurrent
    package static func run(
        _ project: Project, to destination: String, version: String, time: TimeSource = .system,
        onNote: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> BackupManifest {
        let destination = Project.absolute(destination)
        guard destination.hasSuffix(".tar") || destination.hasSuffix(".tar.zst") else {
            throw EngineerError(
                code: .invalidRequest,
                message: "A backup is a file of the name ….tar or ….tar.zst; \(destination) is none.")
        }
        guard !destination.hasPrefix(project.folder + "/") else {
            throw EngineerError(
                code: .invalidRequest,
                message:
                    "\(destination) lies in the project itself, where it would be lost with it. Name a place elsewhere."
            )
        }
        let work = destination + ".partial"
        try? FileManager.default.removeItem(atPath: work)
        defer { try? FileManager.default.removeItem(atPath: work) }
        let stage = work + "/stage"
        var manifest = BackupManifest(
            project: project.file.name, created: time.now().timestamp, neo: version, files: [])
        try translating { try WholeFile.makeFolder(stage) }
        for path in try FileManager.default.subpathsOfDirectory(atPath: project.folder).sorted() {
            try Task.checkCancellation()
            guard isKept(path) else { continue }
            let source = project.path(path)
            let kind = (try? FileManager.default.attributesOfItem(atPath: source))?[.type] as? FileAttributeType
            guard kind == .typeRegular else {
                if kind == .typeSymbolicLink { onNote("\(path) is a link, and is not in the backup.") }
                continue
            }
            try stageFile(source, path, in: stage)
            let found = try FileHash.sha256(of: "\(stage)/\(path)")
            manifest.files.append(BackupManifest.File(path: path, bytes: found.bytes, sha256: found.hash))
        }
        let text = try JSONValue(encoding: manifest).prettyText + "\n"
        try translating { try WholeFile.write(Array(text.utf8), to: "\(stage)/\(BackupManifest.fileName)") }
        try await pack(stage, work, destination)
        return manifest
    }

    private static func isKept(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        if parts.first == ".git" { return false }
        if parts.first == ReleaseFolder.parent[...], CodePackage.isBuilt(parts.dropFirst(2).joined(separator: "/")) {
            return false
        }
        guard parts.first == ".neo", let name = parts.dropFirst().first else {
            return !(parts.dropFirst().first?.hasPrefix(ReleaseFolder.unfinished) ?? false)
        }
        return !left.contains(String(name)) && !name.hasSuffix(".lock") && !name.hasPrefix("responses.db")
            && !name.hasSuffix("-wal") && !name.hasSuffix("-shm")
    }

    private static func stageFile(_ source: String, _ path: String, in stage: String) throws {
        let copy = "\(stage)/\(path)"
        try translating {
            try WholeFile.makeFolder(String(copy[..<(copy.lastIndex(of: "/") ?? copy.endIndex)]))
            if path.hasPrefix(".neo/"), path.hasSuffix(".db") {
                try DatabaseCopy.write(source, to: copy)
                return
            }
            // Releases never change, so a second name is enough; on another disk there is none.
            let isRelease = path.hasPrefix(ReleaseFolder.parent + "/")
            if isRelease, (try? FileManager.default.linkItem(atPath: source, toPath: copy)) != nil { return }
            try WholeFile.copy(source, to: copy)
        }
    }

    private static func pack(_ stage: String, _ work: String, _ destination: String) async throws {
        let archive = work + "/archive"
        var tar = ConfinedProcess(
            executable: "tar",
            arguments: ["--create", "--format=posix", "--sort=name", "--file", archive]
                + (destination.hasSuffix(".zst") ? ["--zstd"] : []) + ["--directory", stage, "."])
        tar.workspaces = [work]
        tar.timeLimitSeconds = 24 * 3600
        tar.reason = "reads what others wrote"
        let result = try await tar.run()
        guard result.status == 0 else {
            throw EngineerError(
                code: .project,
                message: "The backup could not be written: \(String(result.errorOutput.prefix(500)))")
        }
        try translating { try WholeFile.move(archive, to: destination) }
    }

    static func translating(_ body: () throws -> Void) throws {
        do { try body() } catch let error as StorageError {
            throw EngineerError(code: .project, message: error.message, cause: error)
        }
    }
}
