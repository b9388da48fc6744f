internal import Base

#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What a child reads from standard input, as a file without a name.
///
/// Not a pipe: a child that ends before it has read all would break it, and the signal of a broken pipe would end this
/// process.
enum InputFile {
    /// A file that holds a text, open at its beginning and already removed from its folder.
    ///
    /// - Throws: `ProcessError` where there is no room for it.
    static func open(holding text: String, for executable: String) throws -> FileDescriptor {
        let folder = FileManager.default.temporaryDirectory.path
        let path = FilePath("\(folder)/neo-input-\(UUID().uuidString)")
        do {
            let file = try FileDescriptor.open(
                path, .readWrite, options: [.create, .exclusiveCreate, .closeOnExec], permissions: .ownerReadWrite)
            do {
                try FileManager.default.removeItem(atPath: path.string)
                try file.writeAll(text.utf8)
                try file.seek(offset: 0, from: .start)
            } catch {
                try? file.close()
                throw error
            }
            return file
        } catch {
            throw ProcessError(
                code: .notStarted,
                message: "The input of the program \"\(executable)\" could not be written to \(folder). Is there room?",
                cause: error
            )
        }
    }
}
