internal import LanguageModels

/// Calls of tools whose arguments arrive in fragments.
struct PartialToolCalls {
    private struct Partial {
        var id: String
        var name: String
        var arguments = ""
        var hasOwnID: Bool
    }

    private var partial: [Partial] = []
    /// Where the call that the server numbers so stands in `partial`.
    private var positions: [Int: Int] = [:]

    /// The calls, in the order in which they began.
    var calls: [ToolCall] { partial.map { ToolCall(id: $0.id, name: $0.name, arguments: $0.arguments) } }

    /// Adds a fragment.
    ///
    /// - Parameters:
    ///   - index: the server's number of the call; where it gives none, or the same to several (as Ollama did), the id
    ///     tells them apart.
    ///   - id: comes with the first fragment; some servers give none, and then the call is named by its position.
    mutating func add(index: Int?, id: String?, name: String?, arguments: String?) -> [LanguageModelEvent] {
        var events: [LanguageModelEvent] = []
        let id = id.flatMap { $0.isEmpty ? nil : $0 }
        let position: Int
        if let known = existing(index: index, id: id, hasName: name?.isEmpty == false) {
            position = known
        } else {
            position = partial.count
            partial.append(Partial(id: id ?? "call_\(position)", name: name ?? "", hasOwnID: id != nil))
            events.append(.toolCall(index: position, id: partial[position].id, name: partial[position].name))
        }
        if let index { positions[index] = position }
        if let arguments, !arguments.isEmpty {
            partial[position].arguments += arguments
            events.append(.toolCallArguments(index: position, fragment: arguments))
        }
        return events
    }

    private func existing(index: Int?, id: String?, hasName: Bool) -> Int? {
        if let id, let known = partial.firstIndex(where: { $0.id == id && $0.hasOwnID }) { return known }
        guard let index else { return id != nil || hasName ? nil : partial.indices.last }
        guard let position = positions[index] else { return nil }
        return id != nil && partial[position].hasOwnID ? nil : position
    }
}
