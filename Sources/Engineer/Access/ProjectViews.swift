internal import AutoML
internal import Base
internal import Documents
package import RAG
internal import Retrieval

/// A project's release as each group sees it.
package enum ProjectViews {
    /// So many are kept at once, unless something else is said.
    package static let mostViews = 16

    /// The views of a project that says who sees which documents.
    ///
    /// - Parameter open: opens the release over the documents of a workspace.
    package static func open(
        _ workspace: Workspace, capacity: Int = mostViews,
        opening open: @escaping @Sendable (Workspace) async throws -> LiveService
    ) -> AccessViews {
        let access = ProjectAccess(workspace.documents, rules: workspace.project.file.access)
        return AccessViews(
            summary: [
                "project": .string(workspace.project.file.name), "documents": .integer(access.entries.count),
                "access": .array(access.groups.map { .string($0.name) }),
            ], capacity: capacity,
            visible: { groups in
                var builder = ContentHash.Builder()
                for place in access.places(seenBy: groups) {
                    builder.add(place.file)
                    builder.add(place.id.rawValue)
                }
                return builder.finish()
            },
            make: { groups in
                let view = try workspace.keeping(Set(access.places(seenBy: groups)))
                let service = try await open(view)
                return AccessViews.View(service: service, summary: summary(service, of: view))
            })
    }

    /// What members may know of their view. The study is named by the hash of all documents, and parsers of formats that none
    /// of theirs has tell of others.
    private static func summary(_ service: LiveService, of view: Workspace) -> [String: JSONValue] {
        var summary = service.summary
        summary["study"] = nil
        let known = Set(view.documents.parsers.keys.map { ParserChoice.parameter(of: $0) })
        if let values = summary["configuration"]?.object {
            let prefix = ParserChoice.parameter(of: "")
            summary["configuration"] = .object(
                values.filter { !$0.key.hasPrefix(prefix) || known.contains($0.key) })
        }
        return summary
    }
}
