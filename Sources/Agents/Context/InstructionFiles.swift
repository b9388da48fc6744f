#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What a project says to agents: `AGENTS.md`, or `CLAUDE.md` where there is none, from the root of the repository to the
/// working folder.
///
/// The nearest file counts most, so it stands last, and where all of them are too long, the farthest is cut first.
package enum InstructionFiles {
    /// Bytes of all files together.
    package static let limit = 32 << 10

    /// The files' text, with a heading each; nil where there are none.
    package static func text(for folder: String, limit: Int = limit) -> String? {
        var room = limit
        var parts: [String] = []
        for path in folders(above: folder).compactMap(file) {
            guard room > 0, let bytes = FileManager.default.contents(atPath: path) else { break }
            let kept = String(decoding: bytes.prefix(room), as: UTF8.self)
            room -= min(room, bytes.count)
            parts.append("# \(path)\(kept.utf8.count < bytes.count ? " (cut)" : "")\n\n\(kept)")
        }
        guard !parts.isEmpty else { return nil }
        return "The project's instructions to agents:\n\n" + parts.reversed().joined(separator: "\n\n")
    }

    /// The folder, and those above it up to the repository's root; the nearest first.
    private static func folders(above folder: String) -> [String] {
        var folders: [String] = []
        var here = folder
        while true {
            folders.append(here)
            if FileManager.default.fileExists(atPath: here + "/.git") { return folders }
            guard let end = here.lastIndex(of: "/"), end > here.startIndex else { return [folder] }
            here = String(here[..<end])
        }
    }

    private static func file(in folder: String) -> String? {
        ["AGENTS.md", "CLAUDE.md"].map { folder + "/" + $0 }.first {
            // A device or a FIFO that somebody planted would hang.
            // An empty one may be left behind by a run that was killed, and says nothing anyway.
            let facts = try? FileManager.default.attributesOfItem(atPath: $0)
            return facts?[.type] as? FileAttributeType == .typeRegular && facts?[.size] as? Int != 0
        }
    }
}
