#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A symbolic link where something protected is expected. Nothing can be mounted on a link, so it is looked at after the
/// run, and put back where it was changed.
struct ProtectedLink: Sendable, Hashable {
    let path: String
    let target: String

    /// Puts the link back where it is another one now.
    ///
    /// - Returns: whether it had been changed. What stood in its place is kept beside it.
    func restore() -> Bool {
        let files = FileManager.default
        if (try? files.destinationOfSymbolicLink(atPath: path)) == target { return false }
        try? files.moveItem(atPath: path, toPath: path + ".changed-in-sandbox")
        try? files.createSymbolicLink(atPath: path, withDestinationPath: target)
        return true
    }
}
