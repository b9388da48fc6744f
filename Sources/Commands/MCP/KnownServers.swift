internal import Base
internal import Engineer
internal import MCP

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The servers that a folder knows: the user's own of `config.yaml`, and those of its `neo.yaml`.
///
/// A project's are started only in a folder that the user trusts, or when the user has said so of this very entry: what came
/// with a folder starts nothing by itself.
struct KnownServers: Sendable {
    /// One server, and whose it is.
    struct Known: Sendable {
        var setting: MCPServerSetting
        /// The file that names it.
        var place: String
        var isTrusted: Bool
    }

    let all: [Known]
    let trust: ServerTrust

    /// - Parameter file: the folder's `neo.yaml`; nil where there is none.
    init(
        workspace: String, user: ModelsConfiguration, file: ProjectFile?,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws {
        let trust = ServerTrust(folder: MCPHome.folder(environment))
        var all: [Known] = []
        if let json = user.agents["mcp"] {
            let home = String(user.path[..<(user.path.lastIndex(of: "/") ?? user.path.startIndex)])
            all += try MCPServerSetting.settings(from: json, in: user.path, folder: home).map {
                Known(setting: $0, place: user.path, isTrusted: true)
            }
        }
        if let json = file?.agents["mcp"] {
            let trusted = (user.agents["trusted"]?.array ?? []).compactMap(\.string).map { Project.absolute($0) }
            let isTrusted = trusted.contains { workspace == $0 || workspace.hasPrefix($0 + "/") }
            // The user's own counts, where both have the name.
            let own = Set(all.map(\.setting.name))
            all += try MCPServerSetting.settings(from: json, in: "neo.yaml", folder: workspace)
                .filter { !own.contains($0.name) }
                .map { Known(setting: $0, place: "neo.yaml", isTrusted: isTrusted || trust.holds($0)) }
        }
        self.trust = trust
        self.all = all.sorted { $0.setting.name < $1.setting.name }
    }

    /// Those of a folder, whether it is a project or not.
    init(in folder: String) throws {
        let workspace = try AgentCommand.existingFolder(folder)
        let isThere = FileManager.default.fileExists(atPath: workspace + "/neo.yaml")
        try self.init(
            workspace: workspace, user: try ModelsConfiguration.read(ProcessInfo.processInfo.environment),
            file: isThere ? try Project(opening: workspace).file : nil)
    }

    /// The server of a name, whether it is trusted or not.
    func named(_ name: String) throws(MCPError) -> Known {
        if let known = all.first(where: { $0.setting.name == name }) { return known }
        let names = all.map(\.setting.name)
        let hint = nearest(to: name, in: names).map { " Did you mean \"\($0)\"?" } ?? ""
        throw MCPError(
            .settings,
            "No server is called \"\(name)\".\(hint) "
                + (names.isEmpty
                    ? "None is known here: name some under `mcp:` in neo.yaml or config.yaml (docs/mcp.md)."
                    : "There are: \(names.joined(separator: ", "))."))
    }

    /// The setting of a server that may be used.
    func usable(_ name: String) throws(MCPError) -> MCPServerSetting {
        let known = try named(name)
        guard known.isTrusted else {
            throw MCPError(
                .settings,
                "The server \(name) stands in neo.yaml, which may be a stranger's: \(known.setting.place). Look at it, then say "
                    + "that you trust it: neo mcp trust \(name)")
        }
        return known.setting
    }
}

/// Which servers of projects the user trusts: hashes of their entries, in a file that only this user may read.
struct ServerTrust: Sendable {
    private let folder: String
    private var path: String { folder + "/trusted.json" }

    init(folder: String) { self.folder = folder }

    private var entries: [String: JSONValue] {
        guard let data = FileManager.default.contents(atPath: path) else { return [:] }
        return (try? JSONValue(parsing: data))?.object ?? [:]
    }

    /// Whether this very entry, in this folder, is trusted.
    func holds(_ setting: MCPServerSetting) -> Bool { entries[setting.hash.hex] != nil }

    /// Trusts it from now on.
    func add(_ setting: MCPServerSetting) throws {
        var entries = entries
        entries[setting.hash.hex] = ["server": .string(setting.name), "folder": .string(setting.folder)]
        let text = JSONValue.object(entries).prettyText + "\n"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
}
