internal import Base
internal import Retrieval
internal import Yams

extension ProjectFile {
    private static let keys = [
        "name", "goal", "kind", "documents", "golden", "encoder", "reranker", "text", "objective", "parsers", "search",
        "space",
        "constraints", "generator", "generation", "budget", "permissions", "checks", "tracking",
        "knowledge", "access", "monitoring", "mcp",
    ]
    /// What a folder may say in which nothing is measured, and agents work.
    private static let agentKeys: Set = ["name", "budget", "permissions", "checks", "tracking", "mcp"]
    private static let textKeys = ["language"]
    private static let searchKeys = [
        "trials", "sampler", "seed", "racing", "baselines", "external", "max_cost", "seeds",
        "warm_start",
    ]

    /// Reads `neo.yaml`.
    ///
    /// - Parameters:
    ///   - yaml: the text.
    ///   - file: the name to put into messages.
    ///   - folderName: the project's name, where the file gives none.
    /// - Throws: `EngineerError` with file, line and remedy for malformed YAML, an unknown key (with the nearest
    ///   known one), or a value of the wrong type.
    package init(yaml: String, file: String, folderName: String) throws(EngineerError) {
        let reader = YAMLReader(file: file, root: try YAMLReader.parse(yaml, file: file))
        try reader.checkKeys(reader.root, known: Self.keys, within: "neo.yaml")
        let documents = Self.isForAgentsOnly(reader.root) ? [] : try reader.strings("documents")
        self.init(name: try reader.string("name") ?? folderName, documents: documents)
        goal = try reader.string("goal")
        if let kind = try reader.string("kind"), kind != "rag" {
            throw reader.failure(
                "The kind \"\(kind)\" is not known; this version of Neo knows the kind rag.", at: "kind")
        }
        for key in ["permissions", "checks", "mcp"] { agents[key] = reader.root[key].map(reader.whole) }
        if let tracking = reader.root["tracking"] {
            try reader.checkKeys(tracking, known: ["trackio", "parquet"], within: "tracking")
            mirrorsToTrackio = try reader.flag("trackio", in: tracking) ?? false
            keepsParquet = try reader.flag("parquet", in: tracking) ?? true
        }
        sharesKnowledge = try reader.flag("knowledge", in: reader.root) ?? sharesKnowledge
        golden = try reader.string("golden") ?? golden
        encoders = try reader.models("encoder") ?? encoders
        rerankers = try reader.models("reranker") ?? rerankers
        if let text = reader.root["text"] {
            try reader.checkKeys(text, known: Self.textKeys, within: "text")
            if let name = text["language"]?.string {
                let known = ["auto"] + Stemmer.languages
                guard known.contains(name) else {
                    let hint = nearest(to: name, in: known).map { " Did you mean \"\($0)\"?" } ?? ""
                    throw reader.failure(
                        "The language \"\(name)\" is not known.\(hint) It can be \(known.joined(separator: ", ")).",
                        line: text["language"]?.mark?.line)
                }
                language = name
            }
        }
        objective = try reader.string("objective")
        if let search = reader.root["search"] {
            try reader.checkKeys(search, known: Self.searchKeys, within: "search")
            trials = try reader.integer("trials", in: search, 1...100_000) ?? trials
            maxCost = try reader.dollars("max_cost", in: search)
            seeds = try reader.seeds(in: search)
            warmStarts = try reader.flag("warm_start", in: search) ?? warmStarts
            isRacing = try reader.flag("racing", in: search) ?? isRacing
            hasBaselines = try reader.flag("baselines", in: search) ?? hasBaselines
            if let node = search["external"] { externals = try reader.externals(node) }
            seed = UInt64(try reader.integer("seed", in: search, 0...Int.max) ?? Int(seed))
            if let name = search["sampler"]?.string {
                guard let known = NamedSampler(rawValue: name) else {
                    let names = NamedSampler.allCases.map(\.rawValue)
                    let hint = nearest(to: name, in: names).map { " Did you mean \"\($0)\"?" } ?? ""
                    throw reader.failure(
                        "The sampler \"\(name)\" is not known.\(hint) It can be \(names.joined(separator: ", ")).",
                        at: "sampler")
                }
                sampler = known
            }
        }
        if let node = reader.root["access"] { access = try reader.access(node) }
        if let node = reader.root["parsers"] { parsers = try reader.parsers(node) }
        if let node = reader.root["constraints"] { constraints = try reader.constraints(node) }
        generation = try reader.generation()
        budgets = try reader.budgets()
        monitoring = try reader.monitoring()
        if let node = reader.root["space"] {
            guard let mapping = node.mapping else {
                throw reader.failure("`space` must be a mapping from parameters to values.", at: "space")
            }
            for (key, value) in mapping {
                space[key.string ?? ""] = try reader.json(value)
            }
            if generation.models.isEmpty, let name = writingSpace.keys.sorted().first {
                throw reader.failure(
                    "`space` gives \(name) values, but no model writes answers. Name one: "
                        + "`generator: smollm2-135m-instruct`.", at: "space")
            }
        }
    }

    private static func isForAgentsOnly(_ root: Node) -> Bool {
        let keys = Set((root.mapping ?? [:]).keys.compactMap(\.string))
        return keys.isSubset(of: agentKeys) && !keys.isDisjoint(with: ["permissions", "checks", "mcp"])
    }
}
