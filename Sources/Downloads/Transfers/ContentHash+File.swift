internal import Base

extension ContentHash.Builder {
    /// Adds a file's bytes piece by piece; answers how many there were, or nil where it cannot be read.
    mutating func addFile(_ path: String) -> Int? {
        readPieces(of: path) { addPiece($0) }
    }
}

extension ModelEntry.File {
    /// What is wrong with a copy of this file, or nil.
    func problem(at path: String) -> String? {
        var builder = ContentHash.Builder()
        guard let count = builder.addFile(path) else { return "\(path) is missing or cannot be read" }
        guard count == size else { return "\(path) has \(count) bytes instead of \(size)" }
        let found = builder.finish()
        return found == hash ? nil : "\(path) has SHA-256 \(found.short)… instead of \(hash.short)…"
    }
}
