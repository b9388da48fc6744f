package import AutoML
internal import Base
package import LanguageModels

/// A model that writes answers, and how it is asked.
package struct Generator: Sendable {
    /// The model.
    package var model: any LanguageModel
    /// How it is asked.
    package var options: GenerationOptions

    /// A generator.
    package init(model: any LanguageModel, options: GenerationOptions = GenerationOptions()) {
        self.model = model
        self.options = options
    }

    /// The generator that a configuration names; nil where its answers are quotes.
    ///
    /// - Throws: `RAGError` where a value makes no sense; what `model` throws.
    package init?(_ configuration: Configuration, model: (String) async throws -> any LanguageModel) async throws {
        guard let options = try GenerationOptions(configuration), let name = configuration["generator"]?.string else {
            return nil
        }
        self.init(model: try await model(name), options: options)
    }
}
