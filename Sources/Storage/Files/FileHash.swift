package import Base

/// The SHA-256 of a file, read in pieces.
package enum FileHash {
    /// The hash and the size.
    ///
    /// - Throws: ``StorageError`` with the code `fileSystem` where it cannot be read.
    package static func sha256(of path: String) throws(StorageError) -> (hash: ContentHash, bytes: Int) {
        do throws(POSIXFailure) {
            let file = try OpenFile(path, flags: OpenFile.readOnly)
            var builder = ContentHash.Builder()
            var bytes = 0
            while true {
                let part = try file.readToEnd(limit: 1 << 20)
                guard !part.isEmpty else { return (builder.finish(), bytes) }
                bytes += part.count
                part.withUnsafeBytes { builder.addPiece($0) }
            }
        } catch {
            throw StorageError(.fileSystem, "The file \(path) cannot be read.", cause: error)
        }
    }
}
