internal import ArgumentParser
internal import Base
internal import Engineer
internal import MCP

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `neo mcp import`.
struct MCPImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take servers over from the settings of other programs.",
        discussion: """
            Example:
              neo mcp import
              neo mcp import .vscode/mcp.json
              neo mcp import .mcp.json --server time --server git

            Without a file, it looks for .mcp.json, .cursor/mcp.json and .vscode/mcp.json of the folder, and for
            ~/.claude.json, claude_desktop_config.json and ~/.codex/config.toml. It shows what it would write; only
            the servers that --server names are written into neo.yaml. Values of variables and headers are never
            copied, as they may be secrets: their names are.
            --json: {"found": [{"file", "name", "entry", "remarks"}], "written": [names], "remarks"}.
            """)

    @Argument(help: "The file; all well-known ones, where none is named.", completion: .file())
    var file: String?

    @Option(help: ArgumentHelp("Write this server into neo.yaml.", valueName: "name"))
    var server: [String] = []

    @OptionGroup var place: ServerFolder
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let workspace = try AgentCommand.existingFolder(place.folder)
        var found: [(file: String, server: MCPImporter.Found)] = []
        var remarks: [String] = []
        let files = file.map { [$0] } ?? Self.wellKnown(workspace)
        for path in files {
            guard let data = FileManager.default.contents(atPath: path),
                let text = String(validating: data, as: UTF8.self)
            else { throw MCPError(.settings, "\(path) cannot be read as text.") }
            let importer = try MCPImporter(text, path: path)
            found += importer.servers.map { (path, $0) }
            remarks += importer.remarks
        }
        let names = found.map(\.server.name)
        if let missing = server.first(where: { !names.contains($0) }) {
            let hint = nearest(to: missing, in: names).map { " Did you mean \"\($0)\"?" } ?? ""
            throw MCPError(.settings, "No server \(missing) was found.\(hint)")
        }
        let chosen = server.compactMap { name in found.first { $0.server.name == name }?.server }
        if !chosen.isEmpty { try ServerEntries.add(chosen, to: workspace) }
        try output.render([
            "found": .array(
                found.map { file, server in
                    [
                        "file": .string(file), "name": .string(server.name), "entry": server.entry,
                        "remarks": .array(server.remarks.map(JSONValue.string)),
                    ]
                }), "written": .array(chosen.map { .string($0.name) }),
            "remarks": .array(remarks.map(JSONValue.string)),
        ]) { Terminal.harmless(Self.text(found, remarks, chosen.map(\.name), looked: files.count)) }
    }

    private static func text(
        _ found: [(file: String, server: MCPImporter.Found)], _ remarks: [String], _ written: [String], looked: Int
    ) -> String {
        var lines = remarks
        if looked == 0 { lines.append("No settings of other programs were found: name a file.") }
        if !found.isEmpty {
            lines.append("mcp:")
            for (file, server) in found {
                lines.append("  # \(file)")
                lines += server.remarks.map { "  # \($0)" }
                lines.append("  \(server.name): \(server.entry.canonicalText)")
            }
            lines.append(
                written.isEmpty
                    ? "Nothing was written. Name what you want: neo mcp import --server \(found[0].server.name)"
                    : "Written into neo.yaml: \(written.joined(separator: ", ")). Then: neo mcp trust \(written[0])")
        }
        return lines.joined(separator: "\n")
    }

    private static func wellKnown(_ workspace: String) -> [String] {
        let home = ProcessInfo.processInfo.environment["HOME"] ?? FileManager.default.homeDirectoryForCurrentUser.path
        return [
            "\(workspace)/.mcp.json", "\(workspace)/.cursor/mcp.json", "\(workspace)/.vscode/mcp.json",
            "\(home)/.claude.json", "\(home)/.config/Claude/claude_desktop_config.json",
            "\(home)/Library/Application Support/Claude/claude_desktop_config.json", "\(home)/.cursor/mcp.json",
            "\(home)/.codex/config.toml",
        ].filter { FileManager.default.fileExists(atPath: $0) }
    }
}

/// Entries under `mcp:` of a `neo.yaml`, added without touching what else stands there.
enum ServerEntries {
    /// Adds servers.
    ///
    /// - Throws: `MCPError` where one has the name already, or the file has a form that only a person can change.
    static func add(_ servers: [MCPImporter.Found], to workspace: String) throws {
        let path = workspace + "/neo.yaml"
        let before = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let known = try before.isEmpty ? [:] : file(before).agents["mcp"]?.object ?? [:]
        if let taken = servers.first(where: { known[$0.name] != nil }) {
            throw MCPError(
                .settings, "neo.yaml has a server \(taken.name) already: change it there, or take it out first.")
        }
        var lines = before.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        while lines.last?.isEmpty == true { lines.removeLast() }
        var indent = "  "
        var position = lines.count
        if let head = lines.firstIndex(where: { $0 == "mcp:" || $0.hasPrefix("mcp: #") }) {
            position = head + 1
            if let child = lines[position...].first(where: { !$0.allSatisfy(\.isWhitespace) && !$0.hasPrefix("#") }) {
                let space = child.prefix { $0 == " " }
                if !space.isEmpty { indent = String(space) }
            }
        } else {
            if !lines.isEmpty { lines.append("") }
            lines.append("mcp:")
            position = lines.count
        }
        lines.insert(contentsOf: servers.map { "\(indent)\($0.name): \($0.entry.canonicalText)" }, at: position)
        let after = lines.joined(separator: "\n") + "\n"
        // Read again before it is written: what Neo writes, it can read.
        guard let all = try? file(after).agents["mcp"]?.object,
            servers.allSatisfy({ all[$0.name] == $0.entry }), known.allSatisfy({ all[$0.key] == $0.value })
        else {
            throw MCPError(
                .settings,
                "neo.yaml has a form of `mcp:` that Neo does not change by itself. Put in:\n"
                    + servers.map { "  \($0.name): \($0.entry.canonicalText)" }.joined(separator: "\n"))
        }
        try Data(after.utf8).write(to: URL(filePath: path), options: .atomic)
    }

    private static func file(_ text: String) throws -> ProjectFile {
        try ProjectFile(yaml: text, file: "neo.yaml", folderName: "folder")
    }
}
