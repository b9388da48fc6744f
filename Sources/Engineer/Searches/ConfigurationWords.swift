package import AutoML
internal import Base

/// A configuration as people read it.
package enum ConfigurationWords {
    /// `structure 256 · hybrid · k1 0.9 b 0.4 …`: every value, in a fixed order.
    package static func short(_ configuration: Configuration) -> String {
        configuration.values.sorted { rank($0.key) < rank($1.key) }.map(word).joined(separator: " ")
    }

    /// What of it is not as in another one: `tokens, k1=1.2`; nil where that is nothing, or no shorter than the whole.
    static func difference(of configuration: Configuration, from other: Configuration) -> String? {
        let changed = configuration.values.filter { other[$0.key] != $0.value }
        guard !changed.isEmpty, changed.count * 2 <= configuration.values.count else { return nil }
        return changed.sorted { rank($0.key) < rank($1.key) }.map(word).joined(separator: ", ")
    }

    private static func word(_ name: String, _ value: JSONValue) -> String {
        let text = value.string ?? value.canonicalText
        switch name {
        case "chunker", "retriever": return text
        case "chunk.size": return "\(text) tokens"
        case "fusion", "reranker", "query.transform": return "\(name)=\(text)"
        default: return "\(name.split(separator: ".").last.map(String.init) ?? name)=\(text)"
        }
    }

    private static let order = [
        "chunker", "chunk.size", "chunk.overlap", "chunk.sentence_overlap", "chunk.parent", "chunk.header", "retriever",
    ]

    private static func rank(_ name: String) -> (Int, String) {
        (order.firstIndex(of: name) ?? order.count, name)
    }
}
