/// A tag that a text may hold between angle brackets, if it is one.
struct MarkupTag {
    /// What it is.
    enum Kind {
        /// `<https://…>`, `<doc:…>`.
        case address(String)
        /// `<Int>`: words, as in the name of a type; no program makes anything of them.
        case words
        /// A tag of HTML, or one that asks for a tool.
        case markup(String)
    }

    let kind: Kind
    /// The place behind it.
    let end: Int

    /// Tags whose content is no text.
    static let swallowed: Set<String> = ["script", "style", "iframe", "object", "svg", "math", "template", "noscript"]

    private static let names: Set<String> = [
        "a", "abbr", "address", "applet", "area", "article", "aside", "audio", "b", "base", "bdo", "big", "blink",
        "blockquote", "body", "br", "button", "canvas", "center", "code", "details", "dialog", "div", "em", "embed",
        "fieldset", "font", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header",
        "hr", "html", "i", "iframe", "image", "img", "input", "ins", "kbd", "label", "li", "link", "main", "marquee",
        "math", "meta", "nav", "noscript", "object", "ol", "option", "p", "param", "picture", "pre", "s", "script",
        "section", "select", "small", "source", "span", "strike", "strong", "style", "sub", "summary", "sup", "svg",
        "table", "tbody", "td", "template", "textarea", "th", "thead", "title", "tr", "tt", "u", "ul", "video", "xmp",
    ]
    /// What the names of tags hold with which models ask for tools.
    private static let tools = ["tool", "function", "invoke", "parameter", "system", "assistant", "thinking"]

    /// Reads a tag at the beginning of a text; nil where it is none, or has no end.
    init?(_ text: ArraySlice<Unicode.Scalar>) {
        var place = text.startIndex + 1
        var quote: Unicode.Scalar?
        while place < text.endIndex, place - text.startIndex < 4_000 {
            let scalar = text[place]
            if quote == nil, scalar == ">" { break }
            if quote == scalar { quote = nil } else if quote == nil, scalar == "\"" || scalar == "'" { quote = scalar }
            // Another one begins: this was none.
            if quote == nil, scalar == "<" { return nil }
            place += 1
        }
        guard place < text.endIndex, text[place] == ">" else { return nil }
        end = place + 1
        let content = String(String.UnicodeScalarView(text[(text.startIndex + 1)..<place]))
        let inner = content.hasPrefix("/") ? content.dropFirst() : content[...]
        guard let first = inner.unicodeScalars.first,
            InertText.isLetter(first) || first == "!" || first == "?" || first == "|"
        else { return nil }
        let name = inner.prefix { $0.isLetter || $0.isNumber || "_-".contains($0) }.lowercased()
        if inner.dropFirst(name.count).first == ":", !content.contains(where: \.isWhitespace) {
            kind = .address(content)
            return
        }
        let isTool = Self.tools.contains { name.contains($0) }
        let hasMore = content.contains { $0.isWhitespace || $0 == "=" || $0 == "/" || $0 == "\"" }
        kind = isTool || hasMore || Self.names.contains(name) || name.isEmpty ? .markup(name) : .words
    }

    /// The place behind the tag that closes one of a name; the end of the text where none does.
    static func end(of name: String, in text: [Unicode.Scalar], from start: Int) -> Int {
        let wanted = Array("</\(name)".unicodeScalars)
        var place = start
        while place + wanted.count <= text.count {
            let isHere = zip(wanted, text[place...]).allSatisfy {
                $0 == $1 || $0.properties.lowercaseMapping == $1.properties.lowercaseMapping
            }
            if isHere { return (text[place...].firstIndex(of: ">") ?? text.count - 1) + 1 }
            place += 1
        }
        return text.count
    }
}
