internal import Base
package import Storage

/// The documents that a watch follows, and what of the golden questions they have touched.
package struct FollowedDocuments: Sendable, Hashable {
    /// How many files are followed.
    package let watched: Int
    /// Those that changed or went while golden questions stand on them.
    package let changed: [String]
    /// The golden questions that have not found their evidence again since.
    package let questions: [String]
    /// When the change was seen, in seconds since 1970.
    package let seen: Double?

    /// As the watch of a service kept it last; nil where none has looked at documents.
    package static func kept(in database: ServiceDatabase) async throws -> FollowedDocuments? {
        guard let files = WatchedDocuments(json: try await database.fact("documents"))?.files else { return nil }
        let touched = try await database.fact("golden documents")
        return FollowedDocuments(
            watched: files.count, changed: touched?["documents"]?.array?.compactMap(\.string) ?? [],
            questions: touched?["questions"]?.array?.compactMap(\.string) ?? [], seen: touched?["seen"]?.number)
    }
}
