internal import LanguageModels

/// Messages as text for a model that summarises them.
enum Transcript {
    /// The text; where it is longer than the bound, results are shortened first, and then the middle is left out.
    static func text(of messages: ArraySlice<Message>, limit: Int) -> String {
        var text = ""
        for most in [4_000, 1_000, 300] {
            text = messages.map { line($0, most) }.joined(separator: "\n\n")
            if text.utf8.count <= limit { return text }
        }
        let half = max(0, limit / 2)
        return String(decoding: text.utf8.prefix(half), as: UTF8.self) + "\n\n… (left out) …\n\n"
            + String(decoding: text.utf8.suffix(half), as: UTF8.self)
    }

    private static func line(_ message: Message, _ most: Int) -> String {
        switch message {
        case .system(let text): "system: \(text)"
        case .user(let parts): "user: \(text(parts))"
        case .assistant(let message):
            (["model: \(message.text)"]
                + message.toolCalls.map { "calls \($0.name): \(short($0.arguments, most))" }).joined(separator: "\n")
        case .tool(let result): "\(result.isError ? "failure" : "result"): \(short(text(result.content), most))"
        }
    }

    private static func short(_ text: String, _ most: Int) -> String {
        guard text.utf8.count > most else { return text }
        return String(decoding: text.utf8.prefix(most / 2), as: UTF8.self) + " … "
            + String(decoding: text.utf8.suffix(most / 2), as: UTF8.self)
    }

    private static func text(_ parts: [ContentPart]) -> String {
        parts.map { if case .text(let text) = $0 { text } else { "(a picture)" } }.joined(separator: "\n")
    }
}
