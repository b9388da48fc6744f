package import Agents
internal import LanguageModels

/// What every `Hook` has to hold to.
package struct HookConformance: Sendable {
    private static let mostBytes = 16_000
    private let hook: any Hook
    private let workspace: String

    package init(_ hook: any Hook, workspace: String) {
        self.hook = hook
        self.workspace = workspace
    }

    private static let events: [HookEvent] = {
        let call = ToolCall(id: "1", name: "shell", arguments: #"{"command":"echo '\u0000' \"; exit 2"}"#)
        let end = ToolEnd(callID: "1", text: String(repeating: "long ", count: 40_000), isError: true)
        return [.sessionStart, .beforeTool(call), .afterTool(call, end), .beforeCompaction, .stop]
    }()

    /// What the hook does not hold to, as sentences; empty where nothing.
    package func violations() async -> [String] {
        var violations: [String] = []
        if hook.name.isEmpty { violations.append("It has no name.") }
        for event in Self.events where hook.wants(event) {
            do {
                let answer = try await hook.answer(to: event, session: "s", workspace: workspace)
                let text =
                    switch answer {
                    case .proceed(let text), .block(let text), .failed(let text): text
                    }
                if text.utf8.count > Self.mostBytes { violations.append("Its answer to \(event.name) has no bounds.") }
                if text.isEmpty, answer != .proceed("") {
                    violations.append("It objects to \(event.name) without a word.")
                }
            } catch {
                violations.append("It fails with \(error) at \(event.name), where it should say so.")
            }
            violations += await cancelled(event)
        }
        return violations
    }

    private func cancelled(_ event: HookEvent) async -> [String] {
        let (hook, workspace) = (hook, workspace)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await hook.answer(to: event, session: "s", workspace: workspace)
        }
        if case .failure(let error) = await task.result, !(error is CancellationError) {
            return ["When it is cancelled at \(event.name), it fails with \(error)."]
        }
        return []
    }
}
