internal import Base
internal import Synchronization

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The files of a cache, one a value, in 256 folders by the first digits of the key.
///
/// Safe for several processes: files appear by rename and are never changed, and a file that another process removed is
/// just missing. Nothing waits for the disk, because a file that a loss of power cut short fails its checksum.
final class CacheFolder: Sendable {
    /// What reading a key found.
    enum Lookup {
        case missing
        case value([UInt8])
        /// There is a file, but not with this value.
        case damaged
    }

    private let path: String
    private let limitBytes: Int
    private let time: TimeSource
    private let write: FileWriter
    /// How many bytes there are, as far as this process knows; nil before the first look.
    private let total = Mutex<Int?>(nil)
    private let temporaries = Atomic<Int>(0)

    /// Writes a file; a parameter so that tests can fill the disk.
    typealias FileWriter = @Sendable (_ path: String, _ parts: [[UInt8]]) throws(POSIXFailure) -> Void

    init(_ path: String, limitBytes: Int, time: TimeSource, write: @escaping FileWriter) {
        self.path = path
        self.limitBytes = limitBytes
        self.time = time
        self.write = write
    }

    /// The file of a key.
    func file(of key: ContentHash) -> String {
        "\(path)/\(key.hex.prefix(2))/\(key.hex.dropFirst(2))"
    }

    /// Reads and checks a value, and marks it as used.
    func read(_ key: ContentHash) throws(POSIXFailure) -> Lookup {
        let file: OpenFile
        do {
            file = try OpenFile(self.file(of: key), flags: OpenFile.readOnly)
        } catch {
            guard error.isMissing else { throw error }
            return .missing
        }
        let length = try file.size() - CacheEntry.headerLength
        guard length >= 0 else { return .damaged }
        let header = try file.readToEnd(limit: CacheEntry.headerLength)
        let value = try file.readToEnd(limit: length)
        guard CacheEntry.isIntact(header: header, value: value, key: key) else { return .damaged }
        stamp(file.path)
        return .value(value)
    }

    /// Removes a value.
    func remove(_ key: ContentHash) {
        _ = removeFile(file(of: key))
    }

    /// Writes a value and makes room for it; returns how many others were removed, or nil where the value is larger
    /// than the whole cache may be and was left out.
    func store(_ value: [UInt8], for key: ContentHash) throws(POSIXFailure) -> Int? {
        let size = CacheEntry.headerLength + value.count
        guard size <= limitBytes else { return nil }
        let file = file(of: key)
        let temporary = "\(path)/temporary/\(processNumber)-\(temporaries.add(1, ordering: .relaxed).newValue)"
        try createDirectory("\(path)/temporary")
        try createDirectory(directory(of: file))
        do {
            try write(temporary, [CacheEntry.header(of: value, key: key), value])
            stamp(temporary)
            try renameFile(temporary, to: file)
        } catch {
            _ = removeFile(temporary)
            throw error
        }
        let isOver = total.withLock { total in
            guard let known = total else { return true }
            total = known + size
            return known + size > limitBytes
        }
        return isOver ? makeRoom(keeping: file) : 0
    }

    /// Looks at all files, those of other processes too, and removes the longest unused ones if they are too many.
    private func makeRoom(keeping newest: String) -> Int {
        var files = list()
        var sum = files.reduce(0) { $0 + $1.bytes }
        var removed = 0
        if sum > limitBytes {
            files.sort { ($0.used, $0.path) < ($1.used, $1.path) }
            // A little more than needed, or each further value would cause a look at all files.
            let goal = limitBytes - limitBytes / 10
            for file in files where sum > goal && file.path != newest {
                guard removeFile(file.path) else { continue }
                sum -= file.bytes
                removed += 1
            }
        }
        total.withLock { $0 = sum }
        return removed
    }

    private func list() -> [FileFacts] {
        var files: [FileFacts] = []
        let manager = FileManager.default
        for folder in (try? manager.contentsOfDirectory(atPath: path)) ?? [] {
            for name in (try? manager.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? [] {
                guard let facts = FileFacts("\(path)/\(folder)/\(name)") else { continue }
                if folder.utf8.count == 2 {
                    files.append(facts)
                } else if facts.used < time.now().timeIntervalSince1970 - 3600 {
                    // Left behind by a process that was killed while it wrote.
                    _ = removeFile(facts.path)
                }
            }
        }
        return files
    }

    private func stamp(_ file: String) {
        setLastUse(of: file, to: time.now().timeIntervalSince1970)
    }
}
