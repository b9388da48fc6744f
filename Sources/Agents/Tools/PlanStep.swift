internal import Base
internal import LanguageModels

/// A step of an agent's plan.
package struct PlanStep: Sendable, Hashable {
    /// How far it is.
    package enum State: String, Sendable, Hashable {
        case open, doing, done, dropped
    }

    package var text: String
    package var state: State

    package init(_ text: String, _ state: State) {
        self.text = text
        self.state = state
    }
}

extension PlanTool {
    /// The plan of a session, from the last call that holds one; empty where there is none.
    package static func steps(in events: [SessionEvent]) -> [PlanStep] {
        for event in events.reversed() {
            guard case .turn(let turn) = event.kind else { continue }
            for call in turn.message.toolCalls.reversed() where call.name == name {
                let steps = (call.argumentsObject?["steps"]?.array ?? []).compactMap { step -> PlanStep? in
                    guard let text = step["step"]?.string else { return nil }
                    return PlanStep(text, PlanStep.State(rawValue: step["state"]?.string ?? "") ?? .open)
                }
                if !steps.isEmpty { return steps }
            }
        }
        return []
    }
}
