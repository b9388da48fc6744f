internal import AutoML
internal import Base

/// A configuration as an engineer would describe it to a colleague.
enum ConfigurationSentence {
    /// `structure chunks of up to 256 tokens with their headings, BM25 (…) and dense vectors fused by …`.
    ///
    /// Values that the sentence has no words for are added as they are: nothing is left out.
    static func text(_ configuration: Configuration, encoder: String? = nil) -> String {
        var words = Words(configuration: configuration, encoder: encoder)
        return words.sentence()
    }
}

private struct Words {
    let configuration: Configuration
    let encoder: String?
    private var told: Set<String> = []

    init(configuration: Configuration, encoder: String?) {
        self.configuration = configuration
        self.encoder = encoder
    }

    mutating func sentence() -> String {
        var parts = [chunking(), retrieval()].compactMap { $0 }
        let rest = configuration.values.filter { !told.contains($0.key) }.sorted { $0.key < $1.key }
        parts += rest.map { "\($0.key) = \($0.value.string ?? $0.value.canonicalText)" }
        return parts.isEmpty ? "a configuration without parameters" : parts.joined(separator: ", ")
    }

    private mutating func chunking() -> String? {
        guard let chunker = take("chunker")?.string else { return nil }
        var text = chunker == "tokens" ? "windows" : "\(chunker) chunks"
        if let size = take("chunk.size") {
            text += chunker == "tokens" ? " of \(size.canonicalText) tokens" : " of up to \(size.canonicalText) tokens"
        }
        if let overlap = take("chunk.overlap")?.integer { text += " that overlap by \(overlap)" }
        switch take("chunk.header")?.bool {
        case true: text += " with their headings"
        case false: text += " without their headings"
        default: break
        }
        return text
    }

    private mutating func retrieval() -> String? {
        guard let retriever = take("retriever")?.string else { return nil }
        let dense = "dense vectors" + (encoder.map { " (\($0))" } ?? "")
        switch retriever {
        case "bm25": return "found by BM25\(lexical())"
        case "dense": return "found by \(dense)"
        case "hybrid":
            let fusion = fusion()
            return "found by BM25\(lexical()) and \(dense), fused by reciprocal rank\(fusion)"
        default: return "found by \(retriever)"
        }
    }

    private mutating func lexical() -> String {
        var details: [String] = []
        if let k1 = take("bm25.k1") { details.append("k1 \(k1.canonicalText)") }
        if let b = take("bm25.b") { details.append("b \(b.canonicalText)") }
        if let flag = take("bm25.stemming")?.bool { details.append(flag ? "stemming" : "no stemming") }
        if let flag = take("bm25.stop_words")?.bool { details.append(flag ? "stop words left out" : "stop words kept") }
        return details.isEmpty ? "" : " (\(details.joined(separator: ", ")))"
    }

    private mutating func fusion() -> String {
        var details: [String] = []
        if let constant = take("fusion.k") { details.append("k \(constant.canonicalText)") }
        if let weight = take("fusion.dense_weight") { details.append("weight of the vectors \(weight.canonicalText)") }
        return details.isEmpty ? "" : " (\(details.joined(separator: ", ")))"
    }

    private mutating func take(_ name: String) -> JSONValue? {
        guard let value = configuration[name] else { return nil }
        told.insert(name)
        return value
    }
}
