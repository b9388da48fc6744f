internal import Base
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What this machine knows of the person who works at its terminal, as a reader. It leaves the machine by nothing that Neo does.
package struct ReaderFile: Sendable {
    /// Where it lies.
    package let path: String

    /// A file.
    package init(path: String) {
        self.path = path
    }

    /// `$NEO_HOME/reader.json`, `$XDG_CONFIG_HOME/neo/reader.json` or `~/.config/neo/reader.json`: beside `config.yaml`.
    package init(_ environment: [String: String]) {
        let configuration = ModelsConfiguration.standardPath(environment)
        path = configuration.dropLast("config.yaml".count) + "reader.json"
    }

    /// What is known; nothing where there is no file.
    ///
    /// - Throws: `EngineerError` where the file is damaged.
    package func read() throws(EngineerError) -> ReaderProfile {
        guard let data = FileManager.default.contents(atPath: path) else { return ReaderProfile() }
        do {
            return try JSONValue(parsing: data).decoded(as: ReaderProfile.self)
        } catch {
            throw EngineerError(
                code: .invalidConfiguration,
                message: "\(path) is damaged. Remove it; what it knew of you as a reader is seen again.", cause: error)
        }
    }

    /// The level whose texts are open first; that of a reader of whom nothing is known where the file cannot be read.
    package var level: ReaderLevel { ((try? read()) ?? ReaderProfile()).level }

    /// Removes the file, also a damaged one.
    package func forget() throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        try FileManager.default.removeItem(atPath: path)
    }

    /// Changes what is known, also where another process does at the same time.
    @discardableResult
    package func change(_ change: (inout ReaderProfile) -> Void) throws -> ReaderProfile {
        let folder = String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex))
        try AtomicFile.makeFolder(folder)
        return try withDirectoryLock(folder) {
            var profile = try read()
            change(&profile)
            try AtomicFile.write(JSONValue(encoding: profile).prettyText + "\n", to: path)
            return profile
        }
    }
}
