internal import Base
internal import Documents
internal import Storage
internal import Synchronization

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Who sees which documents while they are served: the rules of neo.yaml as it is at every moment, so that a right that is
/// taken away ends at once.
///
/// Where neo.yaml cannot be read, or says nothing of access any more, the last rules go on: half of a file that is being
/// written opens nothing.
final class ServedAccess: Sendable {
    private struct State {
        var access: ProjectAccess
        var file: FileState?
        var revision = 0
    }

    private let documents: ProjectDocuments
    /// Nil where the rules do not change.
    private let path: String?
    private let state: Mutex<State>

    /// The access to the documents of a workspace.
    ///
    /// - Parameter path: the neo.yaml that is followed; nil of a release that lies by itself, which never changes.
    init(_ workspace: Workspace, following path: String?) {
        documents = workspace.documents
        self.path = path
        state = Mutex(
            State(access: ProjectAccess(workspace.documents, rules: workspace.project.file.access), file: nil))
    }

    /// As it was when its revision was last asked for.
    var access: ProjectAccess { state.withLock { $0.access } }

    /// Looks whether neo.yaml is another one; the number goes up where the rules are.
    func revision() -> Int {
        let found = path.flatMap { FileState($0) }
        return state.withLock { state in
            guard let found, found != state.file else { return state.revision }
            state.file = found
            if let rules = rules(), rules != state.access.rules {
                state.access = ProjectAccess(documents, rules: rules)
                state.revision += 1
            }
            return state.revision
        }
    }

    private func rules() -> AccessRules? {
        guard let path, let bytes = try? InputFile.read(path, limit: 1_000_000) else { return nil }
        return try? ProjectFile(yaml: String(decoding: bytes, as: UTF8.self), file: path, folderName: "project").access
    }
}
