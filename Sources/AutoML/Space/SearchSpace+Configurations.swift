internal import Base

extension SearchSpace {
    /// Throws unless the configuration has a value for every active parameter, each from its domain, and no unknown
    /// ones. Values of inactive parameters are allowed, because ``normalised(_:)`` drops them.
    public func validate(_ configuration: Configuration) throws(AutoMLError) {
        let names = Set(parameters.map(\.name))
        if let unknown = configuration.values.keys.filter({ !names.contains($0) }).min() {
            let known = parameters.map { "`\($0.name)`" }.joined(separator: ", ")
            let hint = nearest(to: unknown, in: names.sorted()).map { "Did you mean `\($0)`?" }
            throw AutoMLError(
                .invalidConfiguration, "There is no parameter `\(unknown)`. \(hint ?? "There are: \(known).")"
            )
        }
        let active = Set(normalised(configuration).values.keys)
        for parameter in parameters {
            guard let value = configuration[parameter.name] else {
                guard isActive(parameter, in: configuration) else { continue }
                throw AutoMLError(
                    .invalidConfiguration,
                    "The configuration lacks `\(parameter.name)`, which is \(parameter.domain.text) here."
                )
            }
            guard active.contains(parameter.name), !parameter.domain.contains(value) else { continue }
            var hint = ""
            if case .categorical(let values) = parameter.domain, let text = value.string,
                let near = nearest(to: text, in: values.compactMap(\.string))
            {
                hint = " Did you mean \"\(near)\"?"
            }
            throw AutoMLError(
                .invalidConfiguration,
                "`\(parameter.name)` is \(value.canonicalText), and must be \(parameter.domain.text).\(hint)"
            )
        }
    }

    /// The configuration without the values that have no effect, each value written as its domain writes it.
    ///
    /// Configurations that mean the same pipeline become equal and get equal hashes.
    public func normalised(_ configuration: Configuration) -> Configuration {
        Self.normalised(configuration, parameters: parameters)
    }

    /// Whether a parameter of this space has an effect in a configuration.
    public func isActive(_ parameter: Parameter, in configuration: Configuration) -> Bool {
        parameter.isActive(under: normalised(configuration))
    }

    static func normalised(_ configuration: Configuration, parameters: [Parameter]) -> Configuration {
        var kept = Configuration()
        // Conditions look back, so one pass in order also drops what depends on a dropped parameter.
        for parameter in parameters where parameter.isActive(under: kept) {
            kept[parameter.name] = configuration[parameter.name].map { parameter.domain.canonical($0) ?? $0 }
        }
        return kept
    }
}

extension Parameter {
    /// Whether the condition holds, given the values of all earlier active parameters.
    func isActive(under earlier: Configuration) -> Bool {
        guard let condition else { return true }
        guard let text = earlier[condition.parameter]?.canonicalText else { return false }
        return condition.values.contains { $0.canonicalText == text }
    }
}
