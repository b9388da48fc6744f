internal import LanguageModels

extension AgentState {
    /// The answer with a name for each call that no call of the session has had: small models and some servers count from
    /// the beginning at every answer, name calls alike, or give no name, and then nobody could tell which call a result
    /// answers.
    func withOwnCallIDs(_ message: AssistantMessage) -> AssistantMessage {
        var used = callIDs
        return AssistantMessage(
            parts: message.parts.map { part in
                guard case .toolCall(let call) = part else { return part }
                let id = Self.free(call.id, used)
                used.insert(id)
                return .toolCall(ToolCall(id: id, name: call.name, arguments: call.arguments))
            })
    }

    private static func free(_ id: String, _ used: Set<String>) -> String {
        // Servers refuse names that are long; this one is the model's.
        let base = id.isEmpty ? "call" : String(id.prefix(40))
        guard id.isEmpty || id.count > 40 || used.contains(id) else { return id }
        var number = used.count + 1
        while used.contains("\(base)-\(number)") { number += 1 }
        return "\(base)-\(number)"
    }
}
