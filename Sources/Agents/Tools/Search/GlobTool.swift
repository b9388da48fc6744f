package import Base
package import LanguageModels
package import Sandbox

/// `glob`: the names of files.
package struct GlobTool: Tool {
    private static let shownFiles = 300
    private let command: WallCommand
    private let files: WorkspaceFiles

    package init(_ sandbox: Sandbox, _ policy: SandboxPolicy, _ files: WorkspaceFiles) {
        command = .looking(sandbox, policy)
        self.files = files
    }

    package let isIdempotent = true

    package var definition: ToolDefinition {
        ToolDefinition(
            name: "glob",
            description: """
                Lists files by a pattern, such as src/**/*.swift or *.{md,txt}; a pattern without a slash fits names in \
                any folder. What version control ignores is left out.
                """,
            parameters: [
                "type": "object", "additionalProperties": false, "required": ["pattern"],
                "properties": [
                    "pattern": ["type": "string"],
                    "folder": ["type": "string", "description": "Where to look; the workspace where not given."],
                ],
            ])
    }

    package func effects(of arguments: [String: JSONValue]) -> [ToolEffect] {
        [.reads(files.absolute(arguments["folder"]?.string ?? "."))]
    }

    package func run(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome {
        let folder = files.absolute(arguments["folder"]?.string ?? ".")
        let text = arguments["pattern"]?.string ?? ""
        // A whole path means what lies below the folder.
        let pattern = PathPattern(text.hasPrefix(folder + "/") ? String(text.dropFirst(folder.count + 1)) : text)
        do {
            guard try files.isFolder(folder) else { return .failed("\(folder) is no folder.") }
            let listing = try await FileListing.files(in: folder, command)
            let found = listing.names.filter { pattern.fits($0) }.sorted()
            guard !found.isEmpty else {
                return ToolOutcome(
                    "No file below \(folder) fits \(text)\(listing.isCut ? ", as far as was looked" : "").")
            }
            var lines = found.prefix(Self.shownFiles).map { ToolText.shown(ToolText.oneLine($0)) }
            if found.count > lines.count { lines.append("(and \(found.count - lines.count) more)") }
            if listing.isCut { lines.append("(there are too many files: not all were looked at)") }
            return ToolOutcome(lines.joined(separator: "\n"))
        } catch let error as SandboxError {
            return .failed(error.message)
        } catch let error as AgentsError {
            return .failed(error.message)
        }
    }
}
