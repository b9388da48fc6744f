/// Makes a text of Markdown one that does nothing where it is shown: links and pictures become their words, addresses
/// stand in backticks, tags and comments go, and so do signs that nobody sees.
///
/// Answers repeat what stands in documents, and whoever writes a document would else write into the pages and terminals of
/// those who ask: a picture's address tells its server that somebody asked, a script acts for them. What stands in code
/// spans stays: no program makes anything of it.
package struct InertText {
    private let scalars: [Unicode.Scalar]
    private var result = String.UnicodeScalarView()
    private var position = 0

    /// The text as it may be shown.
    package static func of(_ text: String) -> String {
        let visible = HiddenSigns.removed(from: text)
        guard visible.utf8.contains(where: { "<[`!:".utf8.contains($0) }) || visible.contains("www.") else {
            return visible
        }
        var inert = InertText(visible)
        inert.read()
        return String(inert.result)
    }

    /// The text without comments of HTML and hidden signs: what a model reads.
    package static func withoutComments(_ text: String) -> String {
        let visible = HiddenSigns.removed(from: text)
        guard visible.contains("<!--") else { return visible }
        var kept = ""
        var rest = visible[...]
        while let start = rest.firstRange(of: "<!--") {
            kept += rest[..<start.lowerBound]
            guard let end = rest[start.upperBound...].firstRange(of: "-->") else { return kept }
            rest = rest[end.upperBound...]
        }
        return kept + rest
    }

    private init(_ text: String) { scalars = Array(text.unicodeScalars) }

    private mutating func read() {
        while position < scalars.count {
            switch scalars[position] {
            case "`": readCode()
            case "!" where at(position + 1) == "[": readLink(from: position + 1)
            case "[": readLink(from: position)
            case "<": readTag()
            case ":" where at(position + 1) == "/" && at(position + 2) == "/": readAddress()
            case "w" where isWWW: readAddress()
            default: keep(1)
            }
        }
    }

    private func at(_ place: Int) -> Unicode.Scalar? { scalars.indices.contains(place) ? scalars[place] : nil }

    private mutating func keep(_ count: Int) {
        result.append(contentsOf: scalars[position..<position + count])
        position += count
    }

    private mutating func say(_ text: String, insteadOf end: Int) {
        result.append(contentsOf: text.unicodeScalars)
        position = end
    }

    /// A code span stays as it is. A backtick without its other would make one with that of the next quote, and turn
    /// inside out what stands between them.
    private mutating func readCode() {
        let count = scalars[position...].prefix { $0 == "`" }.count
        var place = position + count
        while place < scalars.count {
            guard scalars[place] == "`" else {
                place += 1
                continue
            }
            let run = scalars[place...].prefix { $0 == "`" }.count
            if run == count { return keep(place + run - position) }
            place += run
        }
        say(String(repeating: "'", count: count), insteadOf: position + count)
    }

    /// `[words](address)` and `![words](address)`: the words, in which there may be more of the kind.
    private mutating func readLink(from bracket: Int) {
        let isPicture = bracket > position
        guard let close = closing(bracket, "[", "]") else { return keep(bracket - position + 1) }
        var end: Int?
        if at(close + 1) == "(" {
            end = closing(close + 1, "(", ")").map { $0 + 1 }
        } else if isPicture {
            end = at(close + 1) == "[" ? closing(close + 1, "[", "]").map { $0 + 1 } : close + 1
        }
        guard let end else {
            // A definition would give an address to what only looks like a reference.
            if at(close + 1) == ":" {
                keep(close + 1 - position)
                return result.append(" ")
            }
            return keep(1)
        }
        say(Self.of(String(String.UnicodeScalarView(scalars[bracket + 1..<close]))), insteadOf: end)
    }

    /// The bracket that closes the one at a place; within a paragraph, because no link goes further.
    private func closing(_ start: Int, _ open: Unicode.Scalar, _ close: Unicode.Scalar) -> Int? {
        var depth = 0
        for place in start..<min(scalars.count, start + 4_000) {
            if scalars[place] == "\n", at(place + 1) == "\n" { return nil }
            if scalars[place] == "\\" || at(place - 1) == "\\" { continue }
            if scalars[place] == open { depth += 1 }
            if scalars[place] == close { depth -= 1 }
            if depth == 0 { return place }
        }
        return nil
    }

    private mutating func readTag() {
        if let end = comment() { return say("", insteadOf: end) }
        guard let tag = MarkupTag(scalars[position...]) else {
            keep(1)
            // What could become a tag with what follows elsewhere is none with a space.
            if let next = at(position), next == "|" || next == "/" || next == "!" || next == "?" || Self.isLetter(next)
            {
                result.append(" ")
            }
            return
        }
        switch tag.kind {
        case .address(let address): say("`\(address.replacing("`", with: ""))`", insteadOf: tag.end)
        case .words: keep(tag.end - position)
        case .markup(let name):
            // What is between the tags of a script is no text.
            let end = MarkupTag.swallowed.contains(name) ? MarkupTag.end(of: name, in: scalars, from: tag.end) : tag.end
            say("", insteadOf: end)
        }
    }

    private func comment() -> Int? {
        guard at(position + 1) == "!", at(position + 2) == "-", at(position + 3) == "-" else { return nil }
        var place = position + 4
        while place + 2 < scalars.count {
            if scalars[place] == "-", scalars[place + 1] == "-", scalars[place + 2] == ">" { return place + 3 }
            place += 1
        }
        return scalars.count
    }

    private var isWWW: Bool {
        guard at(position + 1) == "w", at(position + 2) == "w", at(position + 3) == "." else { return false }
        return position == 0 || !Self.isLetter(scalars[position - 1])
    }

    /// `https://…` in backticks: what looks like an address is made a link of by many programs.
    private mutating func readAddress() {
        var scheme: [Unicode.Scalar] = []
        if scalars[position] == ":" {
            while let last = result.last, Self.isLetter(last) || "+-.".unicodeScalars.contains(last) {
                scheme.insert(result.removeLast(), at: 0)
            }
            // A path that begins with two slashes, and no address.
            guard !scheme.isEmpty else { return keep(1) }
        }
        var end = position
        while let next = at(end), !next.properties.isWhitespace, !"<>`\"|[]{}".unicodeScalars.contains(next) {
            end += 1
        }
        while end > position, ".,;:!?)'*_".unicodeScalars.contains(scalars[end - 1]) { end -= 1 }
        let address = String(String.UnicodeScalarView(scheme + scalars[position..<max(end, position + 1)]))
        say("`\(address)`", insteadOf: max(end, position + 1))
    }

    static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }
}
