#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Whole files of Neo's own, as text.
enum TextFile {
    static func read(_ path: String) throws -> String {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw AgentsError(.session, "There is no session file \(path) that can be read.")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The first line of a file, without its end; nil where there is none that is whole.
    static func firstLine(_ path: String) -> String? {
        guard let bytes = FileManager.default.contents(atPath: path), let end = bytes.firstIndex(of: UInt8(ascii: "\n"))
        else { return nil }
        return String(decoding: bytes[..<end], as: UTF8.self)
    }
}
