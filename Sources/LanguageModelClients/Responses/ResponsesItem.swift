internal import Base
internal import LanguageModels

/// An item of a response's output, as far as it has come.
struct ResponsesItem {
    /// What it becomes a part of an answer as.
    enum Kind { case text, refusal, reasoning, call }

    let kind: Kind
    /// Text, thoughts, or the JSON text of arguments.
    private(set) var text = ""
    var callID = ""
    var name = ""
    /// The call's number in the answer.
    var number = 0
    /// The server's name for its thoughts, and what only it can read of them.
    var id: String?
    var encrypted: String?
    private var lastPart = 0

    init(kind: Kind) { self.kind = kind }

    /// An item of which nothing but its head has come; nil where its kind is not known.
    init?(_ item: JSONValue) {
        switch item["type"]?.string {
        case "message":
            let first = item["content"]?.array?.first
            kind = first?["type"] == "refusal" ? .refusal : .text
        case "reasoning": kind = .reasoning
        case "function_call":
            kind = .call
            callID = item["call_id"]?.string ?? item["id"]?.string ?? ""
            name = item["name"]?.string ?? ""
        default: return nil
        }
    }

    /// Adds a piece; answers what is new, with an empty line between two parts of thoughts. Nil where it is of another kind.
    mutating func append(_ more: String, _ kind: Kind, part: Int) -> String? {
        guard kind == self.kind else { return nil }
        let gap = kind == .reasoning && part != lastPart && !text.isEmpty ? "\n\n" : ""
        lastPart = part
        text += gap + more
        return gap + more
    }

    /// The texts of a whole item.
    static func texts(of item: JSONValue) -> [(kind: Kind, text: String, part: Int)] {
        let parts = { (name: String) in (item[name]?.array ?? []).enumerated() }
        switch item["type"]?.string {
        case "function_call": return [(.call, item["arguments"]?.string ?? "", 0)]
        case "reasoning":
            let thoughts = parts("content").compactMap { part, value in
                value["text"]?.string.map { (kind: Kind.reasoning, text: $0, part: part) }
            }
            guard thoughts.isEmpty else { return thoughts }
            return parts("summary").compactMap { part, value in value["text"]?.string.map { (.reasoning, $0, part) } }
        default:
            return parts("content").compactMap { part, value in
                value["refusal"]?.string.map { (.refusal, $0, part) } ?? value["text"]?.string.map { (.text, $0, part) }
            }
        }
    }

    /// The part of an answer; nil where it says nothing.
    var part: AssistantMessage.Part? {
        switch kind {
        case .text: text.isEmpty ? nil : .text(text)
        case .refusal: text.isEmpty ? nil : .refusal(text)
        case .reasoning:
            text.isEmpty && encrypted == nil
                ? nil : .reasoning(Reasoning(text: text, signature: id, redactedData: encrypted))
        case .call: .toolCall(ToolCall(id: callID, name: name, arguments: text))
        }
    }
}
