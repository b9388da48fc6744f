#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Writes whole files: a reader sees the old content or the new one, never a part, also where the disk is full.
package enum WholeFile {
    /// Replaces a file's content; its folder must exist. A link stays one, and so do the file's rights.
    ///
    /// - Throws: ``StorageError`` with the code `diskFull` where there is no room, else `fileSystem`.
    package static func write(_ bytes: [UInt8], to path: String) throws(StorageError) {
        try replace(path) { file throws(POSIXFailure) in try file.write(bytes) }
    }

    /// Copies a file; what stood at the destination is replaced.
    package static func copy(_ source: String, to destination: String) throws(StorageError) {
        try replace(destination) { file throws(POSIXFailure) in
            let from = try OpenFile(source, flags: O_RDONLY)
            while true {
                let part = try from.readToEnd(limit: 1 << 20)
                guard !part.isEmpty else { return }
                try file.write(part)
            }
        }
    }

    /// Puts a whole file in the place of another one, or of none, on the same disk.
    package static func move(_ source: String, to destination: String) throws(StorageError) {
        do throws(POSIXFailure) { try renameFile(source, to: destination) } catch {
            throw StorageError(error, what: "The file \(destination)")
        }
    }

    /// Makes a folder with all above it; what exists already is left as it is.
    package static func makeFolder(_ path: String) throws(StorageError) {
        do {
            try createDirectory(path)
        } catch {
            throw StorageError(error, what: "The folder \(path)")
        }
    }

    private static func replace(
        _ path: String, with body: (OpenFile) throws(POSIXFailure) -> Void
    ) throws(StorageError) {
        do throws(POSIXFailure) {
            var facts = stat()
            let exists = stat(path, &facts) == 0
            // A device or a pipe is written into: there is nothing to replace.
            guard !exists || facts.st_mode & S_IFMT == S_IFREG else {
                return try body(OpenFile(path, flags: O_WRONLY))
            }
            let target = exists ? resolved(path) : path
            let temporary = "\(target).\(processNumber).part"
            do throws(POSIXFailure) {
                let file = try OpenFile(temporary, flags: O_WRONLY | O_CREAT | O_TRUNC)
                try body(file)
                if exists { _ = fchmod(file.descriptor, facts.st_mode & 0o777) }
                try renameFile(temporary, to: target)
            } catch {
                // On a full disk above all, nothing may be left behind.
                _ = removeFile(temporary)
                throw error
            }
        } catch {
            throw StorageError(error, what: "The file \(path)")
        }
    }

    /// The file that a chain of links ends at.
    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }
}

/// Whether nothing more fits on the disk of a folder: for errors that do not say so themselves.
func hasNoRoom(_ folder: String) -> Bool {
    var facts = statvfs()
    guard statvfs(folder, &facts) == 0 else { return false }
    let bytes = UInt64(facts.f_bavail) * UInt64(facts.f_frsize)
    return bytes < 64 << 10 || (facts.f_files > 0 && facts.f_favail == 0)
}

extension StorageError {
    /// The sentence for what the file system refused.
    init(_ failure: POSIXFailure, what: String) {
        if failure.isDiskFull {
            self.init(
                .diskFull,
                "The disk is full: \(what.prefix(1).lowercased() + what.dropFirst()) cannot be written. What was there "
                    + "before is unharmed; make room and run the command again.",
                cause: failure
            )
        } else {
            self.init(
                .fileSystem, "\(what) cannot be written. Check that it and its folder exist and belong to you.",
                cause: failure
            )
        }
    }
}
