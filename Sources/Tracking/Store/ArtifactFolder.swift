package import Base
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Files that runs keep, under the hash of their bytes: the same file is there once.
package struct ArtifactFolder: Sendable {
    let path: String

    /// - Parameter state: the project's `.neo`.
    package init(state: String) { path = state + "/runs/artifacts" }

    /// Where the bytes of a hash lie.
    package func path(of hash: ContentHash) -> String {
        "\(path)/\(hash.hex.prefix(2))/\(hash.hex.dropFirst(2))"
    }

    /// Copies a file, unless it is here already.
    ///
    /// - Throws: ``TrackingError`` where it cannot be read, `StorageError` where there is no room.
    package func keep(_ file: String) throws -> (hash: ContentHash, bytes: Int) {
        // Mapped, so that a large file is not in memory whole.
        guard let data = try? Data(contentsOf: URL(filePath: file), options: .mappedIfSafe) else {
            throw TrackingError(.notFound, "There is no file \(file) that could be read.")
        }
        var builder = ContentHash.Builder()
        data.withUnsafeBytes { builder.addPiece($0) }
        let hash = builder.finish()
        let target = path(of: hash)
        if !HostFiles.exists(target) {
            try WholeFile.makeFolder("\(path)/\(hash.hex.prefix(2))")
            try WholeFile.copy(file, to: target)
        }
        return (hash, data.count)
    }

    /// Removes what no run keeps any more; how many files went.
    func removeAll(except kept: Set<String>) -> Int {
        var removed = 0
        for folder in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
            for name in (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? []
            where !kept.contains(folder + name) {
                if (try? FileManager.default.removeItem(atPath: "\(path)/\(folder)/\(name)")) != nil { removed += 1 }
            }
        }
        return removed
    }
}

extension RunEntry {
    /// Keeps a file of a run under the hash of its bytes; what its name says is an image is one.
    ///
    /// - Parameters:
    ///   - key: its name within the run; the file's, where nil.
    ///   - state: the project's `.neo`.
    package init(keeping file: String, key: String?, state: String, mediaType: String? = nil) throws {
        let kept = try ArtifactFolder(state: state).keep(file)
        let name = file.split(separator: "/").last.map { String($0) } ?? file
        let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        let images = [
            "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "svg": "image/svg+xml",
            "webp": "image/webp", "gif": "image/gif",
        ]
        self.init(
            kind: images[ending] == nil ? .artifact : .image, key: key ?? name, content: name, hash: kept.hash,
            bytes: kept.bytes, mediaType: mediaType ?? images[ending])
    }
}
