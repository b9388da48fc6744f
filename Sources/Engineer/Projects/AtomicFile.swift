internal import Storage

/// Writes whole files: a reader sees the old content or the new one, never a part.
package enum AtomicFile {
    /// Replaces a file's content.
    package static func write(_ text: String, to path: String) throws(EngineerError) {
        try write(text.utf8, to: path)
    }

    /// Replaces a file's content.
    static func write(_ bytes: some Sequence<UInt8>, to path: String) throws(EngineerError) {
        try translating { () throws(StorageError) in try WholeFile.write(Array(bytes), to: path) }
    }

    /// Replaces a file by a copy of another one.
    static func copy(_ source: String, to path: String) throws(EngineerError) {
        try translating { () throws(StorageError) in try WholeFile.copy(source, to: path) }
    }

    /// Makes a folder with all above it; what exists already is left as it is.
    static func makeFolder(_ path: String) throws(EngineerError) {
        try translating { () throws(StorageError) in try WholeFile.makeFolder(path) }
    }

    private static func translating(_ body: () throws(StorageError) -> Void) throws(EngineerError) {
        do {
            try body()
        } catch {
            throw EngineerError(code: .project, message: error.message, cause: error.cause)
        }
    }
}
