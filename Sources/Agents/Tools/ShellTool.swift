package import Base
package import LanguageModels
package import Sandbox

/// `shell`: runs a command line inside walls.
package struct ShellTool: Tool {
    private let sandbox: Sandbox
    private let policy: SandboxPolicy
    private let jobs: ShellJobs?

    /// - Parameter jobs: who keeps commands that run in the background; they are not offered where nil.
    package init(_ sandbox: Sandbox, _ policy: SandboxPolicy, jobs: ShellJobs? = nil) {
        self.sandbox = sandbox
        self.policy = policy
        self.jobs = jobs
    }

    package let isIdempotent = false

    package var definition: ToolDefinition {
        var properties: [String: JSONValue] = [
            "command": ["type": "string", "description": "The command line."],
            "timeout_seconds": [
                "type": "integer", "minimum": 1, "maximum": 3600,
                "description": "After so many seconds it is ended; 120 where not given.",
            ],
        ]
        if jobs != nil {
            properties["background"] = [
                "type": "boolean",
                "description": "Starts it and goes on, for servers and long builds; the tool jobs looks after it.",
            ]
        }
        return ToolDefinition(
            name: "shell",
            description: """
                Runs a command line with bash in the workspace, inside a sandbox: the workspace and /tmp can be changed, \
                nothing else. /tmp is empty again at the next call. Gives the output, the errors and the exit code.
                """ + (sandbox.runtime == .runsc ? Self.gVisor : ""),
            parameters: [
                "type": "object", "additionalProperties": false, "required": ["command"],
                "properties": .object(properties),
            ])
    }

    /// What a model meets there first: `ls` and `stat` of Debian 12 ask Debian's gVisor for what it does not know.
    private static let gVisor =
        " The kernel is gVisor's: a program that ends with \"Invalid argument\", as ls and stat may, cannot be used; find can."

    package func effects(of arguments: [String: JSONValue]) -> [ToolEffect] {
        let runs = ToolEffect.runs(arguments["command"]?.string ?? "")
        guard case .hosts(let rules) = policy.network else { return [runs] }
        // What it sends nobody sees beforehand.
        return [runs, .sends(rules.allow.joined(separator: ", "))]
    }

    package func run(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome {
        var policy = policy
        policy.limits.wallSeconds = Double(arguments["timeout_seconds"]?.integer ?? 120)
        policy.limits.shownBytes = ToolText.limit
        if arguments["background"]?.bool == true, let jobs {
            policy.limits.wallSeconds = Double(arguments["timeout_seconds"]?.integer ?? 3_600)
            return await jobs.start(arguments["command"]?.string ?? "", sandbox, policy)
        }
        let whole = ToolText.freePath(context)
        do {
            let result = try await sandbox.run(
                ["/bin/bash", "-c", arguments["command"]?.string ?? ""], under: policy, whole: whole)
            return outcome(result, whole, note(to: result, of: arguments["command"]?.string ?? ""))
        } catch let error as SandboxError {
            return .failed(error.message)
        }
    }

    /// Why git failed, where it is known: what it says itself looks like a damaged repository.
    private func note(to result: SandboxResult, of command: String) -> String? {
        guard result.status != 0, command.contains("git"),
            policy.hidden.contains(where: { $0.hasSuffix("/.git/objects") })
        else { return nil }
        return
            "What git keeps is hidden here, because it holds questions that are held out: status, diff, log, show and "
            + "commit cannot work, and nothing is damaged."
    }

    private func outcome(_ result: SandboxResult, _ whole: String, _ note: String?) -> ToolOutcome {
        var parts: [String] = []
        let output = ToolText.shown(result.output)
        let errors = ToolText.shown(result.errorOutput)
        if !output.isEmpty { parts.append(output.hasSuffix("\n") ? String(output.dropLast()) : output) }
        if !errors.isEmpty { parts.append("errors:\n" + (errors.hasSuffix("\n") ? String(errors.dropLast()) : errors)) }
        if result.leftOut > 0 { parts.append("(all of it: \(whole))") }
        for limit in result.limitsHit.map(\.rawValue).sorted() {
            parts.append("Ended: it came to its limit of \(limit).")
        }
        parts += result.violations
        if let note { parts.append(note) }
        parts.append("exit code \(result.status)")
        return ToolOutcome(
            parts.joined(separator: "\n"), isError: result.status != 0, whole: result.leftOut > 0 ? whole : nil)
    }
}
