internal import Base
internal import Encoders
internal import Yams

extension YAMLReader {
    /// The models under a key: one, or a list to choose among. Each is a word, which names one of the model store, a
    /// folder, or a mapping. Nil where the key is missing; none for the word `none`.
    func models(_ key: String) throws(EngineerError) -> [ModelSetting]? {
        guard let node = root[key] else { return nil }
        if node.scalar?.string == "none" { return [] }
        let nodes = node.sequence.map { Array($0) } ?? [node]
        guard !nodes.isEmpty else {
            throw failure("`\(key)` is an empty list. Name a model, or say `\(key): none`.", at: key)
        }
        var settings: [ModelSetting] = []
        for node in nodes {
            let setting = try model(node, named: key)
            if settings.contains(where: { $0.name == setting.name }) {
                throw failure(
                    "Two models under `\(key)` are called \"\(setting.name)\". Give one of them a `name` of its own.",
                    line: node.mark?.line)
            }
            settings.append(setting)
        }
        return settings
    }

    private func model(_ node: Node, named key: String) throws(EngineerError) -> ModelSetting {
        if let word = node.scalar?.string, !word.isEmpty, word != "none" {
            let source =
                key == "encoder" && word == ModelRole.embedding.rawValue
                ? .endpoint(.named(word)) : Self.source(word)
            return ModelSetting(name: Self.name(of: source, .single), source: source)
        }
        guard node.mapping != nil else {
            throw failure(
                "`\(key)` must be a model's name, or a mapping with `model`, `path`, `endpoint`, or `api` and `url`.",
                line: node.mark?.line)
        }
        let prefixKeys = key == "encoder" ? ["query_prefix", "passage_prefix"] : []
        let isNamed = node["endpoint"] != nil
        if isNamed || node["api"] != nil || node["url"] != nil {
            let place = isNamed ? ["endpoint"] : ["api", "url", "key"]
            try checkKeys(node, known: ["name", "model", "price"] + place + prefixKeys, within: key)
            let source = ModelSetting.Source.endpoint(
                isNamed ? try namedEndpoint(node, under: key) : try endpoint(node, named: key))
            return ModelSetting(
                name: try word("name", of: node, key) ?? Self.name(of: source, .single), source: source,
                prefixes: try prefixes(node, key))
        }
        try checkKeys(node, known: ["name", "model", "path", "precision"] + prefixKeys, within: key)
        let source: ModelSetting.Source
        switch (try word("model", of: node, key), try word("path", of: node, key)) {
        case (let name?, nil): source = .store(name)
        case (nil, let path?): source = .folder(path)
        default:
            throw failure(
                "`\(key)` needs a `model` of the model store, or a `path` to a model's folder, or `endpoint`, or `api` and "
                    + "`url` of a server.",
                line: node.mark?.line)
        }
        let wanted = try word("precision", of: node, key) ?? Precision.single.rawValue
        guard let precision = Precision(rawValue: wanted) else {
            let known = Precision.allCases.map(\.rawValue).joined(separator: ", ")
            throw failure(
                "The precision \"\(wanted)\" is not known; it can be \(known).", line: node["precision"]?.mark?.line)
        }
        return ModelSetting(
            name: try word("name", of: node, key) ?? Self.name(of: source, precision), source: source,
            precision: precision, prefixes: try prefixes(node, key))
    }

    /// A word that begins like a path is one; all others are names of the model store.
    private static func source(_ word: String) -> ModelSetting.Source {
        ["/", "./", "../", "~"].contains { word.hasPrefix($0) } ? .folder(word) : .store(word)
    }

    private static func name(of source: ModelSetting.Source, _ precision: Precision) -> String {
        let suffix = precision == .single ? "" : "-\(precision.rawValue)"
        switch source {
        case .store(let name): return name + suffix
        case .folder(let path): return (path.split(separator: "/").last.map(String.init) ?? path) + suffix
        case .endpoint(let endpoint): return endpoint.model ?? endpoint.endpoint ?? endpoint.api
        }
    }

    private func word(_ name: String, of node: Node, _ place: String) throws(EngineerError) -> String? {
        guard let value = node[name] else { return nil }
        guard let text = value.scalar?.string, !text.isEmpty else {
            throw failure("`\(name)` within `\(place)` must be a word.", line: value.mark?.line ?? node.mark?.line)
        }
        return text
    }

    private func prefixes(_ node: Node, _ place: String) throws(EngineerError) -> TextPrefixes? {
        guard node["query_prefix"] != nil || node["passage_prefix"] != nil else { return nil }
        func text(_ name: String) throws(EngineerError) -> String {
            guard let value = node[name] else { return "" }
            guard let text = value.scalar?.string else {
                throw failure("`\(name)` must be a text, in quotes.", line: value.mark?.line)
            }
            return text
        }
        return TextPrefixes(query: try text("query_prefix"), passage: try text("passage_prefix"))
    }

    private func endpoint(_ node: Node, named name: String) throws(EngineerError) -> EndpointSetting {
        func text(_ key: String) -> String? { node[key]?.scalar?.string }
        guard let api = text("api"), EndpointSetting.apis.contains(api) else {
            throw failure(
                "`\(name)` needs an `api`: \(EndpointSetting.apis.joined(separator: ", ")).", line: node.mark?.line)
        }
        guard let url = text("url"), url.hasPrefix("http://") || url.hasPrefix("https://") else {
            throw failure(
                "`\(name)` needs a `url` such as http://127.0.0.1:11434 or https://api.example.com/v1.",
                line: node.mark?.line)
        }
        if let key = text("key") {
            // A key in the file would be shared with the project.
            let isVariable = key.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
            guard isVariable, key.count <= 64, key == key.uppercased() else {
                throw failure(
                    "`key` is the name of the environment variable that holds the key, such as OPENAI_API_KEY, not the "
                        + "key itself.",
                    line: node["key"]?.mark?.line)
            }
        }
        return EndpointSetting(
            api: api, url: url, model: text("model"), key: text("key"), price: try price(of: node))
    }
}
