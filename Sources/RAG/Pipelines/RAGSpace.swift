package import AutoML
package import Base
internal import Documents

/// The parameters of the kind `rag`, and the values that a search tries when its project names no others.
package enum RAGSpace {
    /// Every parameter with its usual values, in the order in which they are conditioned. The first value of each
    /// makes the default configuration: what an engineer would build without a search.
    ///
    /// - Parameters:
    ///   - hasEncoder: without one, only BM25 can be searched.
    ///   - parsers: by format, the parsers of those formats that the documents have and that can be read in several
    ///     ways.
    package static func parameters(hasEncoder: Bool, parsers: [String: [String]] = [:]) -> [Parameter] {
        let lexical = Parameter.Condition("retriever", isOneOf: ["bm25", "hybrid"])
        let hybrid = Parameter.Condition("retriever", isOneOf: ["hybrid"])
        return [
            Parameter("chunker", .categorical(["structure", "tokens"])),
            Parameter("chunk.size", .categorical([256, 128])),
            Parameter("chunk.overlap", .categorical([32]), when: .init("chunker", isOneOf: ["tokens"])),
            Parameter("chunk.header", .categorical([true])),
            Parameter("retriever", .categorical(hasEncoder ? ["hybrid", "bm25", "dense"] : ["bm25"])),
            Parameter("bm25.k1", .categorical([1.2, 0.9, 1.8]), when: lexical),
            Parameter("bm25.b", .categorical([0.75, 0.4]), when: lexical),
            Parameter("bm25.stemming", .categorical([true, false]), when: lexical),
            Parameter("bm25.stop_words", .categorical([true, false]), when: lexical),
            Parameter("fusion.k", .categorical([60, 10]), when: hybrid),
            Parameter("fusion.dense_weight", .categorical([0.5, 0.3, 0.7]), when: hybrid),
        ]
            + parsers.sorted { $0.key < $1.key }.map { format, names in
                Parameter(ParserChoice.parameter(of: format), .categorical(names.map { .string($0) }))
            }
    }

    /// The usual parameters with the values that a project's `space` gives instead.
    ///
    /// A list names the values to try; a single value fixes the parameter.
    ///
    /// - Throws: `RAGError` for a name that is no parameter (with the nearest that is), or an empty list.
    package static func parameters(
        hasEncoder: Bool, parsers: [String: [String]] = [:], overriding values: [String: JSONValue]
    ) throws(RAGError) -> [Parameter] {
        var result = parameters(hasEncoder: hasEncoder, parsers: parsers)
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            guard let position = result.firstIndex(where: { $0.name == name }) else {
                let hint = nearest(to: name, in: result.map(\.name)).map { " Did you mean \"\($0)\"?" } ?? ""
                throw RAGError(
                    code: .invalidConfiguration,
                    message: "The search space names \"\(name)\", which is no parameter of the kind rag.\(hint) "
                        + "The parameters are \(result.map(\.name).joined(separator: ", "))."
                )
            }
            let list = value.array ?? [value]
            guard !list.isEmpty else {
                throw RAGError(
                    code: .invalidConfiguration,
                    message: "The search space gives \(name) an empty list. Give at least one value, or leave it out."
                )
            }
            result[position].domain = .categorical(list)
        }
        if !hasEncoder, case .categorical(let retrievers) = result.first(where: { $0.name == "retriever" })?.domain,
            retrievers != ["bm25"]
        {
            throw RAGError(
                code: .encoderMissing,
                message:
                    "The search space asks for \(retrievers.map(\.canonicalText).joined(separator: ", ")) retrieval, "
                    + "which needs an encoder, but neo.yaml says `encoder: none`."
            )
        }
        return reachable(result)
    }

    /// Without the parameters, and the values of conditions, that no configuration of the space can reach: with BM25
    /// alone there is nothing to fuse.
    private static func reachable(_ parameters: [Parameter]) -> [Parameter] {
        var kept: [Parameter] = []
        for var parameter in parameters {
            if let condition = parameter.condition {
                guard case .categorical(let possible) = kept.first(where: { $0.name == condition.parameter })?.domain
                else { continue }
                let values = condition.values.filter { possible.contains($0) }
                guard !values.isEmpty else { continue }
                parameter.condition?.values = values
            }
            kept.append(parameter)
        }
        return kept
    }
}
