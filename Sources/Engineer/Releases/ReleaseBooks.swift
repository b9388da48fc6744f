internal import Base
package import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Which releases a project has, what became of them, and which of them answer.
package struct ReleaseBooks: Sendable {
    /// One release.
    package struct Entry: Sendable {
        package let number: Int
        /// Nil where its folder is gone or cannot be read.
        package let folder: ReleaseFolder?
        /// What the database keeps of it.
        package let record: ReleaseRecord
    }

    /// All releases, the oldest first.
    package let entries: [Entry]
    package let live: LiveReleases
    /// All steps that were asked for, the oldest first.
    package let steps: [PromotionRecord]

    /// Reads them. Of a release that was made while the process was killed, the database hears now.
    package static func read(_ project: Project) async throws -> ReleaseBooks {
        let numbers = ReleaseFolder.numbers(of: project)
        guard FileManager.default.fileExists(atPath: project.databasePath) || !numbers.isEmpty else {
            return ReleaseBooks(entries: [], live: LiveReleases(), steps: [])
        }
        try project.prepareStateFolder()
        let database = try NeoDatabase(path: project.databasePath)
        let known = Set(try await database.releases().map(\.number))
        for number in numbers where !known.contains(number) {
            if let folder = try? ReleaseFolder(number, of: project) { try await database.keepRelease(folder.record) }
        }
        return ReleaseBooks(
            entries: try await database.releases().map { record in
                Entry(
                    number: record.number, folder: try? ReleaseFolder(record.number, of: project), record: record)
            }, live: try await database.liveReleases(), steps: try await database.promotions())
    }

    /// What is kept of a release.
    package func record(_ number: Int) -> ReleaseRecord? { entries.first { $0.number == number }?.record }

    /// Throws where a release is another one than was made under its number. Its files are not looked at.
    package func require(_ folder: ReleaseFolder) throws(EngineerError) {
        guard let record = record(folder.identity.number), record.hash != folder.identity.hash else { return }
        throw EngineerError(
            code: .release,
            message:
                "The manifest of release \(record.number) is not the one that was written when it was made, so it is "
                + "not used. Restore it from a backup, or make a new release.")
    }

    /// Which releases answer, as it is now: what a server that runs asks again and again.
    package static func live(_ database: NeoDatabase) async throws -> LiveReleases { try await database.liveReleases() }

    /// What a release is to its project, in a word.
    package func state(of number: Int) -> String {
        if live.live == number { return "live" }
        if live.candidate == number { return live.stage?.rawValue ?? "candidate" }
        if live.previous == number { return "previous" }
        return steps.contains { $0.release == number && $0.isAccepted && $0.stage == .full } ? "replaced" : "built"
    }
}
