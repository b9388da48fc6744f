package import Base
package import LanguageModels
package import Sandbox

/// `grep`: lines of files that fit a regular expression.
package struct GrepTool: Tool {
    private static let shownLines = 250
    private let command: WallCommand
    private let files: WorkspaceFiles

    package init(_ sandbox: Sandbox, _ policy: SandboxPolicy, _ files: WorkspaceFiles) {
        command = .looking(sandbox, policy)
        self.files = files
    }

    package let isIdempotent = true

    package var definition: ToolDefinition {
        ToolDefinition(
            name: "grep",
            description: """
                Finds lines in files by an extended regular expression; gives path:line:text. What version control \
                ignores and binary files are left out.
                """,
            parameters: [
                "type": "object", "additionalProperties": false, "required": ["pattern"],
                "properties": [
                    "pattern": ["type": "string"],
                    "path": [
                        "type": "string", "description": "A file or folder; the workspace where not given.",
                    ],
                    "glob": ["type": "string", "description": "Only files that fit, such as *.swift."],
                    "ignore_case": ["type": "boolean"],
                    "context": ["type": "integer", "minimum": 0, "maximum": 20, "description": "Lines around each."],
                ],
            ])
    }

    package func effects(of arguments: [String: JSONValue]) -> [ToolEffect] {
        [.reads(files.absolute(arguments["path"]?.string ?? "."))]
    }

    package func run(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome {
        let path = files.absolute(arguments["path"]?.string ?? ".")
        let pattern = arguments["pattern"]?.string ?? ""
        guard !pattern.isEmpty, !pattern.utf8.contains(0) else { return .failed("`pattern` is empty, or holds NUL.") }
        var command = command
        command.mostBytes = 4 << 20
        // git takes paths from where it starts, and wants to start above them.
        let workspace = files.absolute(".")
        let isFolder = (try? files.isFolder(path)) ?? false
        let start = path == workspace || path.hasPrefix(workspace + "/") ? workspace : isFolder ? path : nil
        command.policy.directory = start ?? String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        let below = path.dropFirst((command.policy.directory ?? "").count).drop { $0 == "/" }
        do {
            let output = try await command.run(Self.line(pattern, below.isEmpty ? "." : "./" + below, arguments))
            // 1 means that nothing was found; git says 128 where the expression is none, rg and grep say 2.
            guard output.status < 2 || !output.bytes.isEmpty else {
                return .failed(
                    output.errors.isEmpty
                        ? "The search ended with status \(output.status)." : ToolText.shown(output.errors))
            }
            guard !output.bytes.isEmpty else { return ToolOutcome("Nothing in \(path) fits \(pattern).") }
            var lines = output.bytes.split(separator: UInt8(ascii: "\n"))
            if output.isCut { lines.removeLast() }
            let shown = lines.prefix(Self.shownLines).map { ToolText.shown($0) }.joined(separator: "\n")
            let bounded = ToolText.bounded(shown, in: context)
            let rest = lines.count - Self.shownLines
            return ToolOutcome(
                bounded.text + (rest > 0 ? "\n(and \(output.isCut ? "more than " : "")\(rest) lines more)" : ""),
                whole: bounded.whole)
        } catch let error as SandboxError {
            return .failed(error.message)
        }
    }

    /// `rg`, else `git grep`, which know what is ignored; else `grep`.
    private static func line(_ pattern: String, _ path: String, _ arguments: [String: JSONValue]) -> [String] {
        let ignoresCase = arguments["ignore_case"]?.bool == true
        let context = arguments["context"]?.integer ?? 0
        let glob = arguments["glob"]?.string
        if let rg = WallCommand.path(of: "rg") {
            return [
                rg, "--no-config", "--line-number", "--with-filename", "--no-heading", "--color=never", "--sort=path",
                "--hidden", "--glob=!.git", "--context=\(context)",
            ] + (ignoresCase ? ["--ignore-case"] : []) + (glob.map { ["--glob=\($0)"] } ?? [])
                + ["--regexp=\(pattern)", "--", path]
        }
        if let git = WallCommand.path(of: "git") {
            // Attributes in the files could name another program to show them.
            let names = glob.map { $0.contains("/") ? $0 : "**/" + $0 }
            let paths = names.map { ":(glob)\(path == "." ? "" : path.dropFirst(2) + "/")\($0)" } ?? path
            return [
                git, "-c", "core.pager=cat", "grep", "--no-index", "--exclude-standard", "--no-textconv", "-I", "-n",
                "-E",
                "--no-color", "-C", String(context),
            ] + (ignoresCase ? ["-i"] : []) + ["-e", pattern, "--", paths]
        }
        return ["/bin/grep", "-rnIE", "-D", "skip", "--exclude-dir=.git", "-C", String(context)]
            + (ignoresCase ? ["-i"] : []) + (glob.map { ["--include=\($0)"] } ?? []) + ["-e", pattern, "--", path]
    }
}
