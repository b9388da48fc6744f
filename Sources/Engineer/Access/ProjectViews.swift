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
    /// - Parameters:
    ///   - open: opens the release over the documents of a workspace.
    package static func open(
        _ workspace: Workspace, capacity: Int = mostViews,
        opening open: @escaping @Sendable (Workspace) async throws -> LiveService
    ) -> AccessViews {
        views(
            ServedAccess(workspace, following: workspace.project.path("neo.yaml")), workspace, capacity: capacity,
            opening: open)
    }

    private static func views(
        _ served: ServedAccess, _ workspace: Workspace, capacity: Int, identity: ReleaseIdentity? = nil,
        opening open: @escaping @Sendable (Workspace) async throws -> LiveService
    ) -> AccessViews {
        let access = served.access
        var whole: [String: JSONValue] = [
            "project": .string(workspace.project.file.name), "documents": .integer(access.entries.count),
            "access": .array(access.groups.map { .string($0.name) }),
        ]
        if let identity {
            whole["release"] = .integer(identity.number)
            whole["manifest"] = .string(identity.hash.hex)
        }
        return AccessViews(
            summary: whole, capacity: capacity, revision: { served.revision() },
            visible: { groups in
                let places = served.access.places(seenBy: groups)
                var builder = ContentHash.Builder()
                for place in places {
                    builder.add(place.file)
                    builder.add(place.id.rawValue)
                }
                return AccessViews.Sight(name: builder.finish()) {
                    let view = try workspace.keeping(Set(places))
                    let service = try await open(view)
                    return AccessViews.View(service: service, summary: summary(service, of: view))
                }
            })
    }

    /// A release as each group sees it; as it is, where everybody sees all of it.
    ///
    /// - Parameters:
    ///   - project: the one that it belongs to, whose rules hold as they are now; nil where it lies somewhere by itself, with
    ///     rules of its own.
    ///   - groups: those whose views are made before this returns, as many as are kept.
    @concurrent
    package static func open(
        _ folder: ReleaseFolder, of project: Project? = nil, ports: Workspace.Ports,
        answering: Release.Answering = .asSearched, preparing groups: Set<Set<AccessGroup>> = []
    ) async throws -> any QueryService {
        if let project { try folder.requireReaders(for: project) }
        let workspace = try await Workspace.open(release: folder, of: project, ports: ports)
        let does = try folder.configuration()
        guard workspace.project.file.access != nil else {
            return try await Release.open(folder, does, in: workspace, answering: answering)
        }
        try folder.requireReaders(for: workspace.project)
        let served = ServedAccess(workspace, following: project?.path("neo.yaml"))
        let views = views(served, workspace, capacity: mostViews, identity: folder.identity) { view in
            try await Release.open(folder, does, in: view, answering: answering)
        }
        for groups in groups.prefix(mostViews) { try await views.prepare(groups) }
        return views
    }

    /// What members may know of their view. The study is named by the hash of all documents, a release's manifest holds hashes
    /// of them, and parsers of formats that none of theirs has tell of others.
    private static func summary(_ service: LiveService, of view: Workspace) -> [String: JSONValue] {
        var summary = service.summary
        (summary["study"], summary["manifest"]) = (nil, nil)
        let known = Set(view.documents.parsers.keys.map { ParserChoice.parameter(of: $0) })
        if let values = summary["configuration"]?.object {
            let prefix = ParserChoice.parameter(of: "")
            summary["configuration"] = .object(
                values.filter { !$0.key.hasPrefix(prefix) || known.contains($0.key) })
        }
        return summary
    }
}
