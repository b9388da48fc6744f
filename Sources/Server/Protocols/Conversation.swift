internal import Base
internal import HTTPTypes
internal import RAG

/// A conversation in the form that the protocols of OpenAI and Anthropic share: messages with a role, and a text or a
/// list of parts.
///
/// The last message of the user is the question, the turns before it are its history. What systems and developers say is
/// taken and not read: the release decides how answers are written.
struct Conversation {
    /// The question with its history.
    let query: Query

    /// Reads the field `messages`.
    ///
    /// - Parameter instructions: the roles whose messages are not read.
    init(_ value: JSONValue?, instructions: Set<String>, options: ServerOptions) throws(RequestFailure) {
        guard let messages = value?.array, !messages.isEmpty else {
            throw .unusable("messages", "\"messages\" must be a list of messages that is not empty.")
        }
        var turns: [DialogueTurn] = []
        for (index, message) in messages.enumerated() {
            let place = "messages[\(index)]"
            guard let role = message["role"]?.string else {
                throw .unusable(place, "\(place) has no \"role\".")
            }
            if instructions.contains(role) { continue }
            guard role == "user" || role == "assistant" else {
                throw .unusable(
                    "\(place).role",
                    "\(place) has the role \"\(role.beginning(40))\"; here speak "
                        + (instructions.sorted() + ["user", "assistant"]).joined(separator: ", ") + ".")
            }
            let text = try Self.text(message["content"], of: role, at: "\(place).content")
            if !text.isEmpty { turns.append(DialogueTurn(isAnswer: role == "assistant", text: text)) }
        }
        guard let last = turns.lastIndex(where: { !$0.isAnswer }) else {
            throw .unusable("messages", "\"messages\" holds no question: no message of the role user has a text.")
        }
        let question = turns[last].text
        guard question.contains(where: { !$0.isWhitespace }) else {
            throw .unusable("messages", "The last message of the user is empty; it holds the question.")
        }
        let length = question.unicodeScalars.count
        guard length <= options.maximumQuestionCharacters else {
            throw .unusable(
                "messages",
                "The question has \(length) characters; the most that is read is \(options.maximumQuestionCharacters).")
        }
        let history = DialogueHistory(Array(turns[..<last]), maximumCharacters: options.maximumQuestionCharacters)
        query = Query(
            question, history: history.turns, limit: min(options.defaultPassages, options.maximumPassages))
    }

    private static func text(_ value: JSONValue?, of role: String, at place: String) throws(RequestFailure) -> String {
        if let text = value?.string { return text }
        // An assistant's turn may have had no text.
        if role == "assistant", value == nil || value == .null { return "" }
        guard let parts = value?.array else {
            throw .unusable(place, "\(place) must be a string or a list of parts of type text.")
        }
        var texts: [String] = []
        for (index, part) in parts.enumerated() {
            guard let type = part["type"]?.string else {
                throw .unusable("\(place)[\(index)]", "\(place)[\(index)] has no \"type\".")
            }
            if role == "assistant", type == "refusal" { continue }
            guard type == "text", let text = part["text"]?.string else {
                throw .unusable(
                    "\(place)[\(index)]",
                    "\(place)[\(index)] is of the type \"\(type.beginning(40))\"; only parts of type text are read.")
            }
            texts.append(text)
        }
        return texts.joined(separator: "\n")
    }
}

extension RequestFailure {
    /// A field of one of the protocols has a value that cannot be used.
    static func unusable(_ parameter: String, _ message: String) -> RequestFailure {
        RequestFailure(.badRequest, code: "invalid_value", message, parameter: parameter)
    }

    /// A field of one of the protocols asks for what this server does not do.
    static func unsupported(_ parameter: String, _ message: String) -> RequestFailure {
        RequestFailure(.badRequest, code: "unsupported_parameter", message, parameter: parameter)
    }
}
