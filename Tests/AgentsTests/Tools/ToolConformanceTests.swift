import Base
import LanguageModels
import TestSupport
import Testing

@testable import Agents

/// Every tool, against what all tools have to hold to.
@Suite(.timeLimit(.minutes(5))) struct ToolConformanceTests {
    private static let samples: [String: [[String: JSONValue]]] = [
        "shell": [["command": "head -c 100000 /dev/urandom; exit 1"], ["command": "yes | head -c 200000"]],
        "jobs": [["action": "list"], ["action": "output", "job": "job-1"]],
        "read": [["path": "a.txt"], ["path": "big.txt"]], "write": [["path": "b.txt", "content": "text"]],
        "edit": [["path": "a.txt", "old": "one", "new": "two"]],
        "apply_patch": [["patch": "*** Begin Patch\n*** Add File: c.txt\n+c\n*** End Patch"]],
        "compact": [[:]], "glob": [["pattern": "*.txt"]], "grep": [["pattern": "e", "path": "."]],
        "fetch": [["url": "https://example.org/"]], "ask_user": [["question": "Which one?", "options": ["a", "b"]]],
        "plan": [["steps": [["step": "Look.\n\u{1B}", "state": "doing"]]]],
    ]

    @Test func `every tool holds to it`() async throws {
        try await Workbench.with { bench in
            try bench.write("one\n", "a.txt")
            try bench.write(String(repeating: "a line\n", count: 50_000), "big.txt")
            let tools = try ToolSet.standard(bench.parts())
            #expect(Set(tools.definitions.map(\.name)) == Set(Self.samples.keys))
            for definition in tools.definitions {
                let samples = try #require(Self.samples[definition.name])
                let call = ToolCall(
                    id: "1", name: definition.name, arguments: JSONValue.object(samples[0]).canonicalText)
                guard case .call(let tool, _) = tools.check(call) else {
                    Issue.record("\(definition.name) does not take its sample")
                    continue
                }
                let violations = await ToolConformance(tool, samples: samples, outputFolder: bench.outputs).violations()
                #expect(violations == [], "\(violations)")
            }
        }
    }

    @Test func `so does what Neo does in a project, whose failures tell nothing of golden rows`() async throws {
        try await Workbench.with { bench in
            let tool = NeoTool(project: bench.folder) { arguments in
                if arguments[0] == "search" {
                    return .init(status: 1, output: "", errorOutput: "golden.jsonl:3: no quote \"secret\"")
                }
                return .init(status: 0, output: arguments.joined(separator: " "), errorOutput: "")
            }
            let samples: [[String: JSONValue]] = [
                ["verb": "search", "trials": 3], ["verb": "costs"], ["verb": "ask", "question": "--version"],
                ["verb": "query", "sql": "--output=x"], ["verb": "runs"], ["verb": "runs", "runs": ["--json"]],
                ["verb": "runs", "runs": ["a", "-b"]], ["verb": "runs", "runs": ["--all"], "parts": true],
            ]
            #expect(await ToolConformance(tool, samples: samples, outputFolder: bench.outputs).violations() == [])
            let context = ToolContext(callID: "1", outputFolder: bench.outputs)
            let failed = try await tool.run(samples[0], in: context)
            #expect(failed.isError && !failed.text.contains("secret"))
            let asked = try await tool.run(samples[2], in: context)
            #expect(asked.text == "ask --quiet -- --version \(bench.folder)" && asked.isTainted)
            // Whatever the model writes is no option, so it sees what an agent sees.
            let shared = "--quiet --project \(bench.folder)"
            let lines = [
                "query --as-agent --quiet --rows 200 --project \(bench.folder) -- --output=x",
                "runs list --limit 50 \(shared)", "runs show --as-agent \(shared) -- --json",
                "runs compare \(shared) -- a -b", "runs list --parent=--all --limit 100 \(shared)",
            ]
            for (sample, line) in zip(samples.dropFirst(3), lines) {
                let outcome = try await tool.run(sample, in: context)
                #expect(outcome.text == line && outcome.isTainted)
            }
            for wrong: [String: JSONValue] in [
                ["verb": "query"], ["verb": "query", "sql": "\0"], ["verb": "runs", "runs": ["a\0"]],
                ["verb": "runs", "parts": true],
            ] {
                #expect(try await tool.run(wrong, in: context).isError)
            }
        }
    }

    @Test func `the suite finds a tool that holds to nothing`() async throws {
        let violations = await ToolConformance(BadTool(), samples: [[:]], outputFolder: "/nowhere").violations()
        #expect(violations.count >= 5, "\(violations)")
    }

    @Test func `a small model is offered three tools, and nobody is offered to approve`() async throws {
        try await Workbench.with { bench in
            let small = try ToolSet.standard(bench.parts(), size: .small)
            #expect(small.definitions.map(\.name) == ["shell", "read", "edit"])
            let names = try ToolSet.standard(bench.parts()).definitions.map(\.name)
            #expect(!names.contains { $0.contains("approve") || $0.contains("promote") })
        }
    }

    @Test func `the last plan of a session is found`() async throws {
        func turn(_ arguments: String) -> Message {
            .assistant(AssistantMessage(parts: [.toolCall(ToolCall(id: "1", name: "plan", arguments: arguments))]))
        }
        let messages = [
            turn(#"{"steps":[{"step":"old","state":"open"}]}"#), .user("go on"),
            turn(#"{"steps":[{"step":"look","state":"done"},{"step":"do","state":"doing"}]}"#), turn("garbage"),
        ]
        #expect(PlanTool.last(in: messages) == "[x] look\n[>] do")
        #expect(PlanTool.last(in: []) == nil)
    }

    @Test func `without anybody to ask, a question says so`() async throws {
        try await Workbench.with { bench in
            let nobody = try await bench.call(AskUserTool(.nobody), ["question": "Which?"])
            #expect(nobody.isError && nobody.text.contains("Nobody is at a terminal"))
            let second = AskUserTool(QuestionPort { _, _ in "2" })
            #expect(try await bench.call(second, ["question": "Which?", "options": ["a", "b"]]).text == "b")
        }
    }

    private struct BadTool: Tool {
        let isIdempotent = true
        var definition: ToolDefinition { ToolDefinition(name: "Bad Tool", description: "", parameters: [:]) }
        func effects(of arguments: [String: JSONValue]) -> [ToolEffect] { [] }
        func run(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome {
            if Task.isCancelled { throw AgentsError(.usage, "no") }
            return ToolOutcome(String(repeating: "\u{1B}", count: 100_000))
        }
    }
}
