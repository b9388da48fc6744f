internal import Engineer
internal import RAG

/// Keeps a served release on the documents as they are. Questions that are under way end with the old index; the new one is
/// made beside it, from the stages of all passages that did not change.
actor IndexFollower {
    private let project: Project
    private let service: SwappableService
    private let reopen: @Sendable () async throws -> any QueryService
    private let say: @Sendable (String) -> Void
    private var documents: WatchedDocuments
    private var refreshing: Task<Void, any Error>?

    init(
        _ project: Project, _ service: SwappableService, say: @escaping @Sendable (String) -> Void,
        reopen: @escaping @Sendable () async throws -> any QueryService
    ) {
        self.say = say
        self.project = project
        self.service = service
        self.reopen = reopen
        documents = WatchedDocuments(project)
    }

    /// Makes the index anew if a document is another one, came or went. Who asks meanwhile waits for the same index.
    func refresh() async throws {
        if let refreshing { return try await refreshing.value }
        let current = WatchedDocuments(project, before: documents)
        let changes = current.changes(since: documents)
        guard !changes.isEmpty else { return }
        let (service, reopen) = (service, reopen)
        let task = Task { service.replace(with: try await reopen()) }
        refreshing = task
        defer { refreshing = nil }
        try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
        documents = current
        say(
            "Documents changed (\(changes.changed.count)), came (\(changes.added.count)) or went "
                + "(\(changes.removed.count)); the service answers from the new ones.")
    }
}
