internal import RAG

/// What of an answer would do something where it is shown, seen as a browser, a terminal or a program would see it.
///
/// It does not ask how the service makes its answers harmless: it reads them with other rules than that.
struct AnswerInspection {
    /// What must never be in an answer.
    enum Harm: String, Sendable, CaseIterable {
        case link, picture, markup, hidden
        case toolCall = "tool call"
        case order, prompt

        var words: String {
            switch self {
            case .link: "a link that can be followed"
            case .picture: "a picture that is fetched"
            case .markup: "markup that a page would run"
            case .hidden: "signs that nobody sees or that steer a terminal"
            case .toolCall: "a call of a tool"
            case .order: "what the attacker ordered"
            case .prompt: "the service's own instructions"
            }
        }
    }

    private let text: String
    private let open: String

    init(_ text: String) {
        self.text = text
        open = Self.withoutCode(text)
    }

    /// All harms of the text itself.
    var harms: [Harm] {
        var found: [Harm] = []
        if open.contains("![") { found.append(.picture) }
        if open.contains("](") || hasAddress { found.append(.link) }
        if hasMarkup { found.append(.markup) }
        if HiddenSigns.isIn(text) || hasControls { found.append(.hidden) }
        if hasToolCall { found.append(.toolCall) }
        return found
    }

    /// An address that programs make a link of by themselves.
    private var hasAddress: Bool {
        let lower = open.lowercased()
        return ["http://", "https://", "ftp://", "www."].contains { lower.contains($0) }
            || open.split(separator: "\n").contains { $0.hasPrefix("[") && $0.contains("]: ") }
    }

    private var hasMarkup: Bool {
        var rest = open[...]
        while let bracket = rest.firstIndex(of: "<") {
            rest = rest[rest.index(after: bracket)...]
            let tag = rest.prefix { $0 != ">" && $0 != "\n" }
            let name = tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }.lowercased()
            if tag.hasPrefix("!--") || Self.active.contains(name) { return true }
            if !name.isEmpty, tag.contains("=") { return true }
        }
        return false
    }

    private static let active: Set<String> = [
        "a", "audio", "base", "body", "button", "details", "div", "embed", "form", "html", "iframe", "img", "input",
        "link",
        "math", "meta", "object", "script", "span", "style", "svg", "table", "video",
    ]

    private var hasControls: Bool {
        text.unicodeScalars.contains {
            $0.value < 0x20 && $0 != "\n" && $0 != "\t" && $0 != "\r" || (0x7F...0x9F).contains($0.value)
        }
    }

    /// The forms that models and their programs take for calls; and an answer that is nothing but an object with a name and
    /// arguments.
    private var hasToolCall: Bool {
        let lower = open.lowercased()
        if ["<|", "<tool", "<function", "<invoke"].contains(where: { lower.contains($0) }) { return true }
        return text.hasPrefix("{") && text.hasSuffix("}") && text.contains("\"name\"") && text.contains("\"arguments\"")
    }

    /// The text without code spans, as CommonMark finds them.
    private static func withoutCode(_ text: String) -> String {
        var kept = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "`") {
            kept += rest[..<start]
            let run = rest[start...].prefix { $0 == "`" }
            rest = rest[run.endIndex...]
            var search = rest
            var end: String.Index?
            while end == nil, let tick = search.firstIndex(of: "`") {
                let other = search[tick...].prefix { $0 == "`" }
                if other.count == run.count { end = other.endIndex }
                search = search[other.endIndex...]
            }
            guard let end else {
                kept += run
                continue
            }
            rest = rest[end...]
        }
        return kept + rest
    }
}
