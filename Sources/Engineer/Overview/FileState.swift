#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// What tells one state of a file from another without reading it.
package struct FileState: Sendable, Hashable {
    /// When it was last changed.
    package let changed: Date
    let bytes: Int

    /// Nil where there is no such file.
    package init?(_ path: String) {
        guard let facts = try? FileManager.default.attributesOfItem(atPath: path),
            facts[.type] as? FileAttributeType == .typeRegular, let changed = facts[.modificationDate] as? Date
        else { return nil }
        self.changed = changed
        bytes = facts[.size] as? Int ?? 0
    }
}
