package import AutoML
internal import Base
internal import Documents

/// The parameters of the kind `rag`, and the values that a search tries when its project names no others.
package enum RAGSpace {
    /// The parameters that decide how much text a passage holds.
    package static let passageLength: Set<String> = [
        "chunker", "chunk.size", "chunk.overlap", "chunk.sentence_overlap", "chunk.parent", "context.neighbours",
        "semantic.percentile", "semantic.window", "semantic.minimum",
    ]

    /// The parameters that every search varies, with their usual values, in the order in which they are conditioned.
    /// The first value of each makes the default configuration: what an engineer would build without a search.
    ///
    /// They are few, so that a search of two dozen trials sees a good part of them.
    ///
    package static func parameters(_ offer: RAGOffer) -> [Parameter] {
        resolved(all(offer), keeping: usual(offer))
    }

    /// The names of those parameters; a project's `space` may give one of them values with which it has an effect.
    static func usual(_ offer: RAGOffer) -> Set<String> {
        var usual: Set<String> = [
            "chunker", "chunk.size", "chunk.overlap", "chunk.header", "retriever", "bm25.k1", "bm25.b",
            "bm25.stemming", "bm25.stop_words", "bm25.title_weight", "fusion.k", "fusion.dense_weight",
        ]
        if offer.encoders.count > 1 { usual.insert("encoder") }
        if offer.rerankers.count > 1 { usual.insert("reranker.model") }
        if !offer.histories.isEmpty { usual.insert("query.history") }
        return usual.union(offer.parsers.keys.map(ParserChoice.parameter(of:)))
    }

    /// Every parameter that a project can name, with the values that it has in the usual search or, where it is not
    /// among those, with the one that is meant where nothing is said. Why some are not, Benchmarks/RESULTS.md tells.
    package static func all(_ offer: RAGOffer) -> [Parameter] {
        let lexical = Parameter.Condition("retriever", isOneOf: ["bm25", "hybrid"])
        let dense = Parameter.Condition("retriever", isOneOf: ["dense", "hybrid"])
        let hybrid = Parameter.Condition("retriever", isOneOf: ["hybrid"])
        let semantic = Parameter.Condition("chunker", isOneOf: ["semantic"])
        return [
            Parameter("chunker", .categorical(["structure", "tokens"])),
            Parameter("chunk.size", .categorical([256, 128])),
            Parameter("chunk.overlap", .categorical([32]), when: .init("chunker", isOneOf: ["tokens"])),
            Parameter("chunk.sentence_overlap", .categorical([1]), when: .init("chunker", isOneOf: ["sentences"])),
            Parameter("semantic.percentile", .categorical([20]), when: semantic),
            Parameter("semantic.window", .categorical([2]), when: semantic),
            Parameter("semantic.minimum", .categorical([32]), when: semantic),
            Parameter("chunk.parent", .categorical([0])),
            Parameter("chunk.header", .categorical([true])),
            Parameter("query.transform", .categorical(["none"])),
            Parameter(
                "query.history",
                .categorical(offer.histories.isEmpty ? ["none"] : offer.histories.map { .string($0.rawValue) })),
            Parameter("retriever", .categorical(offer.encoders.isEmpty ? ["bm25"] : ["hybrid", "bm25", "dense"])),
            Parameter("bm25.k1", .categorical([1.2, 0.9, 1.8]), when: lexical),
            Parameter("bm25.b", .categorical([0.75, 0.4]), when: lexical),
            Parameter("bm25.stemming", .categorical([true, false]), when: lexical),
            Parameter("bm25.stop_words", .categorical([true, false]), when: lexical),
            Parameter("bm25.title_weight", .categorical([1]), when: lexical),
            Parameter("bm25.variant", .categorical(["lucene"]), when: lexical),
            Parameter("encoder", .categorical(offer.encoders.map { .string($0) }), when: dense),
            Parameter("dense.storage", .categorical(["float32"]), when: dense),
            Parameter("fusion", .categorical(["rrf"]), when: hybrid),
            Parameter("fusion.k", .categorical([60, 10]), when: .init("fusion", isOneOf: ["rrf"])),
            Parameter("fusion.normalisation", .categorical(["min-max"]), when: .init("fusion", isOneOf: ["convex"])),
            Parameter("fusion.dense_weight", .categorical([0.5, 0.3, 0.7]), when: hybrid),
            Parameter("reranker", .categorical(["none"])),
            Parameter(
                "reranker.model", .categorical(offer.rerankers.map { .string($0) }),
                when: .init("reranker", isOneOf: ["cross-encoder"])),
            Parameter(
                "reranker.depth", .categorical([50]), when: .init("reranker", isOneOf: ["mmr", "cross-encoder"])),
            Parameter("reranker.lambda", .categorical([0.7]), when: .init("reranker", isOneOf: ["mmr"])),
            Parameter("context.neighbours", .categorical([0])),
            Parameter("context.deduplicate", .categorical([false])),
            Parameter("context.budget", .categorical([0])),
        ]
            + offer.parsers.sorted { $0.key < $1.key }.map { format, names in
                Parameter(ParserChoice.parameter(of: format), .categorical(names.map { .string($0) }))
            }
    }

    /// Some of the parameters, without those, and without the values of conditions, that no configuration can reach:
    /// with BM25 alone there is nothing to fuse.
    ///
    /// A parameter that is left out has its first value everywhere. Where another one waits for that value, it waits
    /// for what the one left out waits for; and for nothing, if that is nothing.
    static func resolved(_ parameters: [Parameter], keeping names: Set<String>) -> [Parameter] {
        var conditions: [String: Parameter.Condition?] = [:]
        var domains: [String: Parameter.Domain] = [:]
        var kept: [Parameter] = []
        for var parameter in parameters {
            var condition = parameter.condition
            if let wanted = condition {
                guard case .categorical(let possible) = domains[wanted.parameter] else { continue }
                let values = wanted.values.filter { possible.contains($0) }
                guard !values.isEmpty else { continue }
                condition?.values = values
                if !names.contains(wanted.parameter) { condition = conditions[wanted.parameter] ?? nil }
            }
            parameter.condition = condition
            conditions[parameter.name] = condition
            domains[parameter.name] = parameter.domain
            if names.contains(parameter.name) { kept.append(parameter) }
        }
        return kept
    }
}
