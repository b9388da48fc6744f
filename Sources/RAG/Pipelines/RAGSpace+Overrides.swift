package import AutoML
package import Base

extension RAGSpace {
    /// The usual parameters, and those that a project's `space` names, with the values that it gives instead.
    ///
    /// A list names the values to try; a single value fixes the parameter.
    ///
    /// - Throws: `RAGError` for a name that is no parameter (with the nearest that is), an empty list, or a parameter
    ///   that could have no effect.
    package static func parameters(
        _ offer: RAGOffer, overriding values: [String: JSONValue]
    ) throws(RAGError) -> [Parameter] {
        var all = all(offer)
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            guard let position = all.firstIndex(where: { $0.name == name }) else {
                let hint = nearest(to: name, in: all.map(\.name)).map { " Did you mean \"\($0)\"?" } ?? ""
                throw RAGError(
                    code: .invalidConfiguration,
                    message: "The search space names \"\(name)\", which is no parameter of the kind rag.\(hint) "
                        + "The parameters are \(all.map(\.name).joined(separator: ", "))."
                )
            }
            let list = value.array ?? [value]
            guard !list.isEmpty else {
                throw RAGError(
                    code: .invalidConfiguration,
                    message: "The search space gives \(name) an empty list. Give at least one value, or leave it out."
                )
            }
            if name == "encoder" { try check(list, areAmong: offer.encoders, name) }
            if name == "reranker.model" { try check(list, areAmong: offer.rerankers, name) }
            all[position].domain = .categorical(list)
        }
        if offer.encoders.isEmpty { try checkNeedsNoEncoder(all) }
        let result = resolved(all, keeping: usual(offer).union(values.keys))
        try checkEffect(of: Set(values.keys).subtracting(result.map(\.name)), in: all)
        return result
    }

    /// Models are named in neo.yaml before a search can choose among them.
    private static func check(_ values: [JSONValue], areAmong names: [String], _ parameter: String) throws(RAGError) {
        for value in values where !names.contains(value.string ?? "") {
            let word = value.string ?? value.canonicalText
            let hint = nearest(to: word, in: names).map { " Did you mean \"\($0)\"?" } ?? ""
            let key = parameter == "encoder" ? "encoder" : "reranker"
            throw RAGError(
                code: .invalidConfiguration,
                message: "The search space gives \(parameter) the value \"\(word)\", but `\(key)` of neo.yaml names "
                    + "\(names.isEmpty ? "none" : names.joined(separator: ", ")).\(hint)"
            )
        }
    }

    private static func checkNeedsNoEncoder(_ parameters: [Parameter]) throws(RAGError) {
        func values(_ name: String) -> [JSONValue] {
            guard case .categorical(let values) = parameters.first(where: { $0.name == name })?.domain else {
                return []
            }
            return values
        }
        let retrievers = values("retriever")
        guard retrievers == ["bm25"] else {
            throw RAGError(
                code: .encoderMissing,
                message:
                    "The search space asks for \(retrievers.map(\.canonicalText).joined(separator: ", ")) retrieval, "
                    + "which needs an encoder, but neo.yaml says `encoder: none`."
            )
        }
        for (name, value) in [("chunker", "semantic"), ("reranker", "mmr")]
        where values(name).contains(.string(value)) {
            throw RAGError(
                code: .encoderMissing,
                message: "The search space asks for the \(name) \(value), which needs an encoder, but neo.yaml says "
                    + "`encoder: none`."
            )
        }
    }

    /// A parameter that was named but can have no effect is a mistake, unless it is one of the usual ones, which a
    /// narrower space simply does not use.
    private static func checkEffect(of unreached: Set<String>, in parameters: [Parameter]) throws(RAGError) {
        for parameter in parameters where unreached.contains(parameter.name) {
            let isUsual = Self.parameters(.anything).contains { $0.name == parameter.name }
            guard !isUsual, let condition = parameter.condition else { continue }
            let values = condition.values.map { $0.string ?? $0.canonicalText }.joined(separator: " or ")
            throw RAGError(
                code: .invalidConfiguration,
                message: "The search space names \(parameter.name), which has an effect only where "
                    + "\(condition.parameter) is \(values). Add that to \(condition.parameter) under `space`, or leave "
                    + "\(parameter.name) out."
            )
        }
    }
}
