import Base

/// The layers of the package, and which edges between its targets they allow: the rule of ARCHITECTURE.md.
struct PackageLayers {
    /// One target depends on another.
    struct Edge: Hashable {
        let from: String
        let to: String
    }

    /// The targets of each layer, the lowest layer first. A target may use every layer below its own.
    let targets: [[String]]
    /// Targets that others of their own layer may use.
    let shared: Set<String>
    /// Single edges within a layer that are allowed as well.
    let allowed: Set<Edge>
    /// Targets that only tests may use, and each other.
    let testOnly: Set<String>
    /// Targets that nobody gets: they may use what tests use.
    let internalTools: Set<String>

    /// Neo's own.
    static let neo = PackageLayers(
        targets: [
            ["Base", "CHnsw", "CoreDNN", "CSandbox", "CSeccomp", "CStemmer", "CTerminal", "CVectors", "CXML2"],
            ["AutoML", "Encoders", "LanguageModels", "Retrieval", "Statistics", "Telemetry"],
            [
                "Documents", "Downloads", "LanguageModelClients", "MCP", "Notifications", "Processes", "Sandbox",
                "Storage", "TelemetryExport", "Tracking", "neo-cell",
            ],
            ["Agents", "RAG"],
            ["Engineer", "TestSupport"],
            ["Commands", "Server", "neo", "neo-bench"],
        ],
        shared: ["Base", "Downloads", "Processes", "Sandbox", "Statistics", "Storage"],
        allowed: [
            Edge(from: "neo", to: "Commands"), Edge(from: "Commands", to: "Server"),
            Edge(from: "CHnsw", to: "CVectors"),
        ],
        testOnly: ["TestSupport"],
        internalTools: ["neo-bench"]
    )

    /// What is wrong with the targets of a package, as sentences; empty where nothing is.
    ///
    /// - Parameter package: what `swift package dump-package` prints. Test targets may use anything.
    func violations(in package: JSONValue) -> [String] {
        let all = package["targets"]?.array ?? []
        let own = Set(all.compactMap { $0["name"]?.string })
        return all.filter { $0["type"]?.string != "test" }.flatMap { target -> [String] in
            let name = target["name"]?.string ?? ""
            guard let layer = layer(of: name) else { return ["\(name) is in no layer."] }
            return Self.dependencies(of: target).filter(own.contains).compactMap { dependency in
                violation(Edge(from: name, to: dependency), fromLayer: layer)
            }
        }
    }

    private func violation(_ edge: Edge, fromLayer from: Int) -> String? {
        let sentence = "\(edge.from) (L\(from)) depends on \(edge.to)"
        guard let to = layer(of: edge.to) else { return "\(sentence), which is in no layer." }
        if testOnly.contains(edge.to), !testOnly.union(internalTools).contains(edge.from) {
            return "\(sentence), which is for tests only."
        }
        if to > from { return "\(sentence) (L\(to)): upward." }
        if to == from, !shared.contains(edge.to), !allowed.contains(edge) { return "\(sentence) (L\(to)): sideways." }
        return nil
    }

    private func layer(of target: String) -> Int? {
        targets.firstIndex { $0.contains(target) }
    }

    /// The names behind `{"byName": ["Base", null]}` and `{"target": ["Base", null]}`; products come from elsewhere.
    private static func dependencies(of target: JSONValue) -> [String] {
        (target["dependencies"]?.array ?? []).compactMap { dependency in
            (dependency["byName"] ?? dependency["target"])?.array?.first?.string
        }
    }
}
