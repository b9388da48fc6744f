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
}
