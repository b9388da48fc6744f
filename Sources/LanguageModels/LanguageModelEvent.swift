/// A step of an answer that is being written.
package enum LanguageModelEvent: Sendable, Hashable {
    /// More of what the model thinks before it answers.
    case reasoning(String)
    /// More text.
    case text(String)
    /// More of the words with which the model declines.
    case refusal(String)
    /// The model begins to call a tool; calls are numbered from 0.
    case toolCall(index: Int, id: String, name: String)
    /// More of the JSON text of a call's arguments.
    case toolCallArguments(index: Int, fragment: String)
    /// The whole answer; always the last event, and there once.
    case completed(LanguageModelResponse)
}
