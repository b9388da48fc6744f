internal import Base

/// The tables `[mcp_servers.NAME]` of Codex's `config.toml`: the part of TOML in which they are written, read strictly.
/// What is not understood is said, and left out.
struct CodexTables: Sendable {
    private(set) var servers: [String: JSONValue] = [:]
    private(set) var remarks: [String] = []

    init(_ text: String) {
        var table: [String]?
        var pending = ""
        var start = 0
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let trimmed = Self.trimmed(line)
            if pending.isEmpty {
                if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
                if trimmed.hasPrefix("[") {
                    let keys = Self.header(trimmed)
                    if keys == nil, trimmed.contains("mcp_servers") { note(index, "this table's name") }
                    table = keys?.first == "mcp_servers" ? keys.map { Array($0.dropFirst()) } : nil
                    continue
                }
                guard table?.isEmpty == false else { continue }
                start = index
            }
            pending += (pending.isEmpty ? "" : "\n") + line
            // An array may go on over lines.
            var cursor = TOMLCursor(pending)
            switch cursor.pair() {
            case .unfinished where index - start < 200: continue
            case .pair(let key, let value): set(key, value, in: table ?? [], line: start)
            default: note(start, "this line")
            }
            pending = ""
        }
        if !pending.isEmpty { note(start, "this line") }
    }

    private mutating func note(_ line: Int, _ what: String) {
        if remarks.count < 20 { remarks.append("line \(line + 1): \(what) is not understood, and was left out.") }
    }

    private mutating func set(_ key: String, _ value: JSONValue, in table: [String], line: Int) {
        guard let name = table.first, table.count <= 2 else { return note(line, "this table") }
        var server = servers[name]?.object ?? [:]
        if table.count == 2 {
            var inner = server[table[1]]?.object ?? [:]
            inner[key] = value
            server[table[1]] = .object(inner)
        } else {
            server[key] = value
        }
        servers[name] = .object(server)
    }

    /// The parts of `[a.b."c d"]`.
    private static func header(_ line: String) -> [String]? {
        guard !line.hasPrefix("[["), let end = line.lastIndex(of: "]") else { return nil }
        var cursor = TOMLCursor(String(line[line.index(after: line.startIndex)..<end]))
        return cursor.keys()
    }

    private static func trimmed(_ line: Substring) -> String {
        var line = line
        while let first = line.first, first.isWhitespace { line.removeFirst() }
        while let last = line.last, last.isWhitespace { line.removeLast() }
        return String(line)
    }
}

/// Reads values of TOML: texts in quotes, whole numbers and others, truths, arrays and inline tables.
struct TOMLCursor {
    /// What stands at the beginning of a text.
    enum Reading {
        case pair(String, JSONValue)
        /// It goes on behind the end.
        case unfinished
        case wrong
    }

    private enum Fault: Error {
        case unfinished
        case wrong
    }

    private let text: [Character]
    private var place = 0

    init(_ text: String) { self.text = Array(text) }

    /// `key = value`, with nothing but a comment behind.
    mutating func pair() -> Reading {
        do {
            let key = try self.key()
            skip()
            guard take("=") else { return .wrong }
            let value = try value(depth: 0)
            skip()
            return place == text.count ? .pair(key, value) : .wrong
        } catch Fault.unfinished { return .unfinished } catch { return .wrong }
    }

    /// Keys with dots between them; nil where they are none.
    mutating func keys() -> [String]? {
        var keys: [String] = []
        repeat {
            guard let key = try? key() else { return nil }
            keys.append(key)
            skip()
        } while take(".")
        return place == text.count ? keys : nil
    }

    private mutating func skip() {
        while place < text.count {
            if text[place].isWhitespace {
                place += 1
            } else if text[place] == "#" {
                while place < text.count, !text[place].isNewline { place += 1 }
            } else {
                return
            }
        }
    }

    private mutating func take(_ character: Character) -> Bool {
        guard place < text.count, text[place] == character else { return false }
        place += 1
        return true
    }

    private mutating func key() throws -> String {
        skip()
        if place < text.count, text[place] == "\"" || text[place] == "'" { return try quoted() }
        let start = place
        while place < text.count, text[place].isASCII,
            text[place].isLetter || text[place].isNumber || "_-".contains(text[place])
        {
            place += 1
        }
        guard place > start else { throw Fault.wrong }
        return String(text[start..<place])
    }

    private mutating func quoted() throws -> String {
        let quote = text[place]
        place += 1
        // Texts over several lines are not part of what servers are written in.
        if place + 1 < text.count, text[place] == quote, text[place + 1] == quote { throw Fault.wrong }
        var result = ""
        while place < text.count {
            let character = text[place]
            place += 1
            if character == quote { return result }
            guard !character.isNewline else { throw Fault.wrong }
            guard character == "\\", quote == "\"" else {
                result.append(character)
                continue
            }
            guard place < text.count else { throw Fault.wrong }
            let escape = text[place]
            place += 1
            switch escape {
            case "\"", "\\": result.append(escape)
            case "n": result.append("\n")
            case "t": result.append("\t")
            case "u", "U":
                let count = escape == "u" ? 4 : 8
                guard place + count <= text.count, let number = UInt32(String(text[place..<place + count]), radix: 16),
                    let scalar = Unicode.Scalar(number)
                else { throw Fault.wrong }
                result.unicodeScalars.append(scalar)
                place += count
            default: throw Fault.wrong
            }
        }
        throw Fault.wrong
    }

    private mutating func value(depth: Int) throws -> JSONValue {
        guard depth < 8 else { throw Fault.wrong }
        skip()
        guard place < text.count else { throw depth == 0 ? Fault.wrong : Fault.unfinished }
        switch text[place] {
        case "\"", "'": return .string(try quoted())
        case "[": return try array(depth)
        case "{": return try table(depth)
        default:
            let start = place
            while place < text.count, !text[place].isWhitespace, !",]}#".contains(text[place]) { place += 1 }
            let word = String(text[start..<place])
            if word == "true" || word == "false" { return .bool(word == "true") }
            let digits = word.replacing("_", with: "")
            if let number = Int(digits) { return .integer(number) }
            guard let number = Double(digits), number.isFinite else { throw Fault.wrong }
            return .number(number)
        }
    }

    private mutating func array(_ depth: Int) throws -> JSONValue {
        place += 1
        var elements: [JSONValue] = []
        while true {
            skip()
            if take("]") { return .array(elements) }
            guard place < text.count else { throw Fault.unfinished }
            elements.append(try value(depth: depth + 1))
            skip()
            if take(",") { continue }
            guard place < text.count else { throw Fault.unfinished }
            guard text[place] == "]" else { throw Fault.wrong }
        }
    }

    private mutating func table(_ depth: Int) throws -> JSONValue {
        place += 1
        var members: [String: JSONValue] = [:]
        skip()
        if take("}") { return .object(members) }
        while true {
            let key = try key()
            skip()
            guard take("=") else { throw Fault.wrong }
            members[key] = try value(depth: depth + 1)
            skip()
            if take("}") { return .object(members) }
            guard take(",") else { throw place < text.count ? Fault.wrong : Fault.unfinished }
        }
    }
}
