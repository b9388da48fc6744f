internal import Base
internal import Retrieval

/// Finds the document that a golden row means.
struct DocumentNames: Sendable {
    enum Result: Sendable, Hashable {
        /// The document's position.
        case found(Int)
        /// Several documents end like this.
        case ambiguous([String])
        /// None does; the nearest name.
        case missing(nearest: String?)
    }

    private var positions: [String: Int] = [:]
    private var byFileName: [Substring: [String]] = [:]

    init(_ documents: [(id: DocumentID, aliases: [DocumentID])]) {
        for (position, document) in documents.enumerated() {
            for id in [document.id] + document.aliases where positions[id.rawValue] == nil {
                positions[id.rawValue] = position
                byFileName[Self.fileName(id.rawValue[...]), default: []].append(id.rawValue)
            }
        }
    }

    /// The id itself; else the only document whose path ends like the name, or with whose path the name ends.
    func find(_ name: String) -> Result {
        if let position = positions[name] { return .found(position) }
        var wanted = name[...]
        while wanted.hasPrefix("./") { wanted = wanted.dropFirst(2) }
        while wanted.hasPrefix("/") { wanted = wanted.dropFirst() }
        let candidates = (byFileName[Self.fileName(wanted)] ?? []).filter { id in
            id == wanted || id.hasSuffix("/" + wanted) || wanted.hasSuffix("/" + id)
        }
        let found = Set(candidates.compactMap { positions[$0] })
        if let only = found.first, found.count == 1 { return .found(only) }
        if found.count > 1 { return .ambiguous(candidates.sorted()) }
        return .missing(nearest: nearestName(to: String(wanted)))
    }

    private func nearestName(to name: String) -> String? {
        // The same file in another folder is what was meant most often.
        let sameFile = byFileName[Self.fileName(name[...])]?.sorted()
        if let first = sameFile?.first { return first }
        return nearest(to: name, in: positions.keys.sorted().prefix(5_000))
    }

    private static func fileName(_ path: Substring) -> Substring {
        path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path
    }
}
