internal import Base
internal import Yams

extension YAMLReader {
    private static let externalKeys = [
        "name", "url", "command", "timeout", "headers", "passages", "request", "version", "walls", "read", "write",
        "net", "environment",
    ]
    /// Headers that the connection needs for itself.
    private static let ownHeaders = ["connection", "content-length", "content-type", "host", "transfer-encoding"]

    /// The systems under `search: external:`.
    func externals(_ node: Node) throws(EngineerError) -> [ExternalSetting] {
        guard let nodes = node.sequence else {
            throw failure(
                "`external` must be a list, such as `[{name: present, url: \"http://127.0.0.1:9000/ask\"}]`.",
                at: "external")
        }
        var settings: [ExternalSetting] = []
        for node in nodes {
            let setting = try external(node)
            if settings.contains(where: { $0.name == setting.name }) {
                throw failure("Two external systems are called \"\(setting.name)\".", line: node.mark?.line)
            }
            settings.append(setting)
        }
        return settings
    }

    private func external(_ node: Node) throws(EngineerError) -> ExternalSetting {
        let line = node.mark?.line
        guard node.mapping != nil else {
            throw failure("An external system must be a mapping with `name`, and `url` or `command`.", line: line)
        }
        try checkKeys(node, known: Self.externalKeys, within: "external")
        guard let name = node["name"]?.scalar?.string, name.wholeMatch(of: /[A-Za-z0-9_.\-]{1,64}/) != nil else {
            throw failure(
                "An external system needs a `name` of letters, digits, `-`, `_` and `.`, 64 at most.", line: line)
        }
        var setting = ExternalSetting(name: name, source: try source(node, name))
        if let value = node["timeout"] {
            guard let seconds = Self.seconds(value.scalar?.string ?? "") else {
                throw failure("`timeout` must be a time up to an hour, such as 30s or 2m.", line: value.mark?.line)
            }
            setting.timeLimitSeconds = seconds
        }
        if let value = node["headers"] { setting.headers = try headers(value, setting) }
        if let value = node["passages"] {
            guard let count = value.int, (1...1_000).contains(count) else {
                throw failure("`passages` must be a whole number from 1 to 1000.", line: value.mark?.line)
            }
            setting.passages = count
        }
        if let value = node["request"] {
            setting.request = try tree(value)
            guard setting.request.canonicalText.contains("{question}") else {
                throw failure(
                    "`request` must hold \"{question}\" where the question is to stand, such as "
                        + "`{query: \"{question}\"}`.",
                    line: value.mark?.line)
            }
        }
        setting.version = node["version"]?.scalar?.string
        setting.walls = try externalWalls(node, setting)
        return setting
    }

    private func source(_ node: Node, _ name: String) throws(EngineerError) -> ExternalSetting.Source {
        let line = node.mark?.line
        switch (node["url"], node["command"]) {
        case (let url?, nil):
            guard let text = url.scalar?.string, ExternalSetting.isAddress(text) else {
                throw failure(
                    "The `url` of \(name) must be an address such as http://127.0.0.1:9000/ask, without a name or "
                        + "password in it; secrets go under `headers`.",
                    line: url.mark?.line ?? line)
            }
            return .url(text)
        case (nil, let command?):
            let words = command.sequence?.map { $0.scalar?.string } ?? []
            guard let first = words.first, first?.isEmpty == false, !words.contains(nil) else {
                throw failure(
                    "The `command` of \(name) must be a list of words, such as [python3, rag.py]; no shell reads it.",
                    line: command.mark?.line ?? line)
            }
            return .command(words.compactMap { $0 })
        default: throw failure("The external system \(name) needs either a `url` or a `command`.", line: line)
        }
    }

    private func headers(_ node: Node, _ setting: ExternalSetting) throws(EngineerError) -> [String: String] {
        let line = node.mark?.line
        guard let mapping = node.mapping, case .url = setting.source else {
            throw failure(
                "`headers` of a `url` is a mapping such as {Authorization: PRESENT_TOKEN}; a command has none.",
                line: line)
        }
        var headers: [String: String] = [:]
        for (key, value) in mapping {
            let name = key.scalar?.string ?? ""
            guard name.wholeMatch(of: /[A-Za-z0-9\-_]{1,64}/) != nil, !Self.ownHeaders.contains(name.lowercased())
            else {
                throw failure("\"\(name)\" is no header that can be set here.", line: key.mark?.line)
            }
            // A value in the file would be shared with the project.
            guard let variable = value.scalar?.string, variable.wholeMatch(of: /[A-Z0-9_]{1,64}/) != nil else {
                throw failure(
                    "The header \(name) needs the name of the environment variable that holds its value, such as "
                        + "PRESENT_TOKEN, not the value itself.",
                    line: value.mark?.line)
            }
            headers[name] = variable
        }
        return headers
    }

    private func tree(_ node: Node) throws(EngineerError) -> JSONValue {
        switch node {
        case .mapping(let mapping):
            var members: [String: JSONValue] = [:]
            for (key, value) in mapping { members[key.scalar?.string ?? ""] = try tree(value) }
            return .object(members)
        case .sequence(let list):
            var values: [JSONValue] = []
            for element in list { values.append(try tree(element)) }
            return .array(values)
        default: return try json(node)
        }
    }

    /// `500ms`, `30s`, `2m`, `1h`; a bare number is seconds. At most an hour.
    private static func seconds(_ text: String) -> Double? {
        guard let match = text.wholeMatch(of: /([0-9]+(?:\.[0-9]+)?)(ms|s|m|h)?/), let number = Double(match.1) else {
            return nil
        }
        let units: [Substring: Double] = ["ms": 0.001, "s": 1, "m": 60, "h": 3_600]
        let seconds = number * (match.2.flatMap { units[$0] } ?? 1)
        return seconds > 0 && seconds <= 3_600 ? seconds : nil
    }
}

extension ExternalSetting {
    /// Whether a text is an address, without anybody's name or password in it.
    static func isAddress(_ text: String) -> Bool {
        guard text.hasPrefix("http://") || text.hasPrefix("https://"), !text.contains(where: \.isWhitespace) else {
            return false
        }
        let host = text.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first ?? ""
        return !host.isEmpty && !host.contains("@")
    }
}
