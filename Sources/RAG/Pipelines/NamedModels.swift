/// Models that configurations may name, each loaded when it is first asked for, once.
///
/// The first is meant where a configuration names none: of most projects it is the only one.
package struct NamedModels<Model: Sendable>: Sendable {
    /// What configurations call them.
    package let names: [String]
    private let load: @Sendable (String) async throws -> Model
    private let loaded = SingleFlight<String, Model>(capacity: .max)

    /// Models by name, in the order in which a project gives them.
    package init(_ names: [String], load: @escaping @Sendable (String) async throws -> Model) {
        self.names = names
        self.load = load
    }

    /// One model that is there already; none, where it is nil.
    package init(_ model: Model?, named name: String = "default") {
        self.init(model == nil ? [] : [name]) { _ in
            guard let model else { throw RAGError(code: .invalidConfiguration, message: "There is no model.") }
            return model
        }
    }

    /// The same names for what is made of the models.
    package func map(_ transform: @escaping @Sendable (Model) -> Model) -> NamedModels {
        let whole = self
        return NamedModels(names) { name in
            guard let model = try await whole.model(name, parameter: "model") else {
                throw RAGError(code: .invalidConfiguration, message: "There is no model.")
            }
            return transform(model)
        }
    }

    /// Whether there are none.
    package var isEmpty: Bool { names.isEmpty }

    /// The model of a name, or the first; nil where there are none at all.
    ///
    /// - Parameter parameter: what named it, for the message where no model has that name.
    package func model(_ name: String?, parameter: String) async throws -> Model? {
        guard let first = names.first else { return nil }
        let name = name ?? first
        guard names.contains(name) else {
            throw RAGError(
                code: .invalidConfiguration,
                message: "The configuration's \(parameter) \"\(name)\" is none of the project's; neo.yaml has "
                    + "\(names.joined(separator: ", "))."
            )
        }
        let load = load
        return try await loaded.value(for: name) { try await load(name) }
    }

    /// All of them, in order.
    package func all() async throws -> [Model] {
        var models: [Model] = []
        for name in names {
            if let model = try await model(name, parameter: "model") { models.append(model) }
        }
        return models
    }
}
