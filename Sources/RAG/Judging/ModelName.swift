internal import Base

/// What a model is called, whoever serves it, and wherever.
package struct ModelName: Sendable, Hashable {
    /// For reports and audits: without the port of this machine, which is another one each time.
    package let text: String
    /// The last part of its name, by which the same weights at two endpoints are recognised.
    private let weights: String

    /// The name in a model's identity, such as `chat:https://api.openai.com/v1/gpt-x`; a bare name stays as it is.
    package init(identity: String) {
        var text = identity
        if identity.hasPrefix("local:") {
            // What runs here is named with the hash of its weights.
            text = String(identity.dropFirst(6).prefix { $0 != "@" })
        } else if let scheme = identity.firstRange(of: "://") {
            let address = identity[scheme.upperBound...]
            let host = address.prefix { $0 != "/" }
            let path = address.dropFirst(host.count + 1)
            let name = path.firstRange(of: "v1/").map { path[$0.upperBound...] } ?? path
            text = Self.isThisMachine(host) ? String(name) : "\(host)/\(name)"
        }
        self.text = text
        var weights = text.split(separator: "/").last.map { $0.lowercased() } ?? ""
        if weights.hasSuffix(".gguf") { weights.removeLast(5) }
        self.weights = weights
    }

    /// Whether both are the same model, as far as names tell.
    package func isSameModel(as other: ModelName) -> Bool { weights == other.weights }

    /// Looks whether a judge would judge answers that it wrote itself, which models find better than others'.
    ///
    /// - Parameters:
    ///   - writers: the models that wrote the answers.
    ///   - insists: whether it may judge them all the same.
    ///   - remedy: what to do about it.
    /// - Returns: Whether it does; the report then says so.
    /// - Throws: `RAGError` where it does, and nobody insists.
    package func judgesItself(
        _ writers: [ModelName], insists: Bool,
        remedy: String = "Name another one with --judge, or insist with --own-answers."
    ) throws(RAGError) -> Bool {
        guard let own = writers.first(where: isSameModel) else { return false }
        guard insists else {
            throw RAGError(
                code: .invalidJudge,
                message:
                    "The judge \(text) is the model that wrote the answers (\(own.text)), and models find better what "
                    + "they wrote themselves. \(remedy)"
            )
        }
        return true
    }

    private static func isThisMachine(_ host: Substring) -> Bool {
        let name = host.hasPrefix("[") ? host.prefix { $0 != "]" }.dropFirst() : host.prefix { $0 != ":" }
        return name == "localhost" || name == "::1" || name.hasPrefix("127.")
    }
}
