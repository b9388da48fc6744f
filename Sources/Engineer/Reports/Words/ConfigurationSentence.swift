internal import AutoML
internal import Base

/// A configuration as an engineer would describe it to a colleague.
enum ConfigurationSentence {
    /// `structure chunks of up to 256 tokens with their headings, BM25 (…) and dense vectors fused by …`.
    ///
    /// Values that the sentence has no words for are added as they are: nothing is left out.
    static func text(_ configuration: Configuration) -> String {
        var words = Words(configuration: configuration)
        return words.sentence()
    }
}

private struct Words {
    let configuration: Configuration
    private var told: Set<String> = []

    init(configuration: Configuration) {
        self.configuration = configuration
    }

    mutating func sentence() -> String {
        var parts = [chunking(), transform(), retrieval(), reranking(), context()].compactMap { $0 }
        let rest = configuration.values.filter { !told.contains($0.key) }.sorted { $0.key < $1.key }
        parts += rest.map { "\($0.key) = \($0.value.string ?? $0.value.canonicalText)" }
        return parts.isEmpty ? "a configuration without parameters" : parts.joined(separator: ", ")
    }

    private mutating func chunking() -> String? {
        guard let chunker = take("chunker")?.string else { return nil }
        let kinds = ["tokens": "windows", "sentences": "windows of whole sentences"]
        var text = kinds[chunker] ?? "\(chunker) chunks"
        if let size = take("chunk.size") {
            text += chunker == "tokens" ? " of \(size.canonicalText) tokens" : " of up to \(size.canonicalText) tokens"
        }
        if let overlap = take("chunk.overlap")?.integer { text += " that overlap by \(overlap)" }
        if let overlap = take("chunk.sentence_overlap")?.integer {
            text += " that share \(Self.count(overlap, "sentence"))"
        }
        if let details = details([
            "semantic.percentile": "percentile", "semantic.window": "window", "semantic.minimum": "minimum",
        ]) {
            text += details
        }
        if let parent = take("chunk.parent")?.integer, parent > 0 {
            text += ", returned as passages of about \(parent) tokens around them,"
        }
        switch take("chunk.header")?.bool {
        case true: text += " with their headings"
        case false: text += " without their headings"
        default: break
        }
        return text
    }

    private mutating func transform() -> String? {
        guard let transform = take("query.transform")?.string, transform != "none" else { return nil }
        return "questions put through \(transform)"
    }

    private mutating func reranking() -> String? {
        guard let reranker = take("reranker")?.string, reranker != "none" else { return nil }
        let model = take("reranker.model")?.string
        let name = reranker == "mmr" ? "maximal marginal relevance" : model ?? "a \(reranker)"
        return "reranked by \(name)" + (details(["reranker.depth": "the first", "reranker.lambda": "λ"]) ?? "")
    }

    private mutating func context() -> String? {
        var parts: [String] = []
        if let neighbours = take("context.neighbours")?.integer, neighbours > 0 {
            parts.append("widened by \(Self.count(neighbours, "chunk")) to either side")
        }
        if take("context.deduplicate")?.bool == true { parts.append("without repetition") }
        if let budget = take("context.budget")?.integer, budget > 0 { parts.append("in at most \(budget) tokens") }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    /// ` (first 50, λ 0.7)`: those of some parameters that the configuration has, in the order of their names.
    private mutating func details(_ names: [String: String]) -> String? {
        let parts = names.sorted { $0.key < $1.key }.compactMap { name, word in
            take(name).map { "\(word) \($0.string ?? $0.canonicalText)" }
        }
        return parts.isEmpty ? nil : " (\(parts.joined(separator: ", ")))"
    }

    private mutating func retrieval() -> String? {
        guard let retriever = take("retriever")?.string else { return nil }
        let dense = "dense vectors" + (take("encoder")?.string.map { " of \($0)" } ?? "")
        switch retriever {
        case "bm25": return "found by BM25\(lexical())"
        case "dense": return "found by \(dense)"
        case "hybrid":
            let fusion = fusion()
            return "found by BM25\(lexical()) and \(dense), fused by \(fusion)"
        default: return "found by \(retriever)"
        }
    }

    private mutating func lexical() -> String {
        var details: [String] = []
        if let k1 = take("bm25.k1") { details.append("k1 \(k1.canonicalText)") }
        if let b = take("bm25.b") { details.append("b \(b.canonicalText)") }
        if let flag = take("bm25.stemming")?.bool { details.append(flag ? "stemming" : "no stemming") }
        if let flag = take("bm25.stop_words")?.bool { details.append(flag ? "stop words left out" : "stop words kept") }
        if let weight = take("bm25.title_weight")?.number, weight > 0 {
            details.append("title and headings as a field of weight \(JSONValue.number(weight).canonicalText)")
        }
        if let variant = take("bm25.variant")?.string, variant != "lucene" { details.append("variant \(variant)") }
        return details.isEmpty ? "" : " (\(details.joined(separator: ", ")))"
    }

    private mutating func fusion() -> String {
        let kind = take("fusion")?.string ?? "rrf"
        let name = kind == "rrf" ? "reciprocal rank" : kind == "convex" ? "a weighted sum of their scores" : kind
        var details: [String] = []
        if let normalisation = take("fusion.normalisation")?.string { details.append(normalisation) }
        if let constant = take("fusion.k") { details.append("k \(constant.canonicalText)") }
        if let weight = take("fusion.dense_weight") { details.append("weight of the vectors \(weight.canonicalText)") }
        return name + (details.isEmpty ? "" : " (\(details.joined(separator: ", ")))")
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }

    private mutating func take(_ name: String) -> JSONValue? {
        guard let value = configuration[name] else { return nil }
        told.insert(name)
        return value
    }
}
