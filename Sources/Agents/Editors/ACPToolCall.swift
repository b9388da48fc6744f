package import Base
package import LanguageModels

/// A call of a tool as an editor shows it: what kind of thing it is, a line about it, and the files that it is about.
///
/// It is made from the model's words alone, before anything was checked.
package struct ACPToolCall: Sendable {
    package let id: String
    private let name: String
    private let arguments: [String: JSONValue]
    /// What the model wrote, as JSON where it is.
    private let rawInput: JSONValue
    private let workspace: String

    package init(_ call: ToolCall, workspace: String) {
        id = call.id
        name = call.name
        let arguments = call.argumentsObject
        self.arguments = arguments ?? [:]
        rawInput = arguments.map(JSONValue.object) ?? .string(call.arguments)
        self.workspace = workspace
    }

    /// The fields of the protocol's `ToolCall`, without a state.
    package var fields: [String: JSONValue] {
        var fields: [String: JSONValue] = [
            "toolCallId": .string(id), "title": .string(ACPText.title(title)), "kind": .string(kind),
            "rawInput": rawInput,
        ]
        let places = places.map { path, line in
            JSONValue.object(["path": .string(path)].merging(dropping: ["line": line.map(JSONValue.integer)]))
        }
        if !places.isEmpty { fields["locations"] = .array(places) }
        return fields
    }

    /// What the protocol calls the kind of thing that the tool does.
    package var kind: String {
        switch name {
        case "read": "read"
        case "write", "edit": "edit"
        case "apply_patch":
            switch Set(patches.map { $0.destination == nil ? $0.kind : .update }) {
            case [.delete]: "delete"
            case [.update] where patches.allSatisfy({ $0.destination != nil }): "move"
            default: "edit"
            }
        case "glob", "grep": "search"
        case "shell", "jobs", "neo": "execute"
        case "fetch": "fetch"
        case PlanTool.name, CompactTool.name, "memory": "think"
        default: "other"
        }
    }

    private var title: String {
        switch name {
        case "read": "Read \(shown("path"))"
        case "write": "Write \(shown("path"))"
        case "edit": "Edit \(shown("path"))"
        case "apply_patch": "Change \(changed.map(relative).joined(separator: ", "))"
        case "glob": "Find \(text("pattern"))"
        case "grep": "Search for \(text("pattern"))" + (text("path").isEmpty ? "" : " in \(shown("path"))")
        case "shell": text("command")
        case "fetch": "Fetch \(text("url"))"
        case AskUserTool.name: "Ask: \(text("question"))"
        case CompactTool.name: "Make the conversation shorter"
        case "jobs": "\(text("action")) \(text("job"))"
        case "neo": "neo \(text("verb"))"
        case "memory", "skill": "\(name) \(text("action")) \(text("name"))"
        default: name
        }
    }

    /// The files that the call changes, by their absolute paths.
    package var changed: [String] {
        switch name {
        case "write", "edit": return text("path").isEmpty ? [] : [absolute(text("path"))]
        case "apply_patch":
            var paths: [String] = []
            for path in patches.flatMap({ [$0.path] + ($0.destination.map { [$0] } ?? []) }).map(absolute)
            where !paths.contains(path) { paths.append(path) }
            return paths
        default: return []
        }
    }

    /// What the call asks the user; nil where it asks nothing.
    var question: String? { name == AskUserTool.name ? text("question") : nil }

    /// The piece of text that an edit looks for; nil where the call is no edit.
    var soughtText: String? { name == "edit" ? text("old") : nil }

    private var places: [(path: String, line: Int?)] {
        switch name {
        case "read": [(absolute(text("path")), arguments["first_line"]?.integer)]
        case "grep", "glob":
            (arguments["path"] ?? arguments["folder"])?.string.map { [(absolute($0), nil)] } ?? []
        default: changed.map { ($0, nil) }
        }
    }

    // MARK: Changes, from the model's words

    /// What the call would change, as the protocol's differences: the pieces that the model wrote.
    package var pieces: [JSONValue] {
        switch name {
        case "write" where !changed.isEmpty: [ACPDifference.json(changed[0], nil, text("content"))]
        case "edit" where !changed.isEmpty:
            [ACPDifference.json(changed[0], text("old").isEmpty ? nil : text("old"), text("new"))]
        case "apply_patch": patches.flatMap(pieces)
        default: []
        }
    }

    private func pieces(of patch: FilePatch) -> [JSONValue] {
        let path = absolute(patch.destination ?? patch.path)
        switch patch.kind {
        case .add: return [ACPDifference.json(path, nil, PatchedText.added(patch))]
        // What stood there the patch does not say.
        case .delete: return []
        case .update:
            return patch.hunks.map { hunk in
                let new = hunk.lines.compactMap { line -> Substring? in
                    switch line {
                    case .context(let text), .added(let text): text
                    case .removed: nil
                    }
                }
                return ACPDifference.json(
                    path, hunk.old.joined(separator: "\n") + "\n", new.joined(separator: "\n") + "\n")
            }
        }
    }

    private var patches: [FilePatch] { (try? PatchParser.parse(text("patch"))) ?? [] }

    // MARK: Words

    private func text(_ name: String) -> String { arguments[name]?.string ?? "" }

    private func shown(_ name: String) -> String { relative(absolute(text(name))) }

    private func absolute(_ path: String) -> String {
        let whole = path.hasPrefix("/") ? path : workspace + "/" + path
        return "/" + whole.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }

    private func relative(_ path: String) -> String {
        path.hasPrefix(workspace + "/") ? String(path.dropFirst(workspace.count + 1)) : path
    }
}
