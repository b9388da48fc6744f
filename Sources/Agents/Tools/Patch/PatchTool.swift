package import Base
package import LanguageModels
package import Sandbox

/// `apply_patch`: changes several files at once, all of them or none.
package struct PatchTool: Tool {
    private static let mostBytes = 16 << 20
    private static let mostFiles = 200
    private let files: WorkspaceFiles
    private let seen: SeenFiles

    package init(_ files: WorkspaceFiles, _ seen: SeenFiles) {
        self.files = files
        self.seen = seen
    }

    package let isIdempotent = false

    package var definition: ToolDefinition {
        ToolDefinition(
            name: "apply_patch",
            description: """
                Applies a patch to several files: all of it, or nothing. Either a unified diff, or this form: \
                *** Begin Patch, then for each file *** Add File: PATH (each line after it begins with +), \
                *** Delete File: PATH, or *** Update File: PATH with hunks (an @@ line, then lines that begin with a \
                space, - or +), then *** End Patch.
                """,
            parameters: [
                "type": "object", "additionalProperties": false, "required": ["patch"],
                "properties": ["patch": ["type": "string"]],
            ])
    }

    package func effects(of arguments: [String: JSONValue]) -> [ToolEffect] {
        let patches = (try? PatchParser.parse(arguments["patch"]?.string ?? "")) ?? []
        return patches.flatMap { [$0.path] + ($0.destination.map { [$0] } ?? []) }.map { .writes(files.absolute($0)) }
    }

    package func run(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome {
        do {
            let patches = try PatchParser.parse(arguments["patch"]?.string ?? "")
            guard patches.count <= Self.mostFiles else {
                return .failed("The patch changes \(patches.count) files; at most \(Self.mostFiles) go at once.")
            }
            var steps: [Step] = []
            for patch in patches { steps += try self.steps(of: patch, after: steps) }
            try perform(steps)
            return ToolOutcome(patches.map(Self.line).joined(separator: "\n"))
        } catch let error as PatchError {
            return .failed(error.message + " Nothing was changed.")
        } catch {
            return .failed((error as? SandboxError)?.message ?? sentence(for: error))
        }
    }

    private static func line(_ patch: FilePatch) -> String {
        switch patch.kind {
        case .add: "added \(patch.path)"
        case .delete: "deleted \(patch.path)"
        case .update: patch.destination.map { "moved \(patch.path) to \($0)" } ?? "changed \(patch.path)"
        }
    }

    // MARK: Steps

    /// One file's change.
    private struct Step {
        let path: String
        /// What was there; nil where nothing was.
        let before: WorkspaceFiles.Content?
        /// What will be there; nil where nothing will be.
        let after: [UInt8]?
    }

    private func steps(of patch: FilePatch, after earlier: [Step]) throws -> [Step] {
        let path = files.absolute(patch.path)
        guard !earlier.contains(where: { $0.path == path }) else {
            throw PatchError("\(patch.path) stands in the patch twice: put all of its hunks together.")
        }
        switch patch.kind {
        case .add:
            guard (try? files.read(path, limit: 0)) == nil else {
                throw PatchError("\(patch.path) exists already: update it.")
            }
            return [Step(path: path, before: nil, after: Array(PatchedText.added(patch).utf8))]
        case .delete: return [Step(path: path, before: try content(of: path), after: nil)]
        case .update:
            let before = try content(of: path)
            guard let text = String(validating: before.bytes, as: UTF8.self) else {
                throw PatchError("\(patch.path) is no UTF-8 text.")
            }
            let after = Array(try PatchedText.apply(patch, to: text).utf8)
            guard let destination = patch.destination.map(files.absolute), destination != path else {
                return [Step(path: path, before: before, after: after)]
            }
            guard (try? files.read(destination, limit: 0)) == nil else {
                throw PatchError("\(destination) exists already: \(patch.path) cannot be moved there.")
            }
            return [
                Step(path: destination, before: nil, after: after), Step(path: path, before: before, after: nil),
            ]
        }
    }

    private func content(of path: String) throws -> WorkspaceFiles.Content {
        let content = try files.read(path, limit: Self.mostBytes)
        guard content.size == content.bytes.count else { throw PatchError("\(path) is too large to be patched.") }
        if let known = seen[path], known != content.stamp {
            throw PatchError("\(path) was changed by someone else since it was read: read it again.")
        }
        return content
    }

    /// Does all steps; where one fails, takes back those before it.
    private func perform(_ steps: [Step]) throws {
        var done: [(step: Step, stamp: FileStamp?)] = []
        do {
            for step in steps {
                guard let after = step.after else {
                    if let before = step.before { try files.remove(step.path, expecting: before.stamp) }
                    done.append((step, nil))
                    continue
                }
                done.append((step, try files.write(after, to: step.path, expecting: step.before?.stamp)))
            }
        } catch {
            var lost: [String] = []
            for (step, stamp) in done.reversed() where !takeBack(step, stamp) { lost.append(step.path) }
            let message = (error as? SandboxError)?.message ?? sentence(for: error)
            guard lost.isEmpty else {
                throw AgentsError(
                    .storage,
                    "\(message) These were changed before, and could not be taken back: "
                        + "\(lost.joined(separator: ", ")).")
            }
            throw PatchError(message)
        }
        for (step, stamp) in done { seen[step.path] = stamp }
    }

    private func takeBack(_ step: Step, _ stamp: FileStamp?) -> Bool {
        do {
            if let before = step.before {
                seen[step.path] = try files.write(before.bytes, to: step.path, expecting: stamp)
            } else if let stamp {
                try files.remove(step.path, expecting: stamp)
            }
            return true
        } catch { return false }
    }
}
