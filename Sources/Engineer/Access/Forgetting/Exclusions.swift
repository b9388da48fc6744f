internal import Base
internal import Documents
internal import Retrieval
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Documents that hold somebody who was forgotten: they are in no index and no service until they are changed.
///
/// A document is known by the hash of its text, so the list names nobody, and a copy elsewhere is left out with it.
struct Exclusions: Sendable {
    private let path: String
    private(set) var hashes: Set<String>

    /// Nothing is left out.
    static let none = Exclusions()

    private init() {
        (path, hashes) = ("", [])
    }

    /// The list of a project.
    ///
    /// - Throws: `EngineerError` where it cannot be read: then nobody knows what to leave out.
    init(_ project: Project) throws(EngineerError) {
        path = project.path(".neo/excluded.json")
        guard let data = FileManager.default.contents(atPath: path) else {
            hashes = []
            return
        }
        guard let list = (try? JSONValue(parsing: data))?["documents"]?.array else {
            throw EngineerError(
                code: .project,
                message:
                    "\(path) cannot be read. It lists documents that may be in no index, because they hold somebody who "
                    + "was forgotten; run neo forget again, and remove the file first.")
        }
        hashes = Set(list.compactMap(\.string))
    }

    /// Whether a document is on the list.
    func contains(_ document: Document) -> Bool { !hashes.isEmpty && hashes.contains(Self.hash(document)) }

    /// Puts documents on the list.
    mutating func add(_ documents: [Document]) throws(EngineerError) {
        let new = hashes.union(documents.map(Self.hash))
        guard new != hashes else { return }
        let list = JSONValue.object(["documents": .array(new.sorted().map { .string($0) })])
        try AtomicFile.write(list.prettyText + "\n", to: path)
        hashes = new
    }

    private static func hash(_ document: Document) -> String { ContentHash(of: document.text).hex }
}
