internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension ModelStore {
    /// The files of a repository that an encoder or a cross-encoder is made of.
    private static let names: Set<String> = [
        "config.json", "model.safetensors", "modules.json", "tokenizer.json", "tokenizer_config.json",
        "special_tokens_map.json", "sentence_bert_config.json", "config_sentence_transformers.json",
    ]

    /// What is fetched to find out whether the rest is worth fetching; no file of these is larger.
    private static let smallLimit = 64 << 20

    /// Asks the Hub what a repository holds, fetches its small files, and remembers the model with the commit and the
    /// SHA-256 of every file: from then on it is checked like one of the catalogue.
    ///
    /// - Throws: `DownloadsError` where the repository cannot be read or holds no model that can be used here.
    func describe(
        _ repository: HubRepository, progress: @Sendable (ModelProgress) -> Void
    ) async throws -> ModelEntry {
        let listing: HubListing
        do {
            listing = try await hub.listing(of: repository.name, revision: repository.revision ?? "main")
        } catch let error as DownloadsError {
            throw DownloadsError(error.code, "The model \(repository.name) could not be found: \(error.message).")
        }
        if let file = repository.file { return try describe(file, of: repository, in: listing) }
        let files = listing.files.filter { Self.names.contains($0.path) || Self.isPooling($0.path) }
        guard let weights = files.first(where: { $0.path == "model.safetensors" }), let hash = weights.hash else {
            throw DownloadsError(
                .unknownModel,
                "\(repository.name) has no model.safetensors at \(listing.commit.prefix(12)); "
                    + (Self.generators(in: listing).map {
                        "for a model that writes, name its file: \(repository.name):\($0)"
                    }
                        ?? "Neo reads no other format.")
            )
        }
        var entry = ModelEntry(
            name: repository.name, revision: listing.commit, licence: listing.licence ?? "unknown", dimension: 0,
            files: [ModelEntry.File(path: weights.path, size: weights.size, hash: hash)],
            sources: [.hub(repository: repository.name, revision: listing.commit)]
        )
        let staging = path(of: entry) + ".partial"
        try Self.makeFolder(staging)
        for file in files where file.path != weights.path {
            guard file.size <= Self.smallLimit else {
                throw DownloadsError(.unknownModel, "\(repository.name)'s \(file.path) has \(file.size) bytes.")
            }
            let step = ModelProgress.Step.fetching(file: file.path, source: "the Hub's \(repository.name)")
            progress(ModelProgress(step: step, receivedBytes: 0, totalBytes: weights.size))
            let bytes = try await hub.contents(of: file, in: repository.name, commit: listing.commit)
            try Self.write(bytes, to: "\(staging)/\(file.path)")
            entry.files.append(
                ModelEntry.File(path: file.path, size: bytes.count, hash: ContentHash(of: Data(bytes))))
            if file.path == "config.json", let json = try? JSONValue(parsing: Data(bytes)) {
                entry.dimension = json["hidden_size"]?.integer ?? 0
            }
        }
        do {
            try check(staging)
        } catch {
            try? FileManager.default.removeItem(atPath: staging)
            throw DownloadsError(
                .unknownModel, "\(repository.name) cannot be used: \(sentence(for: error))", cause: error)
        }
        try remember(entry)
        return entry
    }

    /// `1_Pooling/config.json` and the like.
    private static func isPooling(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        return parts.count == 2 && parts[1] == "config.json" && (parts[0].first?.isNumber ?? false)
            && parts[0].allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    }

    private static func write(_ bytes: [UInt8], to path: String) throws(DownloadsError) {
        try makeFolder(parent(of: path))
        do {
            try Data(bytes).write(to: URL(filePath: path))
        } catch {
            throw DownloadsError(.disk, "\(path) cannot be written.", cause: error)
        }
        try DiskSync.flush(path)
    }

    /// Keeps what is known of a model that the catalogue lacks, at once or not at all.
    func remember(_ entry: ModelEntry) throws {
        let path = "\(root)/\(entry.folderName)/\(Self.entryFile)"
        try Self.write(Array(JSONValue(encoding: entry).prettyText.utf8), to: path + ".new")
        try DiskSync.rename(path + ".new", to: path)
    }

    static let entryFile = "model.json"

    /// The models that were fetched from the Hub by name, in the order of their names. What somebody else has written
    /// there, and cannot be read, is passed over.
    static func remembered(below root: String) -> [ModelEntry] {
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return folders.sorted().compactMap { folder in
            guard let data = FileManager.default.contents(atPath: "\(root)/\(folder)/\(entryFile)"),
                let entry = try? JSONValue(parsing: data).decoded(as: ModelEntry.self),
                HubRepository(entry.name)?.revision == nil, entry.folderName == folder
            else { return nil }
            return entry
        }
    }
}
