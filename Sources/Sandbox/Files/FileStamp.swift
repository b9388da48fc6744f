#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// What a file is at a moment: another stamp means that somebody changed or replaced it.
package struct FileStamp: Sendable, Hashable, Codable {
    private var device: UInt64 = 0
    private var inode: UInt64 = 0
    /// Its length in bytes.
    package private(set) var size: Int
    private var seconds: Int = 0
    private var nanoseconds: Int = 0
    private var mode: UInt32 = UInt32(S_IFREG)

    /// Of a file that is not on the disk.
    init(size: Int) { self.size = size }

    init(_ file: Int32, _ path: String) throws {
        var found = stat()
        guard fstat(file, &found) == 0 else {
            throw SandboxError(.policy, "\(path) could not be examined: \(String(cString: strerror(errno))).")
        }
        self.init(found)
    }

    init(_ found: stat) {
        device = UInt64(found.st_dev)
        inode = UInt64(found.st_ino)
        size = Int(found.st_size)
        mode = UInt32(found.st_mode)
        #if os(Linux)
            seconds = found.st_mtim.tv_sec
            nanoseconds = found.st_mtim.tv_nsec
        #else
            seconds = found.st_mtimespec.tv_sec
            nanoseconds = found.st_mtimespec.tv_nsec
        #endif
    }

    var isFolder: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFDIR) }

    var isRegular: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFREG) }
}
