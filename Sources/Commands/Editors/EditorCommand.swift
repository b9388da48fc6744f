internal import Agents
internal import Base
internal import LanguageModels

/// What begins with a slash in an editor: what the prompt of `neo agent` knows as well, as far as an editor needs it.
enum EditorCommand: Sendable {
    case model(String?)
    case cost
    /// With what is to be kept above all.
    case compact(String?)

    /// The command that a text is; nil for all that is said to the model.
    init?(_ text: String) {
        switch ConversationCommand(text) {
        case .model(let name)?: self = .model(name)
        case .cost?: self = .cost
        case .compact(let focus)?: self = .compact(focus)
        // An editor has its own ways to end and to take back, and a word with a slash may be meant for the model.
        case .help?, .undo?, .redo?, .exit?, .unknown?, nil: return nil
        }
    }

    /// What the editor can offer.
    static let update: JSONValue = [
        "sessionUpdate": "available_commands_update",
        "availableCommands": [
            [
                "name": "model", "description": "Say which model is asked, or ask another one from now on",
                "input": ["hint": "a role, ENDPOINT/MODEL, or a model of this machine"],
            ],
            ["name": "cost", "description": "Say what the session has taken"],
            [
                "name": "compact", "description": "Replace older messages by a summary",
                "input": ["hint": "what to keep above all"],
            ],
        ],
    ]

    /// Does it, and gives what there is to say.
    func done(in opened: AgentOpening.Opened) async throws -> String {
        switch self {
        case .cost: return await CostText.of(opened.agent)
        case .model(let name?):
            let choice = try await opened.models.agentModel(name, tools: opened.tools)
            try await opened.agent.use(choice)
            return "From now on, \(choice.name) is asked."
        case .model: return "\(await opened.agent.state.start?.model ?? "No model") is asked."
        case .compact(let focus):
            return try await opened.agent.compactNow(keeping: focus)
                ? "Older messages were replaced by a summary."
                : "Nothing was replaced: a summary would not be much shorter, or a hook objects."
        }
    }
}
