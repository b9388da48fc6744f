package import Base
package import LanguageModels
package import Sandbox

/// `write`: a whole file.
package struct WriteTool: Tool {
    private let files: WorkspaceFiles
    private let seen: SeenFiles

    package init(_ files: WorkspaceFiles, _ seen: SeenFiles) {
        self.files = files
        self.seen = seen
    }

    package let isIdempotent = true

    package var definition: ToolDefinition {
        ToolDefinition(
            name: "write",
            description:
                "Writes a whole file, with the folders above it. A file that exists must have been read before.",
            parameters: [
                "type": "object", "additionalProperties": false, "required": ["path", "content"],
                "properties": [
                    "path": ["type": "string", "description": "Absolute, or from the workspace."],
                    "content": ["type": "string"],
                ],
            ])
    }

    package func effects(of arguments: [String: JSONValue]) -> [ToolEffect] {
        [.writes(files.absolute(arguments["path"]?.string ?? ""))]
    }

    package func run(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome {
        let path = files.absolute(arguments["path"]?.string ?? "")
        let bytes = Array((arguments["content"]?.string ?? "").utf8)
        do {
            seen[path] = try files.write(bytes, to: path, expecting: seen[path])
            return ToolOutcome("\(path) is written: \(bytes.count) bytes.")
        } catch {
            // After a crash, the same write may find its own work done.
            if let there = try? files.read(path, limit: bytes.count + 1), there.bytes == bytes {
                seen[path] = there.stamp
                return ToolOutcome("\(path) is written: \(bytes.count) bytes.")
            }
            return .failed((error as? SandboxError)?.message ?? sentence(for: error))
        }
    }
}
