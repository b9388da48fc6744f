package import LanguageModels

/// What the events of a stream add up to.
package struct StreamedParts {
    private var text = ""
    private var reasoning = ""
    private var refusal = ""
    private var calls: [(id: String, name: String, arguments: String)] = []
    private var completions = 0
    private var strays = 0

    /// Adds up events.
    package init(_ events: [LanguageModelEvent]) {
        for event in events {
            switch event {
            case .text(let more): text += more
            case .reasoning(let more): reasoning += more
            case .refusal(let more): refusal += more
            case .toolCall(let index, let id, let name):
                if index == calls.count { calls.append((id, name, "")) } else { strays += 1 }
            case .toolCallArguments(let index, let fragment):
                if calls.indices.contains(index) { calls[index].arguments += fragment } else { strays += 1 }
            case .completed: completions += 1
            }
        }
    }

    /// How it differs from the whole that the stream ended in.
    package func violations(against message: AssistantMessage) -> [String] {
        var violations: [String] = []
        if text != message.text { violations.append("text is “\(text)” in pieces, “\(message.text)” as a whole.") }
        if reasoning != message.reasoning { violations.append("thoughts differ from those of the whole.") }
        if refusal != message.refusal ?? "" { violations.append("refusal differs from that of the whole.") }
        if calls.map({ ToolCall(id: $0.id, name: $0.name, arguments: $0.arguments) }) != message.toolCalls {
            violations.append("calls are \(calls) in pieces, \(message.toolCalls) as a whole.")
        }
        if completions != 1 { violations.append("stream completes \(completions) times.") }
        if strays > 0 { violations.append("calls are not numbered from 0, or continue before they begin.") }
        return violations
    }
}
