internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Reads the small JSON files of a model folder.
enum ModelFile {
    /// The content of a file.
    static func json(_ path: String) throws(EncodersError) -> JSONValue {
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw EncodersError(
                .unreadableFile, "\(path) cannot be read; a model folder must have it.", cause: error
            )
        }
        do {
            return try JSONValue(parsing: data)
        } catch {
            throw EncodersError(.damagedFile, "\(path) is not JSON; download the model again.", cause: error)
        }
    }

    /// The content of a file, or nil where there is no such file.
    static func jsonIfPresent(_ path: String) throws(EncodersError) -> JSONValue? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return try json(path)
    }
}
