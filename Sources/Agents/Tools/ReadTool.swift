package import Base
package import LanguageModels
package import Sandbox

/// `read`: lines of a text file, with their numbers.
package struct ReadTool: Tool {
    private static let mostBytes = 4 << 20
    private static let usualLines = 400
    private let files: WorkspaceFiles
    private let seen: SeenFiles

    package init(_ files: WorkspaceFiles, _ seen: SeenFiles) {
        self.files = files
        self.seen = seen
    }

    package let isIdempotent = true

    package var definition: ToolDefinition {
        ToolDefinition(
            name: "read", description: "Reads lines of a text file. Each line comes with its number and a tab.",
            parameters: [
                "type": "object", "additionalProperties": false, "required": ["path"],
                "properties": [
                    "path": ["type": "string", "description": "Absolute, or from the workspace."],
                    "first_line": ["type": "integer", "minimum": 1, "description": "1 where not given."],
                    "lines": [
                        "type": "integer", "minimum": 1, "maximum": 2000,
                        "description": .string("\(Self.usualLines) where not given."),
                    ],
                ],
            ])
    }

    package func effects(of arguments: [String: JSONValue]) -> [ToolEffect] {
        [.reads(files.absolute(arguments["path"]?.string ?? ""))]
    }

    package func run(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome {
        let path = files.absolute(arguments["path"]?.string ?? "")
        let content: WorkspaceFiles.Content
        do { content = try files.read(path, limit: Self.mostBytes) } catch {
            return .failed((error as? SandboxError)?.message ?? sentence(for: error))
        }
        seen[path] = content.stamp
        guard !content.bytes.prefix(8_000).contains(0) else {
            return .failed("\(path) is no text: it is binary, \(content.size) bytes.")
        }
        let lines = content.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let count = lines.last?.isEmpty == true ? lines.count - 1 : lines.count
        let first = arguments["first_line"]?.integer ?? 1
        guard count > 0 else { return ToolOutcome("\(path) is empty.") }
        guard first <= count else { return .failed("\(path) has \(count) lines; there is no line \(first).") }
        let end = min(count, first - 1 + (arguments["lines"]?.integer ?? Self.usualLines))
        let shown = (first...end).map { "\($0)\t\(ToolText.shown(lines[$0 - 1]))" }.joined(separator: "\n")
        let bounded = ToolText.bounded(shown, in: context)
        let rest = end < count || content.size > content.bytes.count
        let note =
            rest
            ? "\n(lines \(first) to \(end) of \(content.size > content.bytes.count ? "more than " : "")\(count))" : ""
        return ToolOutcome(bounded.text + note, whole: bounded.whole)
    }
}
