package import Base

/// An answer that has the form that was asked for.
package struct StructuredAnswer: Sendable, Hashable {
    /// What the model said, checked against the schema.
    package var value: JSONValue
    /// The answers that it took: one, or two where the first had to be repaired.
    package var responses: [LanguageModelResponse]
    /// What all of them used.
    package var usage: TokenUsage
}

extension LanguageModel {
    /// An answer that a schema describes.
    ///
    /// The server is asked to hold to the schema, and whether it did is checked (`JSONSchemaCheck`). An answer that does not
    /// fit is shown to the model once, together with what is wrong with it. Fences and words around the JSON are tolerated.
    ///
    /// - Parameters:
    ///   - request: what is asked; its own format is replaced.
    ///   - name: what servers call the schema: letters, digits and underscores.
    /// - Throws: `LanguageModelError` with code `answer` where the second answer does not fit either, with what was wrong;
    ///   or where the model declines or has no room to finish, and then nothing is asked twice.
    package func structured(
        _ request: LanguageModelRequest, schema: JSONValue, name: String = "answer"
    ) async throws -> StructuredAnswer {
        var request = request
        request.responseFormat = .jsonSchema(name: name, schema: schema)
        let first = try await respond(to: request)
        let problems: [String]
        switch try StructuredReply(first, schema, identity, request) {
        case .fits(let value): return StructuredAnswer(value: value, responses: [first], usage: first.usage)
        case .wrong(let found): problems = found
        }
        request.messages.append(.assistant(AssistantMessage(text: first.message.text)))
        request.messages.append(.user(StructuredReply.repair(problems, schema)))
        let second = try await respond(to: request)
        switch try StructuredReply(second, schema, identity, request) {
        case .fits(let value):
            return StructuredAnswer(value: value, responses: [first, second], usage: first.usage + second.usage)
        case .wrong(let found):
            throw LanguageModelError(
                .answer,
                "\(identity) was asked twice for JSON of a given form, and its second answer does not have it either: "
                    + "\(found.joined(separator: "; ")). Ask for a simpler form, or ask a larger model.")
        }
    }
}

/// What an answer is worth that should have a form.
private enum StructuredReply {
    case fits(JSONValue)
    case wrong([String])

    init(
        _ response: LanguageModelResponse, _ schema: JSONValue, _ identity: String, _ request: LanguageModelRequest
    ) throws(LanguageModelError) {
        if let words = response.message.refusal {
            throw LanguageModelError(.answer, "\(identity) declines to answer: \(words.prefix(200))")
        }
        let values = WrittenJSON.values(in: response.message.text)
        let problems = values.map { JSONSchemaCheck.problems(of: $0, against: schema) }
        if let fitting = problems.firstIndex(of: []) {
            self = .fits(values[fitting])
            return
        }
        guard response.stopReason != .length else {
            throw LanguageModelError(
                .answer,
                "\(identity) was cut short after \(response.usage.outputTokens) tokens, before its JSON was complete"
                    + (request.maxOutputTokens.map { "; allow it more than \($0)." } ?? "; allow it more."))
        }
        self = .wrong(problems.min { $0.count < $1.count } ?? ["$ is no JSON"])
    }

    static func repair(_ problems: [String], _ schema: JSONValue) -> String {
        """
        This is not the JSON that was asked for:
        \(problems.map { "- \($0)" }.joined(separator: "\n"))
        Answer again, with JSON alone that this JSON Schema describes:
        \(schema.canonicalText)
        """
    }
}
