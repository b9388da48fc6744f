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

/// How control groups are made, changed and removed: as folders and files. Tests have folders that only look like groups.
struct ControlGroupFiles: Sendable {
    var make: @Sendable (_ folder: String) -> Bool
    var remove: @Sendable (_ folder: String) -> Bool

    static let kernel = ControlGroupFiles(make: { mkdir($0, 0o755) == 0 }, remove: { rmdir($0) == 0 })

    /// Writes a file that is there, in one call, as the kernel wants it.
    func write(_ text: String, _ path: String) -> Bool {
        let file = open(path, O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        let bytes = Array(text.utf8)
        return systemWrite(file, bytes, bytes.count) == bytes.count
    }

    /// The lines of a file; none where it is not there.
    static func lines(of path: String) -> [String] {
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// A number behind a key, of a file with a key and a number a line.
    static func number(_ key: String, in path: String) -> Int? {
        for line in lines(of: path) {
            let words = line.split(separator: " ")
            if words.count == 2, words[0] == key { return Int(words[1]) }
        }
        return nil
    }
}

private func systemWrite(_ file: Int32, _ bytes: [UInt8], _ count: Int) -> Int { write(file, bytes, count) }
