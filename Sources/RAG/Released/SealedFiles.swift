internal import Base
internal import Documents
internal import Storage

/// The files of a release as its manifest names them: what is read is what was written when the release was made.
struct SealedFiles {
    let number: Int
    private let root: String
    /// By path below the release, the SHA-256 that the manifest has.
    private let hashes: [String: String]

    init(folder: String, number: Int, files: [JSONValue]) {
        root = folder
        self.number = number
        hashes = Dictionary(
            files.compactMap { file in
                guard let path = file["path"]?.string, let hash = file["sha256"]?.string else { return nil }
                return (path, hash)
            }, uniquingKeysWith: { first, _ in first })
    }

    /// Whether the manifest names a file.
    func has(_ path: String) -> Bool { hashes[path] != nil }

    /// The bytes of a file.
    func read(_ path: String) throws -> [UInt8] {
        let bytes = try InputFile.read("\(root)/\(path)")
        var builder = ContentHash.Builder()
        bytes.withUnsafeBytes { builder.addPiece($0) }
        try require(path, builder.finish())
        return bytes
    }

    /// A folder of the release, e.g. of a model, all files of which are as they were.
    func folder(_ path: String) throws -> String {
        let inside = hashes.keys.filter { $0.hasPrefix(path + "/") }.sorted()
        guard !inside.isEmpty else { throw changed("\(path) is not among its files.") }
        for file in inside { try require(file, try FileHash.sha256(of: "\(root)/\(file)").hash) }
        return "\(root)/\(path)"
    }

    private func require(_ path: String, _ found: ContentHash) throws {
        guard hashes[path] == found.hex else { throw changed("\(path) was changed.") }
    }

    private func changed(_ what: String) -> RAGError {
        RAGError(
            code: .invalidConfiguration,
            message:
                "Release \(number) is not as it was made, so it is not used: \(what) Restore it from a backup, or make a "
                + "new release.")
    }
}
