internal import CSandbox

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The files of a workspace under the same policy as what runs inside walls, for tools that read and write by themselves.
///
/// A file is opened beneath its root and only then judged, by where it really lies: links that lead out, devices and
/// FIFOs that somebody planted neither leak nor hang.
package struct WorkspaceFiles: Sendable {
    private let roots: [String]
    private let writable: [String]
    private let hidden: [String]
    private let protected: [String]
    private let replaced: [String: [UInt8]]

    /// The files that a policy shows.
    package init(_ policy: SandboxPolicy) throws {
        writable = try policy.writable.map(MountPlan.existing)
        roots = writable + (try policy.readable.map(MountPlan.existing))
        hidden = policy.hidden.map(Self.resolved)
        protected = (policy.protected + policy.protectedWhereThere).map(Self.resolved)
        replaced = Dictionary(policy.replaced.map { (Self.resolved($0.key), $0.value) }) { first, _ in first }
    }

    /// A file's content, and what it was when it was read.
    package struct Content: Sendable, Hashable {
        package var bytes: [UInt8]
        package var stamp: FileStamp
        /// The whole length, where more was there than was read.
        package var size: Int
    }

    /// Reads a regular file, at most `limit` bytes.
    package func read(_ path: String, limit: Int) throws -> Content {
        let (root, rest) = try place(path, among: roots)
        let file = try open(root, rest, path, O_RDONLY | O_NONBLOCK)
        defer { close(file) }
        let real = try realPath(of: file, path)
        if let bytes = replaced[real] {
            return Content(bytes: Array(bytes.prefix(limit)), stamp: FileStamp(size: bytes.count), size: bytes.count)
        }
        guard !isHidden(real) else { throw Self.isMissing(path) }
        let stamp = try FileStamp(file, path)
        guard stamp.isRegular else { throw SandboxError(.policy, "\(path) is no regular file.") }
        var bytes = [UInt8](repeating: 0, count: min(limit, stamp.size))
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                pread(file, buffer.baseAddress.map { $0 + count }, buffer.count - count, off_t(count))
            }
            guard got > 0 else { break }
            count += got
        }
        return Content(bytes: Array(bytes.prefix(count)), stamp: stamp, size: stamp.size)
    }

    /// Whether a folder is there that may be seen.
    package func isFolder(_ path: String) throws -> Bool {
        let (root, rest) = try place(path, among: roots)
        let file = try open(root, rest, path, O_RDONLY | O_NONBLOCK)
        defer { close(file) }
        guard !isHidden(try realPath(of: file, path)) else { throw Self.isMissing(path) }
        return try FileStamp(file, path).isFolder
    }

    /// Replaces a file's content, or makes the file with the folders above it. A reader sees the old content or the new.
    ///
    /// - Parameter expected: what the file was when it was read; nil where it should not exist yet.
    /// - Throws: `SandboxError` where it has changed since, or may not be changed.
    /// - Returns: what it is now.
    @discardableResult
    package func write(_ bytes: [UInt8], to path: String, expecting expected: FileStamp?) throws -> FileStamp {
        let (root, rest) = try place(path, among: writable)
        guard let name = rest.split(separator: "/").last.map(String.init), name != "." else {
            throw SandboxError(.policy, "\(path) is a folder.")
        }
        let folder = try makeFolders(root, rest.split(separator: "/").dropLast().map(String.init), path)
        defer { close(folder) }
        let real = try realPath(of: folder, path) + "/" + name
        guard !isHidden(real), replaced[real] == nil, !isProtected(real) else {
            throw SandboxError(.policy, "\(path) may not be changed: it is protected.")
        }
        var found = stat()
        let exists = fstatat(folder, name, &found, AT_SYMLINK_NOFOLLOW) == 0
        let now = exists ? FileStamp(found) : nil
        if let now, !now.isRegular { throw SandboxError(.policy, "\(path) is no regular file: it stays as it is.") }
        guard now == expected else {
            throw SandboxError(
                .policy,
                expected == nil
                    ? "\(path) exists already: read it, then change it."
                    : "\(path) was changed by someone else since it was read: read it again.")
        }
        return try replace(name, in: folder, path, bytes, mode: exists ? found.st_mode & 0o777 : 0o644)
    }

    /// Removes a file.
    package func remove(_ path: String, expecting expected: FileStamp) throws {
        let (root, rest) = try place(path, among: writable)
        let names = rest.split(separator: "/").map(String.init)
        guard let name = names.last else { throw SandboxError(.policy, "\(path) is a folder.") }
        let above = names.dropLast().joined(separator: "/")
        let folder = try open(root, above.isEmpty ? "." : above, path, O_RDONLY | O_DIRECTORY)
        defer { close(folder) }
        let real = try realPath(of: folder, path) + "/" + name
        var found = stat()
        guard !isHidden(real), !isProtected(real), fstatat(folder, name, &found, AT_SYMLINK_NOFOLLOW) == 0,
            FileStamp(found) == expected, unlinkat(folder, name, 0) == 0
        else { throw SandboxError(.policy, "\(path) could not be removed: it is protected, or was changed.") }
    }

    private func replace(
        _ name: String, in folder: Int32, _ path: String, _ bytes: [UInt8], mode: mode_t
    ) throws -> FileStamp {
        let temporary = ".\(name.prefix(100)).\(getpid()).part"
        unlinkat(folder, temporary, 0)
        let file = openat(folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
        guard file >= 0 else { throw Self.problem("written", path) }
        defer { close(file) }
        var done = fchmod(file, mode) == 0
        var rest = bytes[...]
        while done, !rest.isEmpty {
            let written = rest.withUnsafeBytes { systemWrite(file, $0.baseAddress, $0.count) }
            done = written > 0
            rest = rest.dropFirst(max(0, written))
        }
        guard done, fsync(file) == 0, renameat(folder, temporary, folder, name) == 0 else {
            let error = Self.problem("written", path)
            unlinkat(folder, temporary, 0)
            throw error
        }
        return try FileStamp(file, path)
    }

    // MARK: Paths

    /// The path from the machine's root; a relative one begins at the first writable folder.
    package func absolute(_ path: String) -> String {
        let whole = path.hasPrefix("/") ? path : (writable.first ?? "") + "/" + path
        let names = whole.split(separator: "/").filter { $0 != "." }
        return "/" + names.joined(separator: "/")
    }

    private func place(_ path: String, among roots: [String]) throws -> (root: String, rest: String) {
        let absolute = absolute(path)
        guard !absolute.utf8.contains(0),
            let root = roots.filter({ MountPlan.isInside(absolute, $0) }).max(by: { $0.count < $1.count })
        else {
            throw SandboxError(
                .policy,
                "\(path) is outside of what may be \(roots == writable ? "changed" : "read"): \(roots.joined(separator: ", "))."
            )
        }
        let rest = absolute.dropFirst(root.count).drop { $0 == "/" }
        return (root, rest.isEmpty ? "." : String(rest))
    }

    private func open(_ root: String, _ rest: String, _ path: String, _ flags: Int32) throws -> Int32 {
        let folder = systemOpen(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        // A policy may show a single file.
        if folder < 0, rest == "." {
            let file = systemOpen(root, flags | O_NOFOLLOW | O_CLOEXEC)
            guard file >= 0 else { throw Self.problem("opened", path) }
            return file
        }
        defer { close(folder) }
        let file = neo_sandbox_open_beneath(folder, rest, flags, 0)
        guard file >= 0 else {
            if errno == EXDEV || errno == ELOOP {
                throw SandboxError(.policy, "\(path) leads out of \(root), and is not followed.")
            }
            throw errno == ENOENT ? Self.isMissing(path) : Self.problem("opened", path)
        }
        return file
    }

    private func makeFolders(_ root: String, _ names: [String], _ path: String) throws -> Int32 {
        var here = try open(root, ".", path, O_RDONLY | O_DIRECTORY)
        for name in names where name != "." {
            var next = neo_sandbox_open_beneath(here, name, O_RDONLY | O_DIRECTORY, 0)
            if next < 0, errno == ENOENT {
                let real = try realPath(of: here, path) + "/" + name
                let isAllowed = !isHidden(real) && !isProtected(real)
                if isAllowed, mkdirat(here, name, 0o755) == 0 || errno == EEXIST {
                    next = neo_sandbox_open_beneath(here, name, O_RDONLY | O_DIRECTORY, 0)
                }
            }
            let error = next < 0 ? Self.problem("written", path) : nil
            close(here)
            if let error { throw error }
            here = next
        }
        return here
    }

    private func realPath(of file: Int32, _ path: String) throws -> String {
        #if os(Linux)
            let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(file)")
        #else
            var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
            let link = fcntl(file, F_GETPATH, &buffer) == 0 ? String(cString: buffer) : nil
        #endif
        guard let link else { throw Self.problem("found", path) }
        return link
    }

    private func isHidden(_ real: String) -> Bool { hidden.contains { MountPlan.isInside(real, $0) } }

    /// Protected, and not named as writable by a narrower rule.
    private func isProtected(_ real: String) -> Bool {
        guard let rule = protected.filter({ MountPlan.isInside(real, $0) }).map(\.count).max() else { return false }
        return !writable.contains { $0.count >= rule && MountPlan.isInside(real, $0) }
    }

    private static func resolved(_ path: String) -> String { (try? MountPlan.existing(path)) ?? path }

    private static func isMissing(_ path: String) -> SandboxError { SandboxError(.missing, "There is no \(path).") }

    private static func problem(_ what: String, _ path: String) -> SandboxError {
        SandboxError(.policy, "\(path) could not be \(what): \(String(cString: strerror(errno))).")
    }
}

private func systemOpen(_ path: String, _ flags: Int32) -> Int32 { open(path, flags) }
private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int { write(file, bytes, count) }
