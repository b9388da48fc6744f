internal import AutoML
package import Base
internal import RAG
internal import Retrieval
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Makes `release/<n>/` of what the last search found: the work of `neo release build`.
package enum ReleaseBuilder {
    /// What a release is made with.
    package struct Options: Sendable {
        /// The description of the interface, `openapi.json`.
        package var interface: JSONValue
        /// Neo's version.
        package var version: String
        /// Whether the models' weights are copied into the release.
        package var copiesModels = false
        /// A program that runs it: the one that makes the release, where that starts on other machines; nil where they have Neo.
        package var program = ProgramFile.ownForOthers
        /// Whether a release may be made although documents were not approved.
        package var allowsUnapproved = false

        /// What every release needs.
        package init(interface: JSONValue, version: String) {
            self.interface = interface
            self.version = version
        }
    }

    /// The lock that one making of a release holds.
    static func lockPath(_ project: Project) -> String { project.path(".neo/release.lock") }

    /// Makes the next release. Killed at any moment, it leaves a folder that is no release, which the next making removes.
    ///
    /// - Throws: `EngineerError` where no search has finished, or a document is not approved.
    @concurrent
    package static func run(
        _ project: Project, options: Options, ports: Workspace.Ports, time: TimeSource = .system,
        onNote: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> ReleaseFolder {
        _ = try await Approvals(project).statement(allowsUnapproved: options.allowsUnapproved)
        let results = try ReportArchive.read(project)
        try project.prepareStateFolder()
        return try await withExclusiveLock(at: lockPath(project), purpose: "The making of a release") {
            removeUnfinished(project)
            let vectors = KeptVectors()
            let workspace = try await Workspace.open(project, ports: ports, recording: vectors)
            let service = try await Release.open(workspace)
            for diagnostic in workspace.diagnostics.all where diagnostic.severity == .warning {
                onNote(diagnostic.text)
            }
            let database = try NeoDatabase(path: project.databasePath)
            let number =
                max(
                    ReleaseFolder.numbers(of: project).last ?? 0, try await database.releases().last?.number ?? 0) + 1
            let content = ReleaseContent(
                project: project, results: results, workspace: workspace, options: options, ports: ports,
                number: number, created: time.now().timestamp)
            for sentence in content.warnings { onNote(sentence) }
            let parent = project.path(ReleaseFolder.parent)
            let draft = try translating {
                try DurableFolder(at: "\(parent)/\(ReleaseFolder.unfinished)\(number)")
            }
            do {
                let manifest = try await content.write(to: draft, service: service, vectors: vectors)
                try Task.checkCancellation()
                let folders = Set(manifest.files.flatMap { Self.folders(above: $0.path) }).sorted()
                try translating { try draft.commit(as: "\(parent)/\(number)", folders: folders) }
            } catch {
                // On a full disk above all, nothing may be left behind.
                try? FileManager.default.removeItem(atPath: draft.path)
                throw error
            }
            let folder = try ReleaseFolder(number, of: project)
            try await database.keepRelease(folder.record)
            return folder
        }
    }

    /// What killed processes left behind. Only who holds the lock may.
    private static func removeUnfinished(_ project: Project) {
        let parent = project.path(ReleaseFolder.parent)
        for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        where name.hasPrefix(ReleaseFolder.unfinished) {
            try? FileManager.default.removeItem(atPath: "\(parent)/\(name)")
        }
    }

    /// `a/b/c` has `a` and `a/b` above it.
    private static func folders(above path: String) -> [String] {
        let parts = path.split(separator: "/").dropLast()
        return parts.indices.map { parts[...$0].joined(separator: "/") }
    }

    private static func translating<Value>(_ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let error as StorageError {
            throw EngineerError(code: .release, message: error.message, cause: error)
        }
    }
}

extension ReleaseFolder {
    /// What the database keeps of it.
    var record: ReleaseRecord {
        ReleaseRecord(number: identity.number, hash: identity.hash, created: manifest.created)
    }
}
