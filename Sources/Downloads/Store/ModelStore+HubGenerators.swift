internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension ModelStore {
    /// A GGUF file of a repository, with the SHA-256 that the Hub gives for it.
    func describe(
        _ file: String, of repository: HubRepository, in listing: HubListing
    ) throws -> ModelEntry {
        guard let found = listing.files.first(where: { $0.path == file }), let hash = found.hash else {
            let there = Self.generators(in: listing).map { "; there are \($0)" } ?? "; it has no GGUF file of one part"
            throw DownloadsError(
                .unknownModel, "\(repository.name) has no \(file) at \(listing.commit.prefix(12))\(there).")
        }
        let entry = ModelEntry(
            name: repository.modelName, revision: listing.commit, licence: listing.licence ?? "unknown", dimension: 0,
            files: [ModelEntry.File(path: file, size: found.size, hash: hash)],
            sources: [.hub(repository: repository.name, revision: listing.commit)])
        try Self.makeFolder(path(of: entry) + ".partial")
        try remember(entry)
        return entry
    }

    /// The GGUF files of a repository in one text; nil where there are none. Those in folders are mostly parts.
    static func generators(in listing: HubListing) -> String? {
        let names = listing.files.map(\.path).filter { $0.hasSuffix(".gguf") && !$0.contains("/") }
        guard !names.isEmpty else { return nil }
        return names.prefix(12).joined(separator: ", ") + (names.count > 12 ? " and \(names.count - 12) more" : "")
    }

    /// Refuses what has the right hash and is no model: the Hub keeps what its users give it.
    static func checkGenerator(of entry: ModelEntry, in staging: String) throws(DownloadsError) {
        guard let file = entry.generatorFile else { return }
        do {
            _ = try GGUFHeader(path: "\(staging)/\(file.path)")
        } catch {
            try? FileManager.default.removeItem(atPath: staging)
            throw error
        }
    }
}
