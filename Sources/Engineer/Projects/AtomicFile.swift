internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Writes whole files: a reader sees the old content or the new one, never a part.
package enum AtomicFile {
    /// Replaces a file's content.
    package static func write(_ text: String, to path: String) throws(EngineerError) {
        do {
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw EngineerError(
                code: .project, message: "The file \(path) cannot be written. Check its folder and the free space.",
                cause: error
            )
        }
    }
}
