#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension ModelStore {
    /// Refuses at once what a disk has no room for: nobody wants to hear that after a gigabyte.
    static func requireRoom(
        for entry: ModelEntry, in staging: String, free: (String) -> Int? = freeBytes
    ) throws(DownloadsError) {
        guard let free = free(staging) else { return }
        let there = entry.files.map { file in
            size(of: "\(staging)/\(file.path)") + size(of: "\(staging)/\(file.path).partial")
        }.reduce(0, +)
        try requireRoom(entry.size - there, for: "The model \(entry.name)", in: staging, free: { _ in free })
    }

    /// The same for so many bytes.
    static func requireRoom(
        _ missing: Int, for what: String, in staging: String, free: (String) -> Int? = freeBytes
    ) throws(DownloadsError) {
        guard let free = free(staging), missing > free else { return }
        throw DownloadsError(
            .disk,
            "\(what) needs \(megabytes(missing)) more, and \(staging) has room for \(megabytes(free)). "
                + "Make room, or set NEO_HOME or XDG_CACHE_HOME to a folder on another disk."
        )
    }

    private static func size(of path: String) -> Int {
        ((try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int) ?? 0
    }

    /// What this user may still write to the disk of a folder; nil where the system does not say.
    static func freeBytes(_ folder: String) -> Int? {
        var facts = statvfs()
        guard statvfs(folder, &facts) == 0 else { return nil }
        return Int(
            clamping: UInt64(facts.f_bavail).multipliedReportingOverflow(by: UInt64(facts.f_frsize)).partialValue)
    }
}
