package import Base
package import LanguageModels

/// `jobs`: looks after commands that run in the background.
package struct JobsTool: Tool {
    private let jobs: ShellJobs

    package init(_ jobs: ShellJobs) { self.jobs = jobs }

    package let isIdempotent = false

    package var definition: ToolDefinition {
        ToolDefinition(
            name: "jobs",
            description: """
                Looks after commands that shell started in the background: list them, read what one printed since it was \
                last asked, wait for its end, or kill it.
                """,
            parameters: [
                "type": "object", "additionalProperties": false, "required": ["action"],
                "properties": [
                    "action": ["type": "string", "enum": ["list", "output", "wait", "kill"]],
                    "job": ["type": "string", "description": "job-1 and so on; not for list."],
                    "timeout_seconds": [
                        "type": "integer", "minimum": 1, "maximum": 600,
                        "description": "How long to wait; 60 where not given.",
                    ],
                ],
            ])
    }

    package func effects(of arguments: [String: JSONValue]) -> [ToolEffect] { [] }

    package func run(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome {
        let action = arguments["action"]?.string ?? "list"
        if action == "list" {
            let all = await jobs.summary() ?? "Nothing was started in the background."
            let bounded = ToolText.bounded(all, in: context)
            return ToolOutcome(bounded.text, whole: bounded.whole)
        }
        let job: ShellJob
        switch await jobs.job(arguments["job"]?.string) {
        case .success(let found): job = found
        case .failure(let error): return .failed(error.message)
        }
        switch action {
        case "kill": await jobs.kill(job)
        case "wait": await jobs.wait(for: job, seconds: Double(arguments["timeout_seconds"]?.integer ?? 60))
        default: break
        }
        try Task.checkCancellation()
        let output = job.takeOutput()
        return ToolOutcome("\(output.isEmpty ? "(nothing new)" : output)\n\(job.line)\nall of it: \(job.whole)")
    }
}
