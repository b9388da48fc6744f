#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A folder that comes into being as a whole: its files are written under another name, brought to the disk, and the name is
/// given last. A process that is killed, and power that is lost, leave a folder of that other name at the most.
package struct DurableFolder: Sendable {
    /// The folder while it is being made.
    package let path: String

    /// Makes the folder under its first name.
    ///
    /// - Throws: ``StorageError`` with the code `diskFull` where there is no room, else `fileSystem`.
    package init(at path: String) throws(StorageError) {
        self.path = path
        try Self.translating(path) { () throws(POSIXFailure) in try createDirectory(path) }
    }

    /// Writes a file of the folder and waits until the disk has it; folders above it are made.
    package func write(
        _ bytes: some Sequence<UInt8>, to name: String, isExecutable: Bool = false
    ) throws(StorageError) {
        let file = "\(path)/\(name)"
        try Self.translating(file) { () throws(POSIXFailure) in
            try createDirectory(directory(of: file))
            let open = try OpenFile(
                file, flags: O_WRONLY | O_CREAT | O_TRUNC, mode: isExecutable ? 0o755 : 0o644)
            try open.write(bytes)
            guard fsync(open.descriptor) == 0 else { throw POSIXFailure("write", file) }
        }
    }

    /// Copies a file into the folder.
    package func copy(_ source: String, to name: String, isExecutable: Bool = false) throws(StorageError) {
        let file = "\(path)/\(name)"
        try Self.translating(file) { () throws(POSIXFailure) in
            try createDirectory(directory(of: file))
            let from = try OpenFile(source, flags: O_RDONLY)
            let open = try OpenFile(
                file, flags: O_WRONLY | O_CREAT | O_TRUNC, mode: isExecutable ? 0o755 : 0o644)
            while true {
                let part = try from.readToEnd(limit: 1 << 20)
                guard !part.isEmpty else { break }
                try open.write(part)
            }
            guard fsync(open.descriptor) == 0 else { throw POSIXFailure("write", file) }
        }
    }

    /// Gives the folder its name, which nothing but an empty folder may have yet.
    ///
    /// - Parameter folders: the folders inside, whose lists of names go to the disk first.
    package func commit(as destination: String, folders: [String] = []) throws(StorageError) {
        try Self.translating(destination) { () throws(POSIXFailure) in
            for folder in folders.map({ "\(path)/\($0)" }) + [path] { try Self.sync(folder) }
            try renameFile(path, to: destination)
            try Self.sync(directory(of: destination))
        }
    }

    private static func sync(_ folder: String) throws(POSIXFailure) {
        let open = try OpenFile(folder, flags: O_RDONLY | O_DIRECTORY)
        // Some file systems keep no order of names that one could wait for.
        guard fsync(open.descriptor) == 0 || errno == EINVAL else { throw POSIXFailure("write", folder) }
    }

    private static func translating(
        _ path: String, _ body: () throws(POSIXFailure) -> Void
    ) throws(StorageError) {
        do throws(POSIXFailure) { try body() } catch { throw StorageError(error, what: "The file \(path)") }
    }
}
