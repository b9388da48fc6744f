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

/// Files of Neo's own, as text.
enum TextFile {
    static func read(_ path: String) throws -> String {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw AgentsError(.session, "There is no session file \(path) that can be read.")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// How long a file is; nil where it is not there.
    static func size(_ path: String) -> Int? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
    }

    /// Bytes of a file from a place on, as many as there are; nil where it cannot be read.
    static func bytes(_ path: String, from place: Int, count: Int) -> [UInt8]? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        guard fseek(file, place, SEEK_SET) == 0 else { return nil }
        var bytes = [UInt8](repeating: 0, count: count)
        let got = fread(&bytes, 1, count, file)
        return Array(bytes.prefix(got))
    }

    /// The first line of a file, without its end; nil where there is none that is whole.
    static func firstLine(_ path: String) -> String? {
        guard let size = size(path) else { return nil }
        var count = 16 << 10
        while true {
            guard let bytes = bytes(path, from: 0, count: min(count, size)) else { return nil }
            if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
                return String(decoding: bytes[..<end], as: UTF8.self)
            }
            guard count < size else { return nil }
            count *= 4
        }
    }
}
