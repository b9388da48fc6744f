package import AutoML
package import Base

/// The parameters of written answers, and the values that a search tries.
package enum GenerationSpace {
    /// The value of `generator` that stands for answers made of quotes.
    package static let quotes = "quotes"

    /// The names of all parameters.
    package static let names: Set<String> = [
        "generator", "prompt.template", "prompt.citations", "prompt.passages", "prompt.order", "generation.max_tokens",
        "generation.temperature", "generation.abstention", "prompt.instruction", "query.follow_up",
    ]

    /// Those that a project's `space` may give values; models are named by `generator`.
    package static let searchable = names.subtracting(["generator"])

    /// The parameters, with quotes first: a model has to be better than no model.
    ///
    /// - Parameters:
    ///   - models: the models' names.
    ///   - overrides: values of parameters in place of the usual ones.
    /// - Throws: `RAGError` where a value makes no sense.
    package static func parameters(
        models: [String], overriding overrides: [String: [JSONValue]] = [:]
    ) throws(RAGError) -> [Parameter] {
        let written = Parameter.Condition("generator", isOneOf: models.map { .string($0) })
        let usual: [(name: String, values: [JSONValue])] = [
            ("prompt.template", PromptTemplate.allCases.map { .string($0.rawValue) }),
            ("prompt.citations", [true]),
            ("prompt.passages", [3, 1, 5]),
            ("prompt.order", ["best-first", "best-last"]),
            ("generation.max_tokens", [200]),
            ("generation.temperature", [0]),
            ("generation.abstention", [1, 0]),
            ("query.follow_up", ["rewrite"]),
        ]
        var parameters = [
            Parameter("generator", .categorical([.string(quotes)] + models.map { .string($0) }))
        ]
        for (name, values) in usual {
            let values = overrides[name] ?? values
            for value in values { try check(name, value, model: models.first) }
            parameters.append(Parameter(name, .categorical(values), when: written))
        }
        return parameters
    }

    private static func check(_ name: String, _ value: JSONValue, model: String?) throws(RAGError) {
        _ = try GenerationOptions(Configuration(["generator": .string(model ?? "any"), name: value]))
    }
}

extension GenerationOptions {
    /// Reads the options out of a configuration; nil where its answers are quotes.
    ///
    /// - Throws: `RAGError` where a value makes no sense.
    package init?(_ configuration: Configuration) throws(RAGError) {
        let reader = ConfigurationReader(configuration)
        guard try reader.string("generator", default: GenerationSpace.quotes) != GenerationSpace.quotes else {
            return nil
        }
        func word<Value: RawRepresentable & CaseIterable>(
            _ name: String, _ fallback: Value
        ) throws(RAGError) -> Value where Value.RawValue == String {
            let text = try reader.string(name, default: fallback.rawValue)
            guard let value = Value(rawValue: text) else {
                throw reader.unknown(text, of: name, known: Value.allCases.map(\.rawValue))
            }
            return value
        }
        let usual = GenerationOptions()
        self.init(
            template: try word("prompt.template", usual.template), instruction: try reader.name("prompt.instruction"),
            cites: try reader.bool("prompt.citations", default: usual.cites),
            passages: try reader.integer("prompt.passages", in: 1...100, default: usual.passages),
            order: try word("prompt.order", usual.order),
            maxOutputTokens: try reader.integer(
                "generation.max_tokens", in: 1...100_000, default: usual.maxOutputTokens),
            temperature: try reader.number("generation.temperature", in: 0...2, default: usual.temperature),
            abstention: try reader.number("generation.abstention", in: 0...10, default: usual.abstention))
        let followUp = try reader.string("query.follow_up", default: "rewrite")
        guard ["rewrite", "as-is"].contains(followUp) else {
            throw reader.unknown(followUp, of: "query.follow_up", known: ["rewrite", "as-is"])
        }
        rewritesFollowUps = followUp == "rewrite"
    }
}
