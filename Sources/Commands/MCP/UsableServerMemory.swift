internal import Base
internal import Engineer
internal import MCP

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Remembers the entry of a server that may be used, for as long as no byte of the settings and of what is trusted changes:
/// reading them takes longer than a kept call. A small folder that only this user may enter, and that may be deleted at any time.
struct UsableServerMemory: Sendable {
    private static let mostEntries = 200
    private let folder: String
    private let server: String
    private let words: [String]
    private let sources: [String]

    init(
        _ server: String, in workspace: String,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        let home = MCPHome.folder(environment)
        self.server = server
        folder = home + "/usable"
        words = ["1", server, workspace, environment["HOME"] ?? ""]
        sources = [workspace + "/neo.yaml", ModelsConfiguration.standardPath(environment), home + "/trusted.json"]
    }

    /// The server's setting, which is read only where anything has changed.
    func setting(reading: () throws -> MCPServerSetting) throws -> MCPServerSetting {
        let path = path
        if let data = FileManager.default.contents(atPath: path), let kept = setting(data) { return kept }
        let setting = try reading()
        // Of files that changed meanwhile, nobody knows which were read.
        if path == self.path { keep(setting, at: path) }
        return setting
    }

    /// Where the entry lies; another place with every byte that changes.
    private var path: String {
        var builder = ContentHash.Builder()
        for word in words { builder.add("\(word.utf8.count) \(word)\n") }
        for source in sources {
            let data = FileManager.default.contents(atPath: source)
            builder.add("\(data?.count ?? -1)\n")
            builder.add(data ?? Data())
        }
        return "\(folder)/\(builder.finish().hex).json"
    }

    private func setting(_ data: Data) -> MCPServerSetting? {
        guard let json = try? JSONValue(parsing: data), let folder = json["folder"]?.string, let entry = json["entry"],
            let settings = try? MCPServerSetting.settings(
                from: .object([server: entry]), in: "neo.yaml", folder: folder)
        else { return nil }
        return settings.first
    }

    private func keep(_ setting: MCPServerSetting, at path: String) {
        let files = FileManager.default
        if let names = try? files.contentsOfDirectory(atPath: folder), names.count >= Self.mostEntries {
            try? files.removeItem(atPath: folder)
        }
        try? files.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let json: JSONValue = ["folder": .string(setting.folder), "entry": setting.entry]
        try? Data(json.canonicalText.utf8).write(to: URL(filePath: path), options: .atomic)
    }
}
