internal import Base
internal import Processes

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A virtual environment of Neo's own with packages of one version each, pinned by hash: for programs that come as wheels.
///
/// It is there whole or not at all: it is made beside its place and renamed. Two processes that want it at once make it once.
package struct PythonEnvironment: Sendable {
    /// A package that it holds.
    package struct Requirement: Sendable, Hashable {
        package var name: String
        package var version: String
        /// SHA-256 of the version's wheels, one a system; pip refuses all others.
        package var hashes: [String]

        package init(_ name: String, _ version: String, hashes: [String]) {
            (self.name, self.version, self.hashes) = (name, version, hashes)
        }

        fileprivate var line: String {
            "\(name)==\(version) " + hashes.map { "--hash=sha256:\($0)" }.joined(separator: " ")
        }
    }

    /// Where it is, once it is.
    package let folder: String
    private let root: String
    private let name: String
    private let requirements: [Requirement]

    /// - Parameters:
    ///   - root: the folder of Neo's environments.
    ///   - name: names the environment and its version.
    package init(root: String, name: String, requirements: [Requirement]) {
        // Inside walls the paths are those without links.
        let root = URL(filePath: root).resolvingSymlinksInPath().path
        self.root = root
        self.name = name
        self.requirements = requirements
        folder = "\(root)/\(name)"
    }

    /// `$NEO_HOME/runtime`, `$XDG_DATA_HOME/neo/runtime` or `~/.local/share/neo/runtime`.
    package static func standardRoot(_ environment: [String: String]) -> String {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        if let home = value("NEO_HOME") { return home + "/runtime" }
        let home = value("HOME") ?? FileManager.default.homeDirectoryForCurrentUser.path
        return (value("XDG_DATA_HOME") ?? home + "/.local/share") + "/neo/runtime"
    }

    /// Its Python; nil where it is not installed.
    package var python: String? {
        // Not that of Python itself, which is a link out of the environment.
        let path = URL(filePath: folder).resolvingSymlinksInPath().path + "/bin/python3"
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }

    /// Its Python, after it was installed if need be.
    ///
    /// - Parameters:
    ///   - remedy: what to do where a step fails.
    ///   - check: the arguments with which Python says, by its status, that what was installed runs here.
    ///   - progress: hears what is installed, before it is.
    /// - Throws: ``DownloadsError`` with what pip said.
    package func installed(
        remedy: String, check: [String], announcing sentence: String, progress: @Sendable (String) -> Void
    ) async throws -> String {
        if let python { return python }
        try FileManager.default.createDirectory(
            atPath: root, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        return try await StoreLock.hold("\(root)/.\(name).lock") {
            try await Task.sleep(for: .milliseconds(200))
        } _: {
            if let python { return python }
            progress(sentence)
            try await make(remedy: remedy, check: check)
            guard let python else { throw DownloadsError(.disk, "\(folder) has no Python.") }
            return python
        }
    }

    private func make(remedy: String, check: [String]) async throws {
        let staging = folder + ".partial"
        try? FileManager.default.removeItem(atPath: staging)
        try FileManager.default.createDirectory(
            atPath: staging, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try expect(
            await ConfinedPip.offline(["-m", "venv", staging], writable: [staging]),
            remedy: "install python3-venv; \(remedy)")
        let list = staging + "/requirements.txt"
        let text = requirements.map { $0.line + "\n" }.joined()
        _ = FileManager.default.createFile(atPath: list, contents: Data(text.utf8))
        let staged = staging + "/bin/python3"
        let pip = try await ConfinedPip.find(for: "install")
        var result = try await pip.run(
            [
                "install", "--quiet", "--disable-pip-version-check", "--no-cache-dir", "--no-deps",
                "--only-binary=:all:", "--require-hashes", "-r", list,
            ], python: staged, writable: [staging])
        result.errorOutput += pip.remedy(result.errorOutput)
        try expect(result, remedy: "is the package index reachable? \(remedy)")
        try expect(
            await ConfinedPip.offline(check, python: staged, writable: []),
            remedy: "this machine cannot run it; \(remedy)")
        do {
            try FileManager.default.moveItem(atPath: staging, toPath: folder)
        } catch {
            throw DownloadsError(.disk, "\(staging) cannot be renamed to \(folder).", cause: error)
        }
    }

    private func expect(_ result: ChildProcess.Result, remedy: String) throws(DownloadsError) {
        guard result.status == 0 else {
            let lines = (result.errorOutput + result.output).split(separator: "\n")
            let said = lines.first { $0.hasPrefix("ERROR") } ?? lines.last ?? "it gave no reason"
            let names = requirements.map(\.name).joined(separator: ", ")
            throw DownloadsError(.unavailable, "\(names) could not be installed (\(said.prefix(300))); \(remedy).")
        }
    }
}
