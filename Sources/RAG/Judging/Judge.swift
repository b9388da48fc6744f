internal import Base
package import LanguageModels

/// Judges answers with a language model.
///
/// The answer's form is asked for as a JSON Schema, checked, and asked for once more with what was wrong. What then is no
/// verdict counts as a failure of the judge.
package struct Judge: Sendable {
    /// The model.
    package let model: any LanguageModel
    private let passageBytes: Int
    private let maxOutputTokens = 300

    /// A judge.
    ///
    /// - Parameter passageBytes: how much of the passages is shown; models of this machine read some thousand tokens.
    package init(_ model: any LanguageModel, passageBytes: Int = 12_000) {
        self.model = model
        self.passageBytes = passageBytes
    }

    /// Judges an item; nil where it lacks what the criterion compares with.
    ///
    /// - Parameter repetition: asks the same anew: with another seed, and another code around the material.
    /// - Throws: `CancellationError`; `LanguageModelError` where no item could be judged, because the endpoint or its
    ///   description is wrong.
    @concurrent
    package func judge(
        _ item: JudgeItem, by criterion: JudgeCriterion, repetition: Int = 0
    ) async throws -> JudgeVerdict? {
        guard criterion.applies(to: item) else { return nil }
        let prompt = JudgePrompt(criterion)
        let material = JudgeMaterial(
            item, for: criterion, salt: "\(repetition)", passageBytes: passageBytes)
        var verdict = JudgeVerdict(id: item.id, criterion: criterion, isCut: material.isCut)
        var request = Self.request(prompt, material, maxOutputTokens: maxOutputTokens, seed: repetition)
        for attempt in 1...2 {
            let text: String
            do {
                let response = try await model.respond(to: request)
                verdict.usage = verdict.usage + response.usage
                text = response.message.text
            } catch let error as LanguageModelError where !isPersistent(error) {
                verdict.failure = error.message
                return verdict
            }
            do {
                let reply = try JudgeReply(text, prompt: prompt, material: material.pieces.map(\.text))
                (verdict.score, verdict.label, verdict.reason) = (
                    reply.verdict.score, reply.verdict.label, reply.reason
                )
                verdict.failure = nil
                return verdict
            } catch {
                verdict.failure =
                    "The judge gave no verdict in \(attempt == 1 ? "1 reply" : "2 replies"): \(error.sentence)"
                request.messages += [
                    .assistant(AssistantMessage(text: String(text.prefix(2_000)))),
                    .user("That is no verdict. \(error.sentence) \(prompt.reminder)"),
                ]
            }
        }
        return verdict
    }

    static func request(
        _ prompt: JudgePrompt, _ material: JudgeMaterial, maxOutputTokens: Int, seed: Int
    ) -> LanguageModelRequest {
        LanguageModelRequest(
            messages: [.system(prompt.system), .user("\(material.text)\n\n\(prompt.reminder)")],
            responseFormat: .jsonSchema(name: "verdict", schema: prompt.schema), maxOutputTokens: maxOutputTokens,
            temperature: 0, seed: seed, cacheBreakpoints: [.message(0)])
    }
}
