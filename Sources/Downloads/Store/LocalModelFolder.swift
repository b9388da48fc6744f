internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A model that a user keeps in a folder of their own, laid out as sentence-transformers writes it.
package enum LocalModelFolder {
    /// What vectors and scores depend on; other files, such as a README, may change.
    private static let endings = [".json", ".safetensors", ".txt"]

    /// The folder's name and what is in it in one text, for cache keys: two folders with equal identity hold equal
    /// models. Reads every file, at about a gigabyte a second.
    ///
    /// - Throws: `DownloadsError` where the folder has no `model.safetensors`, or a file cannot be read.
    package static func identity(of folder: String) throws(DownloadsError) -> String {
        guard FileManager.default.fileExists(atPath: folder + "/model.safetensors") else {
            let others = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            let found = others.first { $0.hasSuffix(".bin") || $0.hasSuffix(".onnx") }
            throw DownloadsError(
                .notInstalled,
                others.isEmpty
                    ? "There is no model's folder \(folder)."
                    : "\(folder) has no model.safetensors\(found.map { ", only \($0)" } ?? ""). Save the model with "
                        + "sentence-transformers, or fetch the file of that name."
            )
        }
        var builder = ContentHash.Builder()
        builder.add("model-folder/1")
        for file in files(folder) {
            builder.add(file)
            guard let count = builder.addFile("\(folder)/\(file)") else {
                throw DownloadsError(.disk, "\(folder)/\(file) cannot be read.")
            }
            // So that no byte can pass from one file to the next unseen.
            builder.add(String(count))
        }
        let name = folder.split(separator: "/").last.map(String.init) ?? folder
        return "\(name)@\(builder.finish().short)"
    }

    /// The files that count, of the folder and of those directly in it, in the order of their names.
    private static func files(_ folder: String) -> [String] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        var found: [String] = []
        for entry in entries where !entry.hasPrefix(".") {
            if endings.contains(where: entry.hasSuffix) { found.append(entry) }
            let inner = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(entry)")) ?? []
            found += inner.filter { $0.hasSuffix(".json") }.map { "\(entry)/\($0)" }
        }
        return found.sorted()
    }
}
