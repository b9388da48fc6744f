internal import Base
internal import Documents
internal import Retrieval
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The documents' files as they were, by what tells one state of a file from another without reading all of them.
package struct WatchedDocuments: Sendable, Hashable {
    /// A file's size, time and, where either changed, the hash of its bytes.
    struct File: Sendable, Hashable {
        var bytes: Int
        var changed: Double
        var hash: String
    }

    private(set) var files: [String: File]

    /// What has changed, by the documents' names.
    package struct Changes: Sendable, Hashable {
        package var changed: [String] = []
        package var removed: [String] = []
        package var added: [String] = []

        /// Whether nothing has.
        package var isEmpty: Bool { changed.isEmpty && removed.isEmpty && added.isEmpty }
    }

    /// The files as they are; a file whose size and time are those of before is not read again.
    package init(_ project: Project, before: WatchedDocuments? = nil) {
        let loader = DocumentLoader(
            diagnostics: DiagnosticCollector(), settings: project.file.parsers, folder: project.folder)
        let found = (try? loader.find(project.file.documents, base: project.folder)) ?? []
        files = [:]
        for file in found {
            guard let state = FileState(file.path) else { continue }
            let changed = state.changed.timeIntervalSince1970
            if let known = before?.files[file.id.rawValue], known.bytes == state.bytes, known.changed == changed {
                files[file.id.rawValue] = known
            } else if let data = FileManager.default.contents(atPath: file.path) {
                files[file.id.rawValue] = File(
                    bytes: state.bytes, changed: changed,
                    hash: ContentHash(of: String(decoding: data, as: UTF8.self)).hex)
            }
        }
    }

    /// What is another one than before. A file that was only touched is not.
    package func changes(since before: WatchedDocuments) -> Changes {
        var changes = Changes()
        for (name, file) in files {
            guard let known = before.files[name] else {
                changes.added.append(name)
                continue
            }
            if known.hash != file.hash { changes.changed.append(name) }
        }
        changes.removed = before.files.keys.filter { files[$0] == nil }
        changes.changed.sort()
        changes.removed.sort()
        changes.added.sort()
        return changes
    }

    /// What is kept of it between two processes.
    var json: JSONValue {
        .object(
            files.mapValues {
                ["bytes": .integer($0.bytes), "changed": .number($0.changed), "hash": .string($0.hash)]
            })
    }

    init?(json: JSONValue?) {
        guard let members = json?.object else { return nil }
        files = [:]
        for (name, value) in members {
            guard let bytes = value["bytes"]?.integer, let changed = value["changed"]?.number,
                let hash = value["hash"]?.string
            else { return nil }
            files[name] = File(bytes: bytes, changed: changed, hash: hash)
        }
    }
}
