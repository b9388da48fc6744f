/// How a model and its server take tools, and give calls of them back.
package enum ToolCallStyle: String, Sendable, Hashable, CaseIterable {
    /// By the protocol's own fields alone.
    case native
    /// Tools by the protocol's fields; calls by these, or written into the text as the model was taught it.
    case text
    /// Tools described in the first message, calls written into the text: for what knows no tools.
    case described

    /// The model with tools in this style.
    ///
    /// - Parameter stopsAtCall: whether an answer ends behind the first call that is written into its text.
    package func applied(to model: any LanguageModel, stopsAtCall: Bool = false) -> any LanguageModel {
        switch self {
        case .native: model
        case .text: ToolTextModel(model, tools: .native, stopsAtCall: stopsAtCall)
        case .described: ToolTextModel(model, tools: .described, stopsAtCall: stopsAtCall)
        }
    }
}
