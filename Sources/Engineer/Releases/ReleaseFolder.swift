internal import Base
internal import Documents

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A release on disk: a folder with a manifest.
package struct ReleaseFolder: Sendable {
    /// The folder of releases in a project.
    package static let parent = "release"
    /// Folders that are being made begin so; they are no releases.
    static let unfinished = ".unfinished-"

    /// The release's folder, as an absolute path.
    package let path: String
    package let manifest: ReleaseManifest
    /// Number and hash.
    package let identity: ReleaseIdentity

    /// Opens the release of a folder. What stands in its files is not looked at.
    ///
    /// - Throws: `EngineerError` with the code `release` where there is none.
    package init(at path: String) throws(EngineerError) {
        let path = Project.absolute(path)
        let file = "\(path)/\(ReleaseManifest.fileName)"
        guard let bytes = try? InputFile.read(file, limit: 100_000_000) else {
            throw EngineerError(code: .release, message: "There is no release in \(path): it has no manifest.json.")
        }
        guard let manifest = try? JSONValue(parsing: bytes, maximumDepth: 32).decoded(as: ReleaseManifest.self),
            manifest.format == (manifest.namesReaders ? ReleaseManifest.formatWithReaders : ReleaseManifest.format),
            manifest.release >= 1
        else {
            throw EngineerError(
                code: .release,
                message: "\(file) is no manifest of a release that this version of Neo reads, or it was changed.")
        }
        self.path = path
        self.manifest = manifest
        identity = ReleaseIdentity(number: manifest.release, hash: ContentHash(of: Data(bytes)))
    }

    /// Opens a release of a project.
    ///
    /// - Throws: `EngineerError` with the code `release`, which names those that there are.
    package init(_ number: Int, of project: Project) throws(EngineerError) {
        let path = Self.path(number, of: project)
        guard FileManager.default.fileExists(atPath: path) else {
            let known = Self.numbers(of: project)
            throw EngineerError(
                code: .release,
                message: "There is no release \(number) of \(project.file.name). "
                    + (known.isEmpty
                        ? "There is none yet: `neo release build \(project.folder)` makes one."
                        : "There is \(known.map(String.init).joined(separator: ", "))."))
        }
        try self.init(at: path)
        guard manifest.release == number else {
            throw EngineerError(
                code: .release,
                message:
                    "\(path) says that it is release \(manifest.release). Give folders their names back, or restore "
                    + "them from a backup.")
        }
    }

    /// Where a release of a project lies.
    static func path(_ number: Int, of project: Project) -> String { project.path("\(parent)/\(number)") }

    /// The numbers of a project's releases that are whole, the oldest first.
    package static func numbers(of project: Project) -> [Int] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: project.path(parent))) ?? []
        return names.compactMap(number).filter {
            FileManager.default.fileExists(atPath: "\(path($0, of: project))/\(ReleaseManifest.fileName)")
        }.sorted()
    }

    /// The number that a folder's name says; nil of other names.
    private static func number(_ name: String) -> Int? {
        guard let number = Int(name), number >= 1, String(number) == name else { return nil }
        return number
    }

    /// Whether a folder holds a release, and no project.
    package static func isRelease(_ path: String) -> Bool {
        let path = Project.absolute(path)
        return FileManager.default.fileExists(atPath: "\(path)/configuration.json")
            && (try? ReleaseFolder(at: path)) != nil
    }

    /// A file of the release.
    func file(_ name: String) -> String { "\(path)/\(name)" }

    /// The bytes of a file.
    func read(_ name: String) throws(EngineerError) -> [UInt8] {
        do { return try InputFile.read(file(name)) } catch {
            throw EngineerError(code: .release, message: error.message, cause: error)
        }
    }
}
