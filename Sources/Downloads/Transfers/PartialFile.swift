internal import Base

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A file that is being fetched: written as `path.partial`, hashed on the way, and given its name only when it is
/// whole, right and on the disk.
struct PartialFile: TransferSink, ~Copyable {
    /// What the file must become.
    let file: ModelEntry.File
    /// Where it must go.
    let path: String
    /// How many bytes are there.
    private(set) var count = 0

    private let descriptor: Int32
    private var hash = ContentHash.Builder()

    /// The name until the file is whole.
    private var partialPath: String { path + ".partial" }

    /// Opens what an earlier attempt left, or an empty file.
    init(_ file: ModelEntry.File, path: String) throws(DownloadsError) {
        self.file = file
        self.path = path
        descriptor = open(path + ".partial", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Self.failure("opened", path + ".partial") }
        count = hash.addFile(path + ".partial") ?? 0
        if count > file.size { try restart() }
        lseek(descriptor, off_t(count), SEEK_SET)
    }

    deinit {
        close(descriptor)
    }

    /// Throws away what is there.
    mutating func restart() throws(DownloadsError) {
        guard ftruncate(descriptor, 0) == 0 else { throw Self.failure("emptied", partialPath) }
        lseek(descriptor, 0, SEEK_SET)
        count = 0
        hash = ContentHash.Builder()
    }

    /// Adds bytes; refuses more than the file may have, so that a lying server cannot fill the disk.
    mutating func append(_ bytes: UnsafeRawBufferPointer) throws(DownloadsError) {
        guard count + bytes.count <= file.size else {
            try restart()
            throw DownloadsError(.damaged, "more than the expected \(file.size) bytes came for \(file.path)")
        }
        var rest = bytes
        while !rest.isEmpty {
            let written = write(descriptor, rest.baseAddress, rest.count)
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw noRoom(errno) ?? Self.failure("written", partialPath) }
            rest = UnsafeRawBufferPointer(rebasing: rest[written...])
        }
        hash.addPiece(bytes)
        count += bytes.count
    }

    /// The sentence for a disk that became full under way; nil for other errors. What is there stays.
    private func noRoom(_ number: Int32) -> DownloadsError? {
        let isLimit = number == EFBIG
        guard isLimit || number == ENOSPC || number == EDQUOT else { return nil }
        let what = isLimit ? "The largest size of a file (`ulimit -f`) is reached" : "The disk is full"
        return DownloadsError(
            .disk,
            "\(what): of \(file.path), \(ModelStore.megabytes(count)) of \(ModelStore.megabytes(file.size)) are in \(partialPath). "
                + (isLimit ? "Raise the limit" : "Make room for \(ModelStore.megabytes(file.size - count)) more")
                + " and run the command again; it goes on from there.")
    }

    /// Checks the content and gives the file its name; a file with a wrong content is removed.
    mutating func finish() throws(DownloadsError) {
        let found = hash.finish()
        guard count == file.size, found == file.hash else {
            unlink(partialPath)
            let wrong = count == file.size ? "SHA-256 \(found.short)…" : "\(count) of \(file.size) bytes"
            throw DownloadsError(.damaged, "\(file.path) came with \(wrong), not the content that was promised")
        }
        guard fsync(descriptor) == 0 else { throw Self.failure("synchronised", partialPath) }
        guard rename(partialPath, path) == 0 else { throw Self.failure("renamed", partialPath) }
    }

    private static func failure(_ verb: String, _ path: String) -> DownloadsError {
        DownloadsError(.disk, "\(path) cannot be \(verb): \(String(cString: strerror(errno))).")
    }
}
