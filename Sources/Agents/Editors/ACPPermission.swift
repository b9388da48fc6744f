package import Base
package import LanguageModels

/// The question whether a call may run, as a client asks it, and what its answer means.
///
/// "Always" is for the rest of the session and for the very same thing, asked for the same reason: Neo's lasting rules stand
/// in `config.yaml`, and no button in an editor writes them.
package struct ACPPermission: Sendable {
    /// What was decided.
    package struct Decision: Sendable, Hashable {
        package var isAllowed: Bool
        /// Whether the same is decided alike from now on.
        package var isStanding: Bool
    }

    /// What decisions that stand are kept by.
    package let key: String
    private let call: ACPToolCall
    private let reason: String
    private let words: String

    package init(_ call: ToolCall, reason: String, workspace: String) {
        let arguments = call.argumentsObject ?? [:]
        let subject: (value: String, words: String) =
            switch call.name {
            case "shell": (arguments["command"]?.string ?? "", "this command line")
            case "write", "edit": (arguments["path"]?.string ?? "", "\(call.name) of this file")
            default: (JSONValue.object(arguments).canonicalText, "this very call")
            }
        self.call = ACPToolCall(call, workspace: workspace)
        self.reason = reason
        words = subject.words
        key = JSONValue.array([.string(call.name), .string(subject.value), .string(reason)]).canonicalText
    }

    /// The parameters of `session/request_permission`.
    package func params(session: String) -> JSONValue {
        var fields = call.fields
        fields["status"] = "pending"
        fields["content"] = .array([ACPUpdates.content("Neo asks because: \(reason).")] + call.pieces)
        return [
            "sessionId": .string(session), "toolCall": .object(fields),
            "options": [
                ["optionId": "allow_once", "kind": "allow_once", "name": "Allow"],
                [
                    "optionId": "allow_always", "kind": "allow_always",
                    "name": .string("Allow \(words) for the rest of the session"),
                ],
                ["optionId": "reject_once", "kind": "reject_once", "name": "Refuse"],
                [
                    "optionId": "reject_always", "kind": "reject_always",
                    "name": .string("Refuse \(words) for the rest of the session"),
                ],
            ],
        ]
    }

    /// What the client answered; whatever is no clear yes is a no.
    package static func decision(_ answer: JSONValue?) -> Decision {
        guard answer?["outcome"]?["outcome"] == "selected", let option = answer?["outcome"]?["optionId"]?.string else {
            return Decision(isAllowed: false, isStanding: false)
        }
        return Decision(
            isAllowed: option == "allow_once" || option == "allow_always",
            isStanding: option == "allow_always" || option == "reject_always")
    }
}
