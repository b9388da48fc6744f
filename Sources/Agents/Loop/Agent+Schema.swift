package import Base
internal import LanguageModels

extension Agent {
    /// Has the model give the result of its work in a form, after it is done. The last answer of the session is then that
    /// JSON, in its canonical text.
    ///
    /// An answer that does not have the form is repaired once, as `LanguageModel.structured` does.
    ///
    /// - Returns: how the session ended: done, or that the model failed, with what was wrong.
    package func answer(as schema: JSONValue) async throws -> SessionEnd {
        try record(
            .message(
                SaidMessage(
                    "Give the result of the work as JSON alone, without a word around it and without calling a tool. It has "
                        + "the form of this JSON Schema: \(schema.canonicalText)", from: .context)))
        var request = request
        request.toolChoice = ToolChoice.none
        do {
            let answer = try await ports.model.structured(request, schema: schema)
            try record(.usage(UsageNote(tokens: answer.usage, dollars: ports.price(answer.usage))))
            try record(
                .turn(
                    Turn(
                        number: state.turns + 1, message: AssistantMessage(text: answer.value.canonicalText),
                        stopReason: .stop)))
            try record(.end(SessionEnd(.done)))
            return SessionEnd(.done)
        } catch let error as LanguageModelError {
            let end = SessionEnd(.modelFailed, error.message)
            try record(.end(end))
            return end
        }
    }
}
