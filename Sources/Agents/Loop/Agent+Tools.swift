internal import Base
internal import LanguageModels

extension Agent {
    /// Runs calls that may run, at the same time, and journals a mark before and a result after each.
    func run(_ calls: [ToolCall]) async throws {
        var allowed: [(call: ToolCall, tool: any Tool, arguments: [String: JSONValue], notes: [String])] = []
        for call in calls {
            switch ports.tools.check(call) {
            case .wrong(let text): try record(.toolResult(ToolEnd(callID: call.id, text: text, isError: true)))
            case .call(let tool, let arguments):
                // People and hooks judge what runs, not what the model wrote.
                let call = call.with(arguments)
                guard try await isAllowed(call, tool, arguments) else { continue }
                let (reason, notes) = try await harness.objection(to: call)
                if let reason {
                    try record(.toolResult(ToolEnd(callID: call.id, text: reason, isError: true)))
                } else {
                    allowed.append((call, tool, arguments, notes))
                }
            }
        }
        let effects = allowed.flatMap { $0.tool.effects(of: $0.arguments) }
        do {
            if let kept = try await harness.keep(before: effects, turn: state.turns) { try record(.checkpoint(kept)) }
        } catch let error as AgentsError {
            // Work goes on; that it cannot be taken back is said.
            for place in allowed.indices { allowed[place].notes.append(error.message) }
        }
        for (call, tool, _, _) in allowed { try record(mark(call, tool)) }
        let folder = ports.outputFolder
        let harness = harness
        try await withThrowingTaskGroup(of: ToolEnd.self) { group in
            for (call, tool, arguments, notes) in allowed {
                group.addTask {
                    let outcome = try await tool.run(
                        arguments, in: ToolContext(callID: call.id, outputFolder: folder))
                    let end = ToolEnd(
                        callID: call.id, text: outcome.text, isError: outcome.isError, isTainted: outcome.isTainted,
                        whole: outcome.whole)
                    return try await harness.completed(call, end, notes: notes)
                }
            }
            for try await end in group { try record(.toolResult(end)) }
        }
    }

    private func isAllowed(_ call: ToolCall, _ tool: any Tool, _ arguments: [String: JSONValue]) async throws -> Bool {
        let verdict = ports.permissions.verdict(
            on: tool.effects(of: arguments), tool: call.name, isTainted: state.isTainted)
        let approval: Approval
        switch verdict {
        case .allow(let reason): approval = Approval(callID: call.id, isAllowed: true, reason: reason)
        case .deny(let reason): approval = Approval(callID: call.id, isAllowed: false, reason: reason)
        case .ask(let reason):
            let answer = await ports.approval.ask(call, reason)
            try Task.checkCancellation()
            approval = Approval(
                callID: call.id, isAllowed: answer == true,
                reason: answer.map { $0 ? "the user allowed it" : "the user refused it" }
                    ?? "nobody could be asked: \(reason)")
        }
        try record(.approval(approval))
        if !approval.isAllowed {
            try record(
                .toolResult(
                    ToolEnd(callID: call.id, text: "Not allowed: \(approval.reason).", isError: true)))
        }
        return approval.isAllowed
    }

    private func mark(_ call: ToolCall, _ tool: any Tool) -> SessionEvent.Kind {
        .toolCall(
            ToolStart(
                callID: call.id, name: call.name, arguments: call.arguments, isIdempotent: tool.isIdempotent))
    }

    /// A call that had begun when the process ended: it runs again where that does no harm.
    func recover(_ call: ToolCall, _ mark: ToolStart) async throws {
        if mark.isIdempotent, case .call(let tool, let arguments) = ports.tools.check(call) {
            let outcome = try await tool.run(
                arguments, in: ToolContext(callID: call.id, outputFolder: ports.outputFolder))
            return try record(
                .toolResult(
                    ToolEnd(
                        callID: call.id, text: outcome.text, isError: outcome.isError, isTainted: outcome.isTainted,
                        whole: outcome.whole)))
        }
        try record(
            .toolResult(
                ToolEnd(
                    callID: call.id,
                    text:
                        "Neo was ended while this ran, so its outcome is unknown. Look at what it did before you go on.",
                    isError: true)))
    }
}
