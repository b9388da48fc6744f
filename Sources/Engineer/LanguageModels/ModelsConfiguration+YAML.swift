internal import Base
internal import Yams

extension ModelsConfiguration {
    private static let agentKeys = ["permissions", "hooks", "trusted", "mcp"]
    private static let priceKeys = ["input", "cached_input", "cache_write", "output"]

    /// Reads `config.yaml`.
    ///
    /// - Throws: `EngineerError` with file, line and remedy for malformed YAML, an unknown key (with the nearest
    ///   known one), or a value of the wrong type.
    package init(yaml: String, path: String) throws(EngineerError) {
        let reader = YAMLReader(
            file: path, root: try YAMLReader.parse(yaml, file: path, hint: "Start with `endpoints:`."),
            code: .invalidConfiguration)
        try reader.checkKeys(
            reader.root, known: ["endpoints", "roles", "prices"] + Self.agentKeys, within: "config.yaml")
        self.init(path: path)
        for key in Self.agentKeys { agents[key] = reader.root[key].map(reader.whole) }
        for (name, node) in try reader.entries("endpoints") {
            guard !name.isEmpty, !name.contains("/"), ModelRole(rawValue: name) == nil else {
                throw reader.failure(
                    "\"\(name)\" cannot name an endpoint: a name has no slash, and is not that of a role.",
                    line: node.mark?.line)
            }
            endpoints[name] = try reader.endpointEntry(node, named: name)
        }
        for (name, node) in try reader.entries("roles") {
            guard let role = ModelRole(rawValue: name) else {
                let known = ModelRole.allCases.map(\.rawValue)
                let hint = nearest(to: name, in: known).map { " Did you mean \"\($0)\"?" } ?? ""
                throw reader.failure(
                    "The role \"\(name)\" is not known.\(hint) Roles: \(known.joined(separator: ", ")).",
                    line: node.mark?.line)
            }
            guard let text = node.scalar?.string, !text.isEmpty else {
                throw reader.failure(
                    "`\(name)` must be a model, such as `openai/gpt-5-mini` or `local/smollm2-135m-instruct`.",
                    line: node.mark?.line)
            }
            roles[role] = ModelReference(text, endpoints: endpoints.keys)
        }
        for (name, node) in try reader.entries("prices") { prices[name] = try Self.price(node, name, reader) }
    }

    private static func price(_ node: Node, _ name: String, _ reader: YAMLReader) throws(EngineerError) -> PriceEntry {
        try reader.checkKeys(node, known: priceKeys, within: name)
        func dollars(_ key: String) throws(EngineerError) -> Double? {
            guard let value = node[key] else { return nil }
            guard let number = value.float, number >= 0, number.isFinite else {
                throw reader.failure("`\(key)` is what a million tokens cost, in dollars.", line: value.mark?.line)
            }
            return number
        }
        guard let input = try dollars("input"), let output = try dollars("output") else {
            throw reader.failure(
                "The price of \(name) needs `input` and `output`, in dollars a million tokens.", line: node.mark?.line)
        }
        return PriceEntry(
            input: input, cachedInput: try dollars("cached_input"), cacheWrite: try dollars("cache_write"),
            output: output)
    }
}
