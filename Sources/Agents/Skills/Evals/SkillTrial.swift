internal import Base
internal import LanguageModels
internal import Sandbox

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// One run of a case by an agent, with the skill or without it, in a workspace of its own and inside walls.
package struct SkillTrial: Sendable {
    /// What came of it.
    package struct Result: Sendable, Hashable {
        /// How many of the assertions hold, 0 to 1.
        package var score: Double
        package var tokens: Int
        package var seconds: Double
        /// Whether the agent activated the skill.
        package var isActivated: Bool
    }

    let skill: Skill
    let content: SkillContent
    let model: Agent.ModelChoice
    let sandbox: Sandbox
    let limits: AgentLimits
    var time = TimeSource.system

    /// Runs it, and leaves `outputs`, `session.jsonl`, `timing.json` and `grading.json` in a folder that is made.
    ///
    /// - Throws: `AgentsError` where the model could not be asked: then nothing was measured.
    func run(_ item: SkillEvals.Case, withSkill: Bool, in folder: String) async throws -> Result {
        let workspace = folder + "/outputs"
        let hidden = folder + "/shown"
        for path in [workspace, hidden] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        for path in item.files {
            guard let file = content.files.first(where: { $0.path == path }) else { continue }
            let name = path.split(separator: "/").last.map(String.init) ?? path
            guard FileManager.default.createFile(atPath: workspace + "/" + name, contents: Data(file.bytes)) else {
                throw AgentsError(.storage, "\(workspace)/\(name) cannot be written.")
            }
        }
        let session = folder + "/session.jsonl"
        let agent = try await agent(workspace, hidden, session, withSkill: withSkill)
        let began = time.nanoseconds()
        let end = try await agent.work(on: item.prompt)
        let seconds = Double(time.nanoseconds() - began) / 1e9
        try Task.checkCancellation()
        guard end.reason != .modelFailed else {
            throw AgentsError(.usage, "Nothing was measured: the model could not be asked. \(end.message)")
        }
        let state = await agent.state
        let answer =
            state.messages.reversed().lazy.compactMap { message -> String? in
                if case .assistant(let message) = message { message.text } else { nil }
            }.first ?? ""
        var rows: [JSONValue] = []
        var passed = 0
        for assertion in item.assertions {
            let (holds, evidence) = try await assertion.judge(answer: answer, workspace: workspace, sandbox)
            if holds { passed += 1 }
            rows.append(
                .object(["text": .string(assertion.text), "passed": .bool(holds), "evidence": .string(evidence)]))
        }
        let score = Double(passed) / Double(item.assertions.count)
        let tokens = state.usage.inputTokens + state.usage.outputTokens
        try Self.write(
            ["total_tokens": .integer(tokens), "duration_ms": .integer(Int(seconds * 1_000))],
            to: folder + "/timing.json")
        try Self.write(
            [
                "assertion_results": .array(rows), "ungraded": .array(item.unjudged.map(JSONValue.string)),
                "summary": .object([
                    "passed": .integer(passed), "failed": .integer(item.assertions.count - passed),
                    "total": .integer(item.assertions.count), "pass_rate": .number(score),
                ]), "end": .string(end.reason.rawValue),
            ], to: folder + "/grading.json")
        return Result(
            score: score, tokens: tokens, seconds: seconds,
            isActivated: ActiveSkills(session: session).all().contains { $0.name == skill.name })
    }

    private func agent(_ workspace: String, _ shown: String, _ session: String, withSkill: Bool) async throws -> Agent {
        var policy = SandboxPolicy(workspace: workspace)
        policy.readable.append(shown)
        var parts = ToolSet.Parts(
            sandbox: sandbox, policy: policy, jobs: ShellJobs(folder: shown),
            fetcher: PageFetcher { _ in throw AgentsError(.usage, "There is no network while a skill is measured.") },
            markdown: { $0 })
        var context: [any ContextSource] = []
        if withSkill {
            let shelf = SkillShelf(only: skill, content)
            let active = ActiveSkills(session: session)
            parts.more = [SkillTool(shelf, active: active)]
            context = [
                ActiveSkillsSource(active, limit: model.window.effectiveTokens * 3 / 4),
                SkillCatalogue(shelf, tokens: 1_000),
            ]
        }
        var ports = Agent.Ports(
            model: model.model, tools: try ToolSet.standard(parts), permissions: ModePermissions(.workspace),
            outputFolder: shown, price: model.price, time: time)
        ports.window = model.window
        ports.context = context
        let start = SessionStart(
            id: "eval", model: model.name, workspace: workspace, mode: .workspace,
            instructions: AgentInstructions.work, limits: limits)
        return try await Agent.open(session, start: start, ports: ports)
    }

    static func write(_ fields: [String: JSONValue], to path: String) throws {
        let text = JSONValue.object(fields).prettyText + "\n"
        guard FileManager.default.createFile(atPath: path, contents: Data(text.utf8)) else {
            throw AgentsError(.storage, "\(path) cannot be written. Check that its folder belongs to you.")
        }
    }
}
