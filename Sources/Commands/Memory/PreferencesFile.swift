internal import Agents
internal import Base
internal import Engineer
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What a person prefers everywhere: a list in Markdown beside `config.yaml`. Only people write to it: what an agent wrote there, perhaps
/// because a document told it to, would be heard in every folder.
enum PreferencesFile {
    static func path(_ environment: [String: String]) -> String {
        let settings = ModelsConfiguration.standardPath(environment)
        return settings.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            + "/memory/preferences.md"
    }

    /// Adds a line.
    static func add(_ text: String, to path: String) throws {
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        try WholeFile.makeFolder(folder)
        try withDirectoryLock(folder) {
            let before = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
            let page = before ?? "# What I prefer\n\nA point a line; agents in every folder are told them.\n\n"
            let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
            try WholeFile.write(Array((page + (page.hasSuffix("\n") ? "" : "\n") + "- \(line)\n").utf8), to: path)
        }
    }
}
