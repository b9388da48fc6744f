package import Base

extension MCPServerSetting {
    private static let keys = [
        "command", "args", "env", "url", "token", "headers", "walls", "timeout",
    ]

    /// Reads what stands under `mcp:`: names of servers, each with `command` or `url`.
    ///
    /// - Parameters:
    ///   - place: the file, for messages.
    ///   - folder: where relative paths begin.
    /// - Throws: `MCPError` with file, server and remedy.
    package static func settings(
        from json: JSONValue, in place: String, folder: String
    ) throws(MCPError) -> [MCPServerSetting] {
        guard let named = json.object else {
            throw MCPError(
                .settings, "\(place): `mcp` must name servers, such as `mcp: {time: {command: mcp-server-time}}`.")
        }
        var settings: [MCPServerSetting] = []
        for (name, entry) in named.sorted(by: { $0.key < $1.key }) {
            settings.append(try MCPServerSetting(name, entry, place, folder))
        }
        return settings
    }

    /// Whether a text can name a server: it becomes part of tools' names.
    package static func isName(_ text: String) -> Bool {
        (1...32).contains(text.utf8.count) && !text.contains("__")
            && text.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
            && text.utf8.first.map(isLetterOrDigit) == true
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    private init(_ name: String, _ entry: JSONValue, _ place: String, _ folder: String) throws(MCPError) {
        func wrong(_ what: String) -> MCPError { MCPError(.settings, "\(place): mcp, \(name) \(what).") }
        guard Self.isName(name) else {
            throw MCPError(
                .settings,
                "\(place): mcp, \"\(name.prefix(60))\" cannot name a server: a name has at most 32 letters, digits, - and _, "
                    + "begins with a letter or digit, and has no two _ together.")
        }
        guard let fields = entry.object else { throw wrong("is no mapping of keys to values") }
        if let key = fields.keys.sorted().first(where: { !Self.keys.contains($0) }) {
            let hint = nearest(to: key, in: Self.keys).map { "; did you mean \"\($0)\"?" } ?? ""
            throw wrong("has the unknown key \"\(key)\"\(hint)")
        }
        let kind: Kind
        switch (fields["command"], fields["url"]) {
        case (let command?, nil):
            guard let words = Self.texts(command), let rest = Self.texts(fields["args"] ?? []),
                words.first?.isEmpty == false
            else { throw wrong("needs a `command`, a word or a list of words, and `args`, a list of words") }
            if fields["token"] != nil || fields["headers"] != nil {
                throw wrong("is a program: `token` and `headers` are for servers with a `url`; a program has `env`")
            }
            guard let variables = Self.variables(fields["env"] ?? []) else {
                throw wrong(
                    "has an `env` that does not name variables of your environment: write [API_KEY], or {API_KEY: MY_KEY}. "
                        + "Values do not belong in the file")
            }
            kind = .program(words + rest, variables: variables)
        case (nil, let url?):
            guard let url = url.string, url.hasPrefix("http://") || url.hasPrefix("https://") else {
                throw wrong("has a `url` that is no http or https address")
            }
            if let key = ["args", "env", "walls"].first(where: { fields[$0] != nil }) {
                throw wrong("has a `url`: `\(key)` is for servers that are programs")
            }
            kind = .remote(url, headers: try Self.headers(fields, wrong))
        default: throw wrong("needs one of `command` and `url`")
        }
        self.init(name: name, kind: kind, folder: folder, entry: entry)
        if let walls = fields["walls"] { self.walls = try Self.walls(walls, wrong) }
        if let timeout = fields["timeout"] {
            guard let seconds = timeout.number, (0.1...3_600).contains(seconds) else {
                throw wrong("has a `timeout` that is no number of seconds between 0.1 and 3600")
            }
            self.seconds = seconds
        }
    }

    private static func headers(
        _ fields: [String: JSONValue], _ wrong: (String) -> MCPError
    ) throws(MCPError) -> [String: HeaderSource] {
        var headers: [String: HeaderSource] = [:]
        if let token = fields["token"] {
            guard let name = token.string, isVariable(name) else {
                throw wrong("has a `token` that names no variable of your environment")
            }
            headers["authorization"] = HeaderSource(prefix: "Bearer ", variable: name)
        }
        for (header, source) in fields["headers"]?.object ?? [:] {
            guard let name = source.string, isVariable(name),
                header.utf8.allSatisfy({ isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }), !header.isEmpty
            else { throw wrong("has `headers` that are not names of headers with names of variables") }
            headers[header.lowercased()] = HeaderSource(variable: name)
        }
        return headers
    }

    private static func walls(_ json: JSONValue, _ wrong: (String) -> MCPError) throws(MCPError) -> Confinement {
        if json == "none" { return .none }
        guard let fields = json.object, fields.keys.allSatisfy({ ["read", "write", "net"].contains($0) }),
            let read = texts(fields["read"] ?? []), let write = texts(fields["write"] ?? []),
            let net = texts(fields["net"] ?? [])
        else { throw wrong("has `walls` that are neither `none` nor lists under `read`, `write` and `net`") }
        return .inside(Walls(read: read, write: write, net: net))
    }

    /// A word, or a list of words.
    private static func texts(_ json: JSONValue) -> [String]? {
        if let text = json.string { return [text] }
        guard let list = json.array else { return nil }
        let texts = list.compactMap { element in element.string ?? element.integer.map(String.init) }
        return texts.count == list.count ? texts : nil
    }

    private static func variables(_ json: JSONValue) -> [String: String]? {
        let pairs: [(String, String)]
        if let list = json.array {
            let names = list.compactMap(\.string)
            guard names.count == list.count else { return nil }
            pairs = names.map { ($0, $0) }
        } else if let named = json.object {
            pairs = named.compactMap { name, source in source.string.map { (name, $0) } }
            guard pairs.count == named.count else { return nil }
        } else {
            return nil
        }
        guard pairs.allSatisfy({ isVariable($0.0) && isVariable($0.1) }) else { return nil }
        return Dictionary(pairs) { $1 }
    }

    /// Whether a text can name a variable of the environment.
    package static func isVariable(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first), text.utf8.count <= 128 else { return false }
        return text.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "_") }
    }
}
