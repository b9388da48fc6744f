internal import Agents
internal import Base
internal import Engineer

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What a session has of skills: their catalogue, the tool, and the text of those that are active.
struct AgentSkills: Sendable {
    private let shelf: SkillShelf
    private let active: ActiveSkills

    /// What the user should know before work begins.
    var remarks: [String] { shelf.notes }

    /// The tool; nil where no skill is offered.
    var tool: SkillTool? { shelf.offered.isEmpty ? nil : SkillTool(shelf, active: active) }

    /// The skills of a workspace for a session's file; nil where there are none at all.
    init?(workspace: String, session: String, isTrusted: Bool, model: String?) {
        shelf = SkillShelf(.machine(workspace), isTrusted: isTrusted, model: model)
        active = ActiveSkills(session: session)
        if shelf.entries.isEmpty { return nil }
    }

    /// What the session should know. Sources share a quarter of the window: those that are active may take most of it.
    func context(_ window: ContextWindow) -> [any ContextSource] {
        [
            ActiveSkillsSource(active, limit: window.effectiveTokens * 3 / 4),
            SkillCatalogue(shelf, tokens: min(2_000, window.effectiveTokens / 32)),
        ]
    }
}

extension SkillPlaces {
    /// This machine's, for a workspace.
    static func machine(_ workspace: String) -> SkillPlaces {
        SkillPlaces(
            workspace: workspace, environment: ProcessInfo.processInfo.environment,
            home: FileManager.default.homeDirectoryForCurrentUser.path)
    }
}

extension ModelsConfiguration {
    /// Whether the user lists a folder, or one above it, under `trusted`.
    func trusts(_ workspace: String) -> Bool {
        (agents["trusted"]?.array ?? []).compactMap(\.string).map { Project.absolute($0) }
            .contains { workspace == $0 || workspace.hasPrefix($0 + "/") }
    }
}
