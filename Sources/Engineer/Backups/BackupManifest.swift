internal import Base

/// What a backup holds: `neo-backup.json`, the first thing in it.
package struct BackupManifest: Sendable, Hashable, Codable {
    /// One file.
    struct File: Sendable, Hashable, Codable {
        var path: String
        var bytes: Int
        var sha256: ContentHash
    }

    /// The name of its file.
    static let fileName = "neo-backup.json"
    /// The format that this version writes and reads.
    static let format = "neo.backup/1"

    var format = Self.format
    package var project: String
    package var created: String
    package var neo: String
    var files: [File]

    private enum CodingKeys: String, CodingKey { case format, project, created, neo, files }

    /// How many files there are, and their bytes.
    package var size: (files: Int, bytes: Int) { (files.count, files.reduce(0) { $0 + $1.bytes }) }
}
