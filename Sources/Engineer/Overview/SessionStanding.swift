package import Agents
internal import Base
internal import LanguageModels

/// How an agent's session stands, for people who look at a project.
package struct SessionStanding: Sendable {
    package let summary: SessionSummary
    /// Why it ended, and the number of that event; nil where it is at work, or was cut off.
    package let end: (number: Int, end: SessionEnd)?
    /// What the agent asks a person, and nobody has answered; nil where it asks nothing.
    package let question: String?
    /// The number of the last event.
    package let lastEvent: Int
    /// When that was, in seconds since 1970.
    package let lastTime: Double
    /// The tasks that the agent has set itself.
    package let steps: [PlanStep]

    /// How a session stands after these events.
    package init(_ events: [SessionEvent]) throws {
        summary = try SessionSummary(events)
        let state = AgentState(events)
        lastEvent = events.last?.number ?? 0
        lastTime = events.last?.time ?? 0
        end = state.end.map { (events.last { if case .end = $0.kind { true } else { false } }?.number ?? 0, $0) }
        question =
            state.end == nil
            ? state.openCalls.first { $0.call.name == AskUserTool.name && $0.start != nil }
                .map { $0.call.argumentsObject?["question"]?.string ?? "" } : nil
        steps = PlanTool.steps(in: SessionHistory(events).events)
    }

    /// Whether it stopped where a person decides how it goes on.
    package var isAtLimit: Bool {
        switch end?.end.reason {
        case .turnLimit, .tokenLimit, .costLimit, .timeLimit: true
        case .done, .stopped, .stuck, .modelFailed, .redChecks, nil: false
        }
    }
}
