internal import Agents
internal import Base
internal import LanguageModels
internal import Synchronization

extension AgentPerson {
    /// The person at an editor.
    ///
    /// - Parameters:
    ///   - takesForms: whether the editor can show a question with a line for the answer.
    ///   - callAsking: the call by which the model asks a question.
    static func at(
        _ asks: EditorAsks, session: String, workspace: String, takesForms: Bool,
        callAsking: @escaping @Sendable (String) -> String?
    ) -> AgentPerson {
        let standing = StandingDecisions()
        return AgentPerson(
            approval: ApprovalPort { call, reason in
                let permission = ACPPermission(call, reason: reason, workspace: workspace)
                if let isAllowed = standing.decided(permission.key) { return isAllowed }
                let decision = ACPPermission.decision(
                    await asks.ask("session/request_permission", permission.params(session: session)))
                if decision.isStanding { standing.keep(permission.key, decision.isAllowed) }
                return decision.isAllowed
            },
            questions: QuestionPort { question, options in
                let call = callAsking(question)
                if takesForms { return await form(asks, session, call, question, options) }
                // Without options there is nothing that a choice could be made of.
                return options.isEmpty ? nil : await choice(asks, session, call, question, options)
            })
    }

    private static func form(
        _ asks: EditorAsks, _ session: String, _ call: String?, _ question: String, _ options: [String]
    ) async -> String? {
        var field: [String: JSONValue] = ["type": "string", "title": "Answer"]
        if !options.isEmpty { field["enum"] = .array(options.map(JSONValue.string)) }
        var params: [String: JSONValue] = [
            "mode": "form", "sessionId": .string(session), "message": .string(Terminal.harmless(question)),
            "requestedSchema": [
                "type": "object", "properties": ["answer": .object(field)], "required": ["answer"],
            ],
        ]
        if let call { params["toolCallId"] = .string(call) }
        let answer = await asks.ask("elicitation/create", .object(params))
        if answer?["action"] == "decline" { return "The user does not want to answer." }
        guard answer?["action"] == "accept" else { return nil }
        return answer?["content"]?["answer"]?.string
    }

    /// The one question that every editor can show has buttons.
    private static func choice(
        _ asks: EditorAsks, _ session: String, _ call: String?, _ question: String, _ options: [String]
    ) async -> String? {
        let shown = options.enumerated().map { position, text -> JSONValue in
            ["optionId": .string("option-\(position)"), "kind": "allow_once", "name": .string(Terminal.harmless(text))]
        }
        let none: JSONValue = ["optionId": "none", "kind": "reject_once", "name": "None of these"]
        let answer = await asks.ask(
            "session/request_permission",
            [
                "sessionId": .string(session), "options": .array(shown + [none]),
                "toolCall": [
                    "toolCallId": .string(call ?? "question"), "kind": "other",
                    "status": "pending", "title": .string(Terminal.harmless(question)),
                ],
            ])
        guard answer?["outcome"]?["outcome"] == "selected", let id = answer?["outcome"]?["optionId"]?.string else {
            return nil
        }
        if id == "none" { return "The user chose none of the options." }
        return options.indices.first { "option-\($0)" == id }.map { options[$0] }
    }
}

/// What the user has decided for the rest of a session.
private final class StandingDecisions: Sendable {
    private let decisions = Mutex<[String: Bool]>([:])

    func decided(_ key: String) -> Bool? { decisions.withLock { $0[key] } }

    func keep(_ key: String, _ isAllowed: Bool) { decisions.withLock { $0[key] = isAllowed } }
}
