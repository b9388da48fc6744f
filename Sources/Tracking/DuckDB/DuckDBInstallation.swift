internal import Base
internal import Downloads
internal import Processes

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Where the DuckDB program is: on PATH with its extension for SQLite, or in a virtual environment of Neo's own.
package struct DuckDBInstallation: Sendable {
    /// The version that Neo installs and was tried with.
    package static let version = "1.5.5"
    /// The package of the program; SHA-256 for Linux on x86-64 and ARM and for macOS.
    private static let program = PythonEnvironment.Requirement(
        "duckdb-cli", version,
        hashes: [
            "2dda43dbd9d112e5d7c6ffca4d226403696812a79fbb19342c2afa6312974f33",
            "3948b25f14b4f32a66dbed35259726e0cedbb204298e2b8a9ada5fc7b5a9982d",
            "f4f0810fab4ddf71dcf7f93cdbb9b84ee4ecb350a2592932412410f9f324aaba",
        ])
    /// The package of the extension, which the program would else fetch by itself.
    private static let scanner = PythonEnvironment.Requirement(
        "duckdb-extension-sqlite-scanner", version,
        hashes: [
            "0af00f8e4e6e0562e0fac1bb22d5c4a29d616a664da4194b51cbd26355b9a0c2",
            "8ecdf91ba4572fcee32500919b7cd2717d74d2bfe65c2910ad2b1c4b9d9b0c07",
            "214efb42ded3e752fd3d537f953d2ab0093716abef4f9197986cafe5e5f4fd5d",
        ])

    private let environment: PythonEnvironment
    private let variables: [String: String]

    /// - Parameters:
    ///   - variables: the environment's, for PATH and HOME.
    ///   - root: the folder of Neo's environments; the standard one, where nil.
    package init(_ variables: [String: String] = ProcessInfo.processInfo.environment, root: String? = nil) {
        self.variables = variables
        environment = PythonEnvironment(
            root: root ?? PythonEnvironment.standardRoot(variables), name: "duckdb-\(Self.version)",
            requirements: [Self.program, Self.scanner])
    }

    /// The program as it is; nil where it is not installed.
    package var found: DuckDB? { onPath ?? inEnvironment }

    /// The program, after it was installed if need be. Two processes at once install it once.
    ///
    /// - Parameter progress: hears what is installed and how large it is, before it is.
    /// - Throws: ``TrackingError`` with what pip said and what to do.
    package func installed(progress: @Sendable (String) -> Void = { _ in }) async throws -> DuckDB {
        if let found { return found }
        let remedy = "or install duckdb \(Self.version) and run `duckdb -c 'INSTALL sqlite'`"
        do {
            _ = try await environment.installed(
                remedy: remedy,
                check: ["-I", "-c", "import duckdb_cli, duckdb_extension_sqlite_scanner"],
                announcing:
                    "installing DuckDB \(Self.version) and its extension for SQLite, once: a download of 34 MB, "
                    + "97 MB in \(environment.folder)",
                progress: progress)
        } catch let error as DownloadsError {
            throw TrackingError(.program, "DuckDB, which answers queries, is missing: \(error.message)", cause: error)
        }
        guard let installed = inEnvironment else {
            throw TrackingError(
                .program, "\(environment.folder) lacks DuckDB; remove that folder, and run the command again.")
        }
        return installed
    }

    private var inEnvironment: DuckDB? {
        guard environment.python != nil else { return nil }
        let library = environment.folder + "/lib"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: library)) ?? []
        for folder in versions.map({ "\(library)/\($0)/site-packages" }) {
            let program = folder + "/duckdb_cli/duckdb"
            let scanner =
                folder + "/duckdb_extension_sqlite_scanner/extensions/v\(Self.version)/sqlite_scanner.duckdb_extension"
            if FileManager.default.isExecutableFile(atPath: program), FileManager.default.fileExists(atPath: scanner) {
                return DuckDB(program: HostFiles.real(program), scanner: HostFiles.real(scanner))
            }
        }
        return nil
    }

    /// One that the user installed counts where it is of the same version and has fetched its extension before: inside the
    /// walls it cannot.
    private var onPath: DuckDB? {
        guard let program = executablePath(of: "duckdb", environment: variables), let home = variables["HOME"] else {
            return nil
        }
        let folder = "\(home)/.duckdb/extensions/v\(Self.version)"
        let platforms = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return platforms.map { "\(folder)/\($0)/sqlite_scanner.duckdb_extension" }
            .first { FileManager.default.fileExists(atPath: $0) }.map {
                DuckDB(program: HostFiles.real(program), scanner: HostFiles.real($0))
            }
    }
}
