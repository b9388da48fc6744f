internal import Base
internal import Processes
package import Sandbox

/// A hook that is a command: it reads the event as JSON, and answers by its exit code. 0 goes on, 2 blocks and what it
/// wrote to standard error is the reason, all others mean that it did not work.
///
/// Source: the exit codes are those of Claude Code's hooks.
package struct CommandHook: Hook {
    private static let mostBytes = 8_000
    private let setting: HookSetting
    private let sandbox: Sandbox?
    private let policy: SandboxPolicy

    /// - Parameter sandbox: the walls; needed unless the setting says that it runs without.
    package init(_ setting: HookSetting, _ sandbox: Sandbox?, _ policy: SandboxPolicy) {
        self.setting = setting
        self.sandbox = sandbox
        self.policy = policy
    }

    package var name: String { setting.command }

    package func wants(_ event: HookEvent) -> Bool {
        guard setting.event == event.name else { return false }
        guard let tools = setting.tools, let tool = event.tool else { return true }
        return tools.contains(tool)
    }

    package func answer(to event: HookEvent, session: String, workspace: String) async throws -> HookAnswer {
        let input = event.json(session: session, workspace: workspace).canonicalText
        do {
            let (status, output, errors) = try await run(input, in: workspace)
            switch status {
            case 0: return .proceed(Self.bounded(output))
            case 2: return .block(errors.isEmpty ? "the hook \"\(name)\" objects" : Self.bounded(errors))
            default:
                let last = errors.split(separator: "\n").last.map { ": \($0.prefix(300))" } ?? ""
                return .failed("The hook \"\(name)\" did not work: exit code \(status)\(ToolText.shown(last)).")
            }
        } catch let error as CancellationError {
            throw error
        } catch {
            try Task.checkCancellation()
            let reason = (error as? SandboxError)?.message ?? (error as? ProcessError)?.message ?? sentence(for: error)
            return .failed("The hook \"\(name)\" did not work: \(reason)")
        }
    }

    private func run(_ input: String, in workspace: String) async throws -> (Int, String, String) {
        if setting.isOutsideWalls {
            let result = try await ChildProcess(
                executable: "/bin/sh", arguments: ["-c", setting.command], directory: workspace, input: input,
                outputLimit: 64 << 10, timeLimitSeconds: setting.timeLimitSeconds
            ).run()
            return (result.status, result.output, result.errorOutput)
        }
        guard let sandbox else { throw SandboxError(.unavailable, "there are no walls to run it in.") }
        var policy = policy
        policy.limits.wallSeconds = setting.timeLimitSeconds
        let result = try await sandbox.run(["/bin/sh", "-c", setting.command], under: policy, input: input)
        if result.limitsHit.contains(.wallSeconds) {
            throw SandboxError(.notStarted, "it did not end within \(Int(setting.timeLimitSeconds)) seconds.")
        }
        return (result.status, result.output, result.errorOutput)
    }

    private static func bounded(_ text: String) -> String {
        var text = text
        while text.last?.isWhitespace == true { text.removeLast() }
        return ToolText.shown(
            text.utf8.count > mostBytes ? String(decoding: text.utf8.prefix(mostBytes), as: UTF8.self) + " …" : text)
    }
}
