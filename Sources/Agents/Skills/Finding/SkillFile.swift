#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Files of skills, which may be anything: links, devices, FIFOs that somebody planted.
enum SkillFile {
    /// A regular file's bytes; nil where it is something else, cannot be read, or is longer than the bound.
    static func read(_ path: String, limit: Int) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var facts = stat()
        guard fstat(file, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG, Int(facts.st_size) <= limit else {
            return nil
        }
        var bytes = [UInt8](repeating: 0, count: Int(facts.st_size))
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                pread(file, buffer.baseAddress.map { $0 + count }, buffer.count - count, off_t(count))
            }
            guard got > 0 else { break }
            count += got
        }
        return Array(bytes.prefix(count))
    }

    /// What stands at a path, which is not followed.
    enum Kind: Sendable, Hashable {
        case file(bytes: Int, isExecutable: Bool)
        case folder, link, other
    }

    /// The kind of what is there; nil where nothing is.
    static func kind(_ path: String) -> Kind? {
        var facts = stat()
        guard lstat(path, &facts) == 0 else { return nil }
        return switch facts.st_mode & S_IFMT {
        case S_IFREG: .file(bytes: Int(facts.st_size), isExecutable: facts.st_mode & 0o100 != 0)
        case S_IFDIR: .folder
        case S_IFLNK: .link
        default: .other
        }
    }
}
