#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A file's bytes in memory, read from the disk only where they are touched.
///
/// Unchecked: the pages are mapped read-only, and live until the last owner is gone.
final class MappedFile: @unchecked Sendable {
    /// The path that was opened.
    let path: String
    /// The bytes; valid as long as this object.
    let bytes: UnsafeRawBufferPointer

    /// Maps a regular file.
    init(path: String) throws(EncodersError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw EncodersError(.unreadableFile, "\(path) cannot be opened: \(String(cString: strerror(errno))).")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw EncodersError(.unreadableFile, "\(path) is not a regular file.")
        }
        let count = Int(status.st_size)
        guard count > 0 else {
            throw EncodersError(.damagedFile, "\(path) is empty; download the model again.")
        }
        guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
            throw EncodersError(.unreadableFile, "\(path) cannot be mapped: \(String(cString: strerror(errno))).")
        }
        self.path = path
        bytes = UnsafeRawBufferPointer(start: start, count: count)
    }

    /// Lets the system drop the pages of a range from memory; they are read from the disk again where they are touched.
    func release(_ start: UnsafeRawPointer, count: Int) {
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        let lower = (Int(bitPattern: start) + page - 1) / page * page
        let upper = (Int(bitPattern: start) + count) / page * page
        // Pages at the ends hold neighbours too and stay. A refusal costs memory, nothing else.
        guard lower < upper, let address = UnsafeMutableRawPointer(bitPattern: lower) else { return }
        madvise(address, upper - lower, MADV_DONTNEED)
    }

    deinit {
        munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    }
}
