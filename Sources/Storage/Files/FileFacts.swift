#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// How large a file is and when it was last used.
struct FileFacts {
    let path: String
    let bytes: Int
    /// Seconds since 1970.
    let used: Double

    /// Nil where there is no such file.
    init?(_ path: String) {
        var information = stat()
        guard lstat(path, &information) == 0 else { return nil }
        #if canImport(Darwin)
            let time = information.st_mtimespec
        #else
            let time = information.st_mtim
        #endif
        self.path = path
        bytes = Int(information.st_size)
        used = Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// Tells a file from another of the same name; nil where there is none.
func fileNumber(_ path: String) -> UInt64? {
    var information = stat()
    return stat(path, &information) == 0 ? UInt64(information.st_ino) : nil
}

/// Notes when a file was last used, in its time of change: the time of access is often switched off.
func setLastUse(of path: String, to seconds: Double) {
    let whole = seconds.rounded(.down)
    let time = timespec(tv_sec: time_t(whole), tv_nsec: Int((seconds - whole) * 1e9))
    _ = utimensat(AT_FDCWD, path, [time, time], 0)
}

/// Removes a file; whether it was there.
func removeFile(_ path: String) -> Bool {
    unlink(path) == 0
}

/// Puts a file in the place of another, at once.
func renameFile(_ path: String, to other: String) throws(POSIXFailure) {
    guard rename(path, other) == 0 else { throw POSIXFailure("rename", path) }
}

/// Writes a new file from parts.
func writeFile(_ path: String, _ parts: [[UInt8]]) throws(POSIXFailure) {
    let file = try OpenFile(path, flags: O_WRONLY | O_CREAT | O_TRUNC)
    for part in parts {
        try file.write(part)
    }
}

/// The number of this process.
var processNumber: Int32 { getpid() }

extension OpenFile {
    /// The flag for reading.
    static var readOnly: Int32 { O_RDONLY }
}
