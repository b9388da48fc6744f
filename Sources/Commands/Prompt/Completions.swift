internal import Agents
internal import Sandbox

/// What a word at the prompt of `neo agent` may be completed to.
struct Completions: Sendable {
    private let mentions: FileMentions?

    init(_ opening: AgentOpening) {
        mentions = try? FileMentions(SandboxPolicy(workspace: opening.workspace), workspace: opening.workspace)
    }

    /// Commands, and files behind `@`.
    @Sendable func of(_ word: String) -> [String] {
        word.hasPrefix("/") ? ConversationCommand.completions(of: word) : mentions?.completions(of: word) ?? []
    }
}
