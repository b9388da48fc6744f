package import Base
internal import LanguageModels

/// What tells the models apart whose answers are recorded together.
///
/// The address is not part of it: a model that is served on another port today gives the same answers. Where two servers
/// give different things the same name, name them differently.
package struct RecordedModel: Sendable, Hashable {
    /// The protocol: `chat`, `anthropic`.
    package var family: String
    /// The model's name.
    package var model: String
    /// The hash of further settings that answers depend on; nil where there are none.
    package var settings: ContentHash?

    /// A model.
    package init(family: String, model: String, settings: ContentHash? = nil) {
        self.family = family
        self.model = model
        self.settings = settings
    }

    /// The model behind an endpoint; by its address where it has no name.
    package init(_ endpoint: LanguageModelEndpoint) {
        self.init(
            family: String(endpoint.identity.prefix { $0 != ":" }), model: endpoint.model ?? endpoint.url,
            // Only their hash is written down: somebody may have put a password among them.
            settings: endpoint.extraFields.isEmpty ? nil : ContentHash(of: .object(endpoint.extraFields)))
    }
}

/// Names a recorded answer: the request, the model, and the number of the sample.
struct RecordingKey: Sendable, Hashable {
    /// All that the answer depends on.
    let document: JSONValue
    /// The same, short.
    let hash: ContentHash
    /// The document as it is kept.
    let text: String

    init(_ request: LanguageModelRequest, _ model: RecordedModel, bucket: Int) {
        var fields: [String: JSONValue] = [
            "version": .integer(LanguageModelRequest.jsonVersion), "family": .string(model.family),
            "model": .string(model.model), "bucket": .integer(bucket), "request": request.json,
        ]
        fields["settings"] = model.settings.map { .string($0.hex) }
        document = .object(fields)
        text = document.canonicalText
        hash = ContentHash(of: text)
    }
}
