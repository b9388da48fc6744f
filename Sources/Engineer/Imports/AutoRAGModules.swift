package import Base
internal import Yams

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The modules of AutoRAG's YAML as a search space of Neo's, and those without a counterpart.
package struct AutoRAGModules: Sendable, Hashable {
    /// The values of `space` in `neo.yaml`.
    package private(set) var space: [String: [JSONValue]] = [:]
    /// `node_type: module_type` of what Neo does not have, in the order of the file.
    package private(set) var unmatched: [String] = []

    /// Reads the first YAML of a folder; without one, nothing is said of modules.
    init(folder: String) throws(EngineerError) {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        guard let name = names.first(where: { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }),
            let data = FileManager.default.contents(atPath: "\(folder)/\(name)"), data.count <= 1_000_000
        else {
            self.init()
            return
        }
        try self.init(yaml: String(decoding: data, as: UTF8.self), file: "\(folder)/\(name)")
    }

    private init() {}

    /// - Parameters:
    ///   - yaml: the text.
    ///   - file: its name, for messages.
    init(yaml: String, file: String) throws(EngineerError) {
        let reader = YAMLReader(file: file, root: try YAMLReader.parse(yaml, file: file))
        for line in reader.root["node_lines"]?.sequence ?? [] {
            for node in line["nodes"]?.sequence ?? [] {
                let type = node["node_type"]?.string ?? "?"
                for module in node["modules"]?.sequence ?? [] {
                    let name = module["module_type"]?.string ?? "?"
                    if !take(name, module) { unmatched.append("\(type): \(name)") }
                }
            }
        }
        // What a search is to be compared with comes first: the values are tried in this order.
        if space["fusion"] != nil, space["retriever"] == nil { add("hybrid", to: "retriever") }
    }

    /// Whether Neo has a counterpart.
    private mutating func take(_ name: String, _ module: Node) -> Bool {
        switch name.lowercased() {
        case "bm25": add("bm25", to: "retriever")
        case "vectordb": add("dense", to: "retriever")
        case "hybrid_rrf":
            add("hybrid", to: "retriever")
            add("rrf", to: "fusion")
        case "hybrid_cc":
            add("hybrid", to: "retriever")
            add("convex", to: "fusion")
        case "prev_next_augmenter":
            add(.integer(module["num_passages"]?.int ?? 1), to: "context.neighbours")
        case "pass_passage_augmenter": add(0, to: "context.neighbours")
        // To leave a step out is what Neo does where nothing is said.
        case let pass where pass.hasPrefix("pass_"): break
        default: return false
        }
        return true
    }

    private mutating func add(_ value: JSONValue, to parameter: String) {
        if space[parameter]?.contains(value) != true { space[parameter, default: []].append(value) }
    }

    /// The lines for `neo.yaml`; nil where there are none.
    var yaml: String? {
        guard !space.isEmpty else { return nil }
        return "space:   # AutoRAG's modules\n"
            + space.sorted { $0.key < $1.key }.map { "  \($0): \(JSONValue.array($1).canonicalText)\n" }.joined()
    }
}
