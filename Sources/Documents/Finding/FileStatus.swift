#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// What the file system says about a path.
struct FileStatus: Sendable {
    enum Kind: Sendable {
        case file, folder, link, other
    }

    /// A file's or folder's own name, whatever path led to it.
    struct Identity: Hashable, Sendable {
        var device: UInt64
        var inode: UInt64
    }

    /// Why a path could not be looked at.
    struct Failure: Error {
        var number: Int32
        var reason: String { String(cString: strerror(number)) }
        /// A link that leads back to itself.
        var isLinkLoop: Bool { number == ELOOP }
        var isAbsence: Bool { number == ENOENT || number == ENOTDIR }
    }

    var kind: Kind
    var size: Int
    /// When the content was last changed, in seconds since 1970.
    var modified: Int
    var identity: Identity

    /// Looks at a path, at the link itself where `followingLinks` is false.
    init(of path: String, followingLinks: Bool = true) throws(Failure) {
        var record = stat()
        guard (followingLinks ? stat(path, &record) : lstat(path, &record)) == 0 else {
            throw Failure(number: errno)
        }
        self.init(record)
    }

    init(_ record: stat) {
        kind =
            switch record.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            case S_IFLNK: .link
            default: .other
            }
        size = Int(record.st_size)
        #if canImport(Darwin)
            modified = Int(record.st_mtimespec.tv_sec)
        #else
            modified = Int(record.st_mtim.tv_sec)
        #endif
        identity = Identity(device: UInt64(truncatingIfNeeded: record.st_dev), inode: UInt64(record.st_ino))
    }

    /// The path without links and `..`, or nil where it leads nowhere.
    static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
