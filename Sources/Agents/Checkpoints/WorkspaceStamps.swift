#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// What the system says of each file below a folder without a look into it: which one it is, how long, and when it was
/// changed. Two that are equal, the first of them settled, mean that nothing was changed between them.
///
/// The time of a change of a file's facts (`st_ctime`) is the system's own: no program can set it.
struct WorkspaceStamps: Sendable, Hashable {
    /// More files than these are not looked at one by one.
    private static let mostFiles = 20_000
    /// File times move in steps of the system's clock tick, 10 milliseconds at most.
    private static let tickNanoseconds: Int64 = 11_000_000

    /// Names and facts, one file after the other.
    private var bytes: [UInt8] = []
    private var count = 0
    /// The latest change, in nanoseconds since 1970.
    private var newest: Int64 = 0

    static func == (left: Self, right: Self) -> Bool { left.bytes == right.bytes }
    func hash(into hasher: inout Hasher) { hasher.combine(bytes) }

    /// Looks at a folder; nil where it has too many files, or cannot be read whole.
    ///
    /// Left out is what checkpoints leave out, too: `.neo` at the top, and whatever `.git` holds. Times of folders are as
    /// well: walls put empty files into them for as long as something runs.
    init?(of folder: String) {
        let top = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard top >= 0, add(top, isTop: true, depth: 0) else { return nil }
    }

    /// Waits until every later change has a later time than those that were seen, so that it cannot be missed.
    ///
    /// - Returns: whether that is so; not where a file's time is far in the future.
    func settle() async throws -> Bool {
        let wait = newest + Self.tickNanoseconds - Self.now
        guard wait > 0 else { return true }
        guard wait <= 2 * Self.tickNanoseconds else { return false }
        try await Task.sleep(for: .nanoseconds(wait))
        return newest + Self.tickNanoseconds <= Self.now
    }

    private static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// - Parameter descriptor: the folder, which is closed.
    private mutating func add(_ descriptor: Int32, isTop: Bool, depth: Int) -> Bool {
        guard depth < 200, let folder = fdopendir(descriptor) else {
            close(descriptor)
            return false
        }
        defer { closedir(folder) }
        var names: [[UInt8]] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            guard name != Array(".".utf8), name != Array("..".utf8), !isTop || name != Array(".neo".utf8) else {
                continue
            }
            count += 1
            guard count <= Self.mostFiles else { return false }
            names.append(name)
        }
        // The system's order may change with what comes and goes.
        names.sort { $0.lexicographicallyPrecedes($1) }
        for name in names {
            bytes += name + [0]
            // That a folder is a repository of its own counts, not what is in it.
            if name == Array(".git".utf8) { continue }
            guard add(name, in: dirfd(folder), depth: depth) else { return false }
        }
        // Behind the last name of a folder; no name is empty.
        bytes.append(0)
        return true
    }

    private mutating func add(_ name: [UInt8], in folder: Int32, depth: Int) -> Bool {
        let path = name.map { CChar(bitPattern: $0) } + [0]
        var facts = stat()
        // What went away meanwhile is seen as a change next time.
        guard fstatat(folder, path, &facts, AT_SYMLINK_NOFOLLOW) == 0 else { return errno == ENOENT }
        guard facts.st_mode & S_IFMT != S_IFDIR else {
            append(facts.st_mode)
            let inner = openat(folder, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            return inner >= 0 && add(inner, isTop: false, depth: depth + 1)
        }
        #if canImport(Darwin)
            let (changed, written) = (facts.st_ctimespec, facts.st_mtimespec)
        #else
            let (changed, written) = (facts.st_ctim, facts.st_mtim)
        #endif
        append(facts.st_mode)
        append(facts.st_ino)
        append(facts.st_size)
        append(changed)
        append(written)
        newest = max(newest, Int64(changed.tv_sec) * 1_000_000_000 + Int64(changed.tv_nsec))
        return true
    }

    private mutating func append<Value: BitwiseCopyable>(_ value: Value) {
        withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
    }
}
