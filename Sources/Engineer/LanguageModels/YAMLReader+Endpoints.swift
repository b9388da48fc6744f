internal import Base
internal import LanguageModels
internal import Yams

extension YAMLReader {
    private static let endpointKeys = [
        "api", "url", "key", "key_file", "headers", "certificates", "concurrency", "timeout", "tool_calls", "context",
    ]

    /// The names and values of a mapping at the top; none where it is missing.
    func entries(_ key: String) throws(EngineerError) -> [(name: String, node: Node)] {
        guard let node = root[key], node.null == nil else { return [] }
        guard let mapping = node.mapping else { throw failure("`\(key)` must be a mapping.", at: key) }
        return mapping.map { ($0.key.string ?? "", $0.value) }
    }

    /// An endpoint of `config.yaml`.
    func endpointEntry(_ node: Node, named name: String) throws(EngineerError) -> EndpointEntry {
        try checkKeys(node, known: Self.endpointKeys, within: name)
        let known = EndpointEntry.API.allCases.map(\.rawValue).sorted()
        guard let word = node["api"]?.scalar?.string, let api = EndpointEntry.API(rawValue: word) else {
            throw failure("`\(name)` needs an `api`: \(known.joined(separator: ", ")).", line: node.mark?.line)
        }
        var entry = EndpointEntry(api)
        if let value = node["url"] {
            guard let url = value.scalar?.string, url.hasPrefix("http://") || url.hasPrefix("https://"), api != .local
            else {
                throw failure(
                    api == .local
                        ? "Models of this machine have no `url`: Neo starts their server."
                        : "`url` must be an address such as https://api.example.com/v1.",
                    line: value.mark?.line)
            }
            entry.url = url
            // A key is not shown to whoever is at another address unless that is asked for.
            entry.key = nil
        }
        if let variable = try variable(node["key"]) { entry.key = .variable(variable) }
        if let value = node["key_file"] {
            guard node["key"] == nil, let path = value.scalar?.string, !path.isEmpty else {
                throw failure("Give `key`, a variable, or `key_file`, a path.", line: value.mark?.line)
            }
            entry.key = .file(path)
        }
        if let headers = node["headers"] {
            guard let mapping = headers.mapping else {
                throw failure("`headers` is a mapping from names to variables.", line: headers.mark?.line)
            }
            for (header, value) in mapping { entry.headers[header.string ?? ""] = try variable(value) }
        }
        if let value = node["certificates"] {
            guard let path = value.scalar?.string, !path.isEmpty else {
                throw failure("`certificates` must be the path of a PEM file.", line: value.mark?.line)
            }
            entry.certificates = path
        }
        entry.concurrency = try integer("concurrency", in: node, 1...1_000)
        entry.timeout = try integer("timeout", in: node, 1...86_400)
        entry.context = try integer("context", in: node, 1_024...100_000_000)
        if let value = node["tool_calls"] {
            guard let style = value.scalar.flatMap({ ToolCallStyle(rawValue: $0.string) }) else {
                let known = ToolCallStyle.allCases.map(\.rawValue).joined(separator: ", ")
                throw failure(
                    "`tool_calls` says how models of `\(name)` take tools: \(known).", line: value.mark?.line)
            }
            entry.toolCalls = style
        }
        return entry
    }

    /// The name of an environment variable: a key in a file would be shared with the file.
    private func variable(_ node: Node?) throws(EngineerError) -> String? {
        guard let node else { return nil }
        let text = node.scalar?.string ?? ""
        let isVariable = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        guard !text.isEmpty, isVariable, text.count <= 64, text == text.uppercased() else {
            throw failure(
                "This must be the name of an environment variable, such as OPENAI_API_KEY, not the secret itself; a secret "
                    + "in a file goes into one of its own: `key_file`.",
                line: node.mark?.line)
        }
        return text
    }
}
