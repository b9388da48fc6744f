internal import Base
internal import Downloads
internal import Processes

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A virtual environment of Neo's own with the one version of xllamacpp that it was tried with.
package struct XllamacppInstallation: Sendable {
    /// The version that is installed.
    static let version = "2026.10.11549"
    /// SHA-256 of the version's wheels, for Linux on x86-64 and ARM and for macOS; pip refuses all others.
    private static let hashes = [
        "c54e7d13520ecc989c63dc99d55de3065e2f343a91f43f053d16b5e62077c261",
        "e2a3e79e775515de4ad197e667f874070446ef9ac9cf2044bc9866bc4c72289e",
        "4ecda27a308b2403aa13c9d04b270befab95edc556c24ed00b2f8a98bd7f6781",
    ]

    /// The folder of all that local models need beside their weights.
    let root: String

    /// An installation in a folder.
    package init(root: String) {
        // Inside walls the paths are those without links.
        self.root = URL(filePath: root).resolvingSymlinksInPath().path
    }

    private var folder: String { "\(root)/xllamacpp-\(Self.version)" }

    /// The Python that has it; nil where it is not installed.
    package var python: String? {
        // Not that of Python itself, which is a link out of the environment.
        let path = URL(filePath: folder).resolvingSymlinksInPath().path + "/bin/python3"
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }

    /// The Python that has it, after it was installed if need be. Two processes at once install it once.
    ///
    /// - Throws: `LocalRuntimeError` with what pip said.
    package func installed(progress: @Sendable (String) -> Void = { _ in }) async throws -> String {
        if let python { return python }
        try LocalServerFolder(root).make()
        let lockPath = "\(root)/.xllamacpp.lock"
        var lock: FileLease?
        while lock == nil {
            lock = try FileLease(lockPath, shared: false)
            if lock == nil { try await Task.sleep(for: .milliseconds(200)) }
        }
        defer { withExtendedLifetime(lock) {} }
        if let python { return python }
        progress("installing xllamacpp \(Self.version), once")
        let staging = folder + ".partial"
        try? FileManager.default.removeItem(atPath: staging)
        try LocalServerFolder(staging).make()
        try await check(remedy: "install python3-venv, or llama-server") {
            try await ConfinedPip.offline(["-m", "venv", staging], writable: [staging])
        }
        let requirements = staging + "/requirements.txt"
        let line = "xllamacpp==\(Self.version) " + Self.hashes.map { "--hash=sha256:\($0)" }.joined(separator: " ")
        _ = FileManager.default.createFile(atPath: requirements, contents: Data("\(line)\n".utf8))
        let staged = staging + "/bin/python3"
        try await check(
            remedy: "is the package index reachable? Else install llama-server, which is used where it is on PATH"
        ) {
            let pip = try await ConfinedPip.find(for: "install")
            var result = try await pip.run(
                [
                    "install", "--quiet", "--disable-pip-version-check", "--no-cache-dir", "--no-deps",
                    "--only-binary=:all:", "--require-hashes", "-r", requirements,
                ], python: staged, writable: [staging])
            result.errorOutput += pip.remedy(result.errorOutput)
            return result
        }
        try await check(
            remedy: "this machine cannot run the package; install llama-server, which is used where it is on PATH"
        ) {
            try await ConfinedPip.offline(["-I", "-c", "import xllamacpp"], python: staged, writable: [])
        }
        do {
            try FileManager.default.moveItem(atPath: staging, toPath: folder)
        } catch {
            throw LocalRuntimeError("\(staging) cannot be renamed to \(folder).", cause: error)
        }
        guard let python else { throw LocalRuntimeError("\(folder) has no Python.") }
        return python
    }

    private func check(remedy: String, _ body: () async throws -> ChildProcess.Result) async throws {
        let result: ChildProcess.Result
        do {
            result = try await body()
        } catch let error as DownloadsError {
            throw LocalRuntimeError("xllamacpp could not be installed. \(error.message)", cause: error)
        }
        guard result.status == 0 else {
            let lines = (result.errorOutput + result.output).split(separator: "\n")
            let said = lines.first { $0.hasPrefix("ERROR") } ?? lines.last ?? "it gave no reason"
            throw LocalRuntimeError(
                "xllamacpp, which runs local models, could not be installed (\(said.prefix(300))); \(remedy).")
        }
    }
}
