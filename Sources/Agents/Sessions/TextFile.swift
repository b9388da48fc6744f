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
}
