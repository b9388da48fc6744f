package import Encoders

/// What `neo.yaml` says of an encoder or a reranker.
package struct ModelSetting: Sendable, Hashable {
    /// Where a model is.
    package enum Source: Sendable, Hashable {
        /// In the machine's model store.
        case store(String)
        /// In a folder, as sentence-transformers writes it.
        case folder(String)
        /// Served by somebody.
        case endpoint(EndpointSetting)
    }

    /// What configurations call it.
    package var name: String
    package var source: Source
    /// What its large products are computed in; a served one does not care.
    package var precision: Precision
    /// What stands in front of texts; nil for what the model's own folder says.
    package var prefixes: TextPrefixes?

    package init(
        name: String, source: Source, precision: Precision = .single, prefixes: TextPrefixes? = nil
    ) {
        self.name = name
        self.source = source
        self.precision = precision
        self.prefixes = prefixes
    }

    /// A model of the store, with its own settings.
    package static func store(_ name: String) -> ModelSetting { ModelSetting(name: name, source: .store(name)) }
}
