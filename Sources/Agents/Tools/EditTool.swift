package import Base
package import LanguageModels
package import Sandbox

/// `edit`: replaces a piece of a file that occurs once.
package struct EditTool: Tool {
    private static let mostBytes = 16 << 20
    /// Longer files are not shown where an edit fits nowhere.
    private static let shortBytes = 2_000
    private let files: WorkspaceFiles
    private let seen: SeenFiles

    package init(_ files: WorkspaceFiles, _ seen: SeenFiles) {
        self.files = files
        self.seen = seen
    }

    package let isIdempotent = false

    package var definition: ToolDefinition {
        ToolDefinition(
            name: "edit",
            description: """
                Replaces a piece of a file. `old` must occur exactly once, with its spaces and line ends; give more lines \
                around it where it does not.
                """,
            parameters: [
                "type": "object", "additionalProperties": false, "required": ["path", "old", "new"],
                "properties": [
                    "path": ["type": "string", "description": "Absolute, or from the workspace."],
                    "old": ["type": "string", "description": "What stands there now."],
                    "new": ["type": "string", "description": "What shall stand there."],
                    "all": ["type": "boolean", "description": "Replaces every occurrence."],
                ],
            ])
    }

    package func effects(of arguments: [String: JSONValue]) -> [ToolEffect] {
        [.writes(files.absolute(arguments["path"]?.string ?? ""))]
    }

    package func run(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome {
        let path = files.absolute(arguments["path"]?.string ?? "")
        let old = arguments["old"]?.string ?? ""
        let new = arguments["new"]?.string ?? ""
        do {
            guard let content = try content(of: path) else {
                guard old.isEmpty else {
                    return .failed("There is no file \(path). To make it, call edit with an empty `old`.")
                }
                seen[path] = try files.write(Array(new.utf8), to: path, expecting: nil)
                return ToolOutcome("\(path) is made: \(new.utf8.count) bytes.")
            }
            guard content.size == content.bytes.count else { return .failed("\(path) is too large to be edited.") }
            guard !old.isEmpty || content.bytes.isEmpty else {
                return .failed(
                    "\(path) exists: `old` must be the piece of it that is to be replaced.\(shown(content, path))")
            }
            guard old != new else { return .failed("`old` and `new` are the same.") }
            if let before = seen[path], before != content.stamp {
                return .failed("\(path) was changed by someone else since it was read: read it again.")
            }
            guard let text = String(validating: content.bytes, as: UTF8.self) else {
                return .failed("\(path) is no UTF-8 text.")
            }
            // An empty file's only piece is all of it.
            let pieces = old.isEmpty ? ["", ""] : Self.pieces(text, around: old)
            let count = pieces.count - 1
            guard count > 0 else { return .failed(Self.notFound(old, path, text) + shown(content, path)) }
            guard count == 1 || arguments["all"]?.bool == true else {
                return .failed("`old` occurs \(count) times in \(path): give more lines around it, or set `all`.")
            }
            let changed = pieces.joined(separator: new)
            seen[path] = try files.write(Array(changed.utf8), to: path, expecting: content.stamp)
            return ToolOutcome("\(path) is changed\(count > 1 ? " in \(count) places" : "").")
        } catch {
            return .failed((error as? SandboxError)?.message ?? sentence(for: error))
        }
    }

    /// The file; nil where there is none.
    private func content(of path: String) throws -> WorkspaceFiles.Content? {
        do { return try files.read(path, limit: Self.mostBytes) } catch let error as SandboxError {
            if error.code == .missing { return nil }
            throw error
        }
    }

    /// The text of a short file that was not read before: who edits what it has not read guesses, and would go on guessing.
    private func shown(_ content: WorkspaceFiles.Content, _ path: String) -> String {
        guard seen[path] == nil, content.bytes.count <= Self.shortBytes, !content.bytes.contains(0) else { return "" }
        seen[path] = content.stamp
        let lines = content.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return "\nThe file holds:\n"
            + lines.enumerated().map { "\($0 + 1)\t\(ToolText.shown($1))" }.joined(separator: "\n")
    }

    private static func pieces(_ text: String, around old: String) -> [String] {
        // By bytes: to Swift, a letter and its accent are one character, and line ends of two bytes as well.
        let bytes = Array(text.utf8)
        let wanted = Array(old.utf8)
        var pieces: [String] = []
        var start = 0
        var here = 0
        while here + wanted.count <= bytes.count {
            if bytes[here] == wanted[0], bytes[here..<here + wanted.count].elementsEqual(wanted) {
                pieces.append(String(decoding: bytes[start..<here], as: UTF8.self))
                here += wanted.count
                start = here
            } else {
                here += 1
            }
        }
        return pieces + [String(decoding: bytes[start...], as: UTF8.self)]
    }

    /// What stands in the file that is most like what was looked for.
    private static func notFound(_ old: String, _ path: String, _ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let wanted = old.split(separator: "\n", omittingEmptySubsequences: false)
        guard let nearest = NearestLines.find(wanted, in: lines) else { return "`old` does not occur in \(path)." }
        let shown = nearest.map { "\($0 + 1)\t\(ToolText.shown(String(lines[$0])))" }.joined(separator: "\n")
        return "`old` does not occur in \(path). The nearest lines are:\n\(shown)"
    }
}
