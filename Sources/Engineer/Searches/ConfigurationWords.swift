package import AutoML
internal import Base

/// A configuration as people read it.
package enum ConfigurationWords {
    /// `structure 256 · hybrid · k1 0.9 b 0.4 …`: every value, in a fixed order.
    package static func short(_ configuration: Configuration) -> String {
        configuration.values.sorted { rank($0.key) < rank($1.key) }.map { name, value in
            let text = value.string ?? value.canonicalText
            switch name {
            case "chunker", "retriever": return text
            case "chunk.size": return "\(text) tokens"
            case "fusion", "reranker", "query.transform": return "\(name)=\(text)"
            default: return "\(name.split(separator: ".").last.map(String.init) ?? name)=\(text)"
            }
        }.joined(separator: " ")
    }

    private static let order = [
        "chunker", "chunk.size", "chunk.overlap", "chunk.sentence_overlap", "chunk.parent", "chunk.header", "retriever",
    ]

    private static func rank(_ name: String) -> (Int, String) {
        (order.firstIndex(of: name) ?? order.count, name)
    }
}
