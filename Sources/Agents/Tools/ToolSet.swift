package import Base
package import LanguageModels

/// The tools of a session, in an order that never changes, so that servers can keep what they computed of them.
package struct ToolSet: Sendable {
    private let tools: [any Tool]
    private let byName: [String: any Tool]

    /// A set. Of two tools with one name, the first counts.
    package init(_ tools: [any Tool]) {
        var byName: [String: any Tool] = [:]
        self.tools = tools.filter { byName.updateValue($0, forKey: $0.definition.name) == nil }
        self.byName = byName
    }

    /// What the model is told.
    package var definitions: [ToolDefinition] { tools.map(\.definition) }

    /// A call that can be judged and run, or what the model did wrong.
    package enum Checked: Sendable {
        case call(any Tool, [String: JSONValue])
        case wrong(String)
    }

    /// Checks a call's name and arguments, which are brought into the schema's form where only their way of being written is wrong.
    package func check(_ call: ToolCall) -> Checked {
        guard let tool = byName[call.name] else {
            let names = tools.map(\.definition.name).joined(separator: ", ")
            return .wrong("There is no tool \"\(call.name)\". There are: \(names).")
        }
        guard let arguments = call.argumentsObject else {
            return .wrong(
                "The arguments of \(call.name) are no JSON object: \(call.arguments.prefix(200)). Write one that has the "
                    + "form \(tool.definition.parameters.canonicalText).")
        }
        let problems = JSONSchemaCheck.problems(of: .object(arguments), against: tool.definition.parameters)
        guard problems.isEmpty else {
            let repaired = ArgumentRepair.repaired(.object(arguments), to: tool.definition.parameters)
            if let members = repaired?.object { return .call(tool, members) }
            return .wrong(
                "The arguments of \(call.name) do not have the right form: \(problems.joined(separator: "; ")). The form "
                    + "is \(tool.definition.parameters.canonicalText).")
        }
        return .call(tool, arguments)
    }

    /// Whether a call changes nothing.
    package func onlyReads(_ call: ToolCall) -> Bool {
        guard case .call(let tool, let arguments) = check(call) else { return true }
        return tool.effects(of: arguments).allSatisfy { if case .reads = $0 { true } else { false } }
    }

    /// Whether a call may simply run again.
    package func isIdempotent(_ call: ToolCall) -> Bool { byName[call.name]?.isIdempotent ?? true }
}
