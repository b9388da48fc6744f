internal import Base
internal import Downloads
internal import LanguageModelClients

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension LocalModelRuntime {
    /// The runtime of this machine, whose servers are watched by this very program.
    static func machine(progress: @escaping @Sendable (String) -> Void = { _ in }) -> LocalModelRuntime {
        let environment = ProcessInfo.processInfo.environment
        let root = standardRoot(environment)
        return LocalModelRuntime(
            root: root, supervisor: [ownProgram, "models", "supervise"],
            environment: environment
        ) {
            try await standardEngine(root: root, environment: environment, progress: progress)
        }
    }
}

/// A model that writes: one of the store, or a GGUF file.
struct LocalGenerator {
    /// What it is called in requests and messages.
    let name: String
    /// The file.
    let file: String
    /// Names the file's content in cache keys.
    let identity: String

    /// - Throws: `DownloadsError` where the store has no such model that writes, or not yet.
    init(_ text: String, store: ModelStore = .machine) throws {
        if text.hasSuffix(".gguf"), HubRepository(text) == nil || FileManager.default.fileExists(atPath: text) {
            let folder = FileManager.default.currentDirectoryPath
            file = text.hasPrefix("/") ? text : "\(folder)/\(text)"
            name = text.split(separator: "/").last.map { String($0.dropLast(5)) } ?? text
            // To hash a gigabyte takes longer than many an answer: who replaces the file changes its time.
            let facts = try? FileManager.default.attributesOfItem(atPath: file)
            let (size, time) = (facts?[.size] as? Int ?? 0, (facts?[.modificationDate] as? Date)?.timeIntervalSince1970)
            identity = "\(name)@\(ContentHash(of: "\(file) \(size) \(time ?? 0)").short)"
            return
        }
        let entry = try store.catalogue.entry(text)
        guard let generator = entry.generatorFile else {
            throw DownloadsError(.unknownModel, "\(text) writes no text; it makes vectors or scores passages.")
        }
        name = text
        identity = entry.identity
        file = "\(try store.folder(of: text))/\(generator.path)"
    }
}
