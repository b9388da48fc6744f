package import Base
package import Documents
package import RAG
internal import Retrieval
internal import Storage

/// Who sees which of a project's documents, as the documents are now.
package struct ProjectAccess: Sendable {
    /// A document and its readers.
    package struct Entry: Sendable, Hashable {
        /// Which document.
        package let place: DocumentPlace
        /// Who sees it.
        package let readers: AccessRules.Readers
    }

    /// The documents, by file and name.
    package let entries: [Entry]
    /// Whether neo.yaml has a section on access at all; without one everybody who may ask sees everything.
    package var hasRules: Bool { rules != nil }
    /// What it says.
    let rules: AccessRules?
    private let saysReaders: [DocumentPlace]
    /// What was wrong with the documents.
    package let diagnostics: [Diagnostic]

    init(_ documents: ProjectDocuments, rules: AccessRules?, diagnostics: [Diagnostic] = []) {
        self.rules = rules
        saysReaders = documents.loaded.filter { $0.document.metadata[AccessRules.key] != nil }.map(\.place).sorted()
        self.diagnostics = diagnostics
        entries = documents.loaded.map { loaded in
            let readers =
                rules?.readers(of: loaded.place, metadata: loaded.document.metadata)
                ?? AccessRules.Readers(groups: [.everyone], origin: .nothing)
            return Entry(place: loaded.place, readers: readers)
        }.sorted { $0.place < $1.place }
    }

    /// Reads a project's documents. No model is needed.
    @concurrent
    package static func read(_ project: Project) async throws -> ProjectAccess {
        try project.prepareStateFolder()
        let diagnostics = DiagnosticCollector()
        let cache = StageCache(
            directory: project.cachePath, limitBytes: Workspace.cacheBytes, diagnostics: diagnostics)
        let documents = try await ProjectDocuments(project, cache: cache, diagnostics: diagnostics)
        return ProjectAccess(documents, rules: project.file.access, diagnostics: diagnostics.all)
    }

    /// The documents that members of groups see; all, where nil. Everybody is in `everyone`.
    package func places(seenBy groups: Set<AccessGroup>?) -> [DocumentPlace] {
        guard let groups, hasRules else { return entries.map(\.place) }
        let all = groups.union([.everyone])
        return entries.filter { !$0.readers.groups.isDisjoint(with: all) }.map(\.place)
    }

    /// The documents of a name: their id, or the path of their file.
    package func entries(named name: String) -> [Entry] {
        entries.filter { $0.place.id.rawValue == name || $0.place.file == name }
    }

    /// What whoever looks after the documents should know: which nobody sees, and which say who sees them in vain.
    package var remarks: [Diagnostic] {
        guard hasRules else {
            return saysReaders.map {
                Diagnostic(
                    .warning,
                    "The document says who sees it (access), but neo.yaml has no section access, so everybody who may ask does. "
                        + "Add one: docs/access.md.", file: $0.file)
            }
        }
        return entries.compactMap { entry in
            switch entry.readers.origin {
            case .nothing:
                Diagnostic(
                    .warning, "No rule of `access` in neo.yaml names the document, so nobody but you sees it.",
                    file: entry.place.file)
            case .unreadable:
                Diagnostic(
                    .warning,
                    "The document's own `access` is no group and no list of groups, so nobody but you sees it. Groups are words "
                        + "of lower-case letters, digits, -, _ and .", file: entry.place.file)
            case .document, .rule: nil
            }
        }
    }

    /// Every group that some document names.
    package var groups: [AccessGroup] { Set(entries.flatMap(\.readers.groups)).sorted() }
}
