package import LanguageModels

/// What an agent does next. Without I/O: who runs it performs the action, journals what happened, and asks again.
///
/// ```
///        message                 no open calls, something unanswered
/// rest ──────────► waiting ──────────────────────────────────────────► ask the model
///   ▲                                                                        │
///   │ said something, called nothing                                         │ calls
///   └──────────────────────────────── open calls ◄───────────────────────────┘
///                                     │   run, skip, or ask what became of it
///                                     └──► results ──► waiting
/// ```
package enum AgentAction: Sendable, Hashable {
    /// Wait for somebody to say something.
    case rest
    /// Ask the model.
    case ask
    /// Run these calls; at the same time where there are several.
    case run([ToolCall])
    /// Answer this call without running it, because the user said something meanwhile.
    case skip(ToolCall)
    /// This call had begun when the process ended.
    case recover(ToolCall, ToolStart)
    /// Say this to the model.
    case tell(String)
    /// Stop.
    case end(SessionEnd)
}

extension AgentState {
    /// The next action.
    ///
    /// - Parameters:
    ///   - elapsedSeconds: how long this session has worked.
    ///   - onlyReads: whether a call changes nothing, so that it may run beside others.
    package func next(elapsedSeconds: Double, onlyReads: (ToolCall) -> Bool) -> AgentAction {
        guard let start, end == nil else { return .rest }
        if let open = openCalls.first(where: { $0.start != nil }), let mark = open.start {
            return .recover(open.call, mark)
        }
        if let open = openCalls.first {
            if !queued.isEmpty { return .skip(open.call) }
            let calls = openCalls.map(\.call)
            return .run(calls.allSatisfy(onlyReads) ? calls : [open.call])
        }
        if let circle = circles.circle {
            return circles.isTold ? .end(SessionEnd(.stuck, circle.sentence)) : .tell(circle.notice)
        }
        if isAnswered { return .end(SessionEnd(.done)) }
        guard !messages.isEmpty else { return .rest }
        return limit(start.limits, elapsedSeconds).map(AgentAction.end) ?? .ask
    }

    private func limit(_ limits: AgentLimits, _ elapsedSeconds: Double) -> SessionEnd? {
        let tokens = usage.inputTokens + usage.outputTokens
        if usedTurns >= limits.turns {
            return SessionEnd(
                .turnLimit, "The agent has used its \(limits.turns == 1 ? "one turn" : "\(limits.turns) turns").")
        }
        if let most = limits.tokens, tokens >= most {
            return SessionEnd(.tokenLimit, "The agent has used \(tokens) of its \(most) tokens.")
        }
        if let most = limits.dollars, dollars >= most {
            return SessionEnd(.costLimit, "The agent has spent its \(most) dollars.")
        }
        if let most = limits.wallSeconds, elapsedSeconds >= most {
            return SessionEnd(.timeLimit, "The agent has worked for its \(Int(most)) seconds.")
        }
        return nil
    }
}
