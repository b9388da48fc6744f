import Base
import LanguageModels
import TestSupport
import Testing

@testable import Agents

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite(.timeLimit(.minutes(5))) struct HookTests {
    private func hook(_ bench: Workbench, _ command: String, event: String = "before_tool", seconds: Double = 280)
        -> CommandHook
    {
        CommandHook(
            HookSetting(event: event, command: command, timeLimitSeconds: seconds), bench.sandbox, bench.policy)
    }

    @Test(arguments: [
        ("cat >/dev/null", HookAnswer.proceed("")), ("echo hello", .proceed("hello")),
        ("echo no >&2; exit 2", .block("no")), ("exit 2", .block("the hook \"exit 2\" objects")),
        ("echo broken >&2; exit 1", .failed("The hook \"echo broken >&2; exit 1\" did not work: exit code 1: broken.")),
        ("sleep 60", .failed("The hook \"sleep 60\" did not work: it did not end within 1 seconds.")),
    ])
    func `the exit code is the answer`(command: String, answer: HookAnswer) async throws {
        try await Workbench.with { bench in
            let seconds = command == "sleep 60" ? 1.0 : 280
            let call = HookEvent.beforeTool(ToolCall(id: "1", name: "shell", arguments: "{}"))
            let hook = hook(bench, command, seconds: seconds)
            let said = try await hook.answer(to: call, session: "s", workspace: bench.folder)
            #expect(said == answer)
        }
    }

    @Test func `it reads the event as JSON, inside walls unless the user's configuration says otherwise`() async throws
    {
        try await Workbench.with { bench in
            let call = ToolCall(id: "1", name: "shell", arguments: #"{"command":"ls"}"#)
            let reads = hook(bench, "cat; touch \(bench.outputs)/ran 2>/dev/null; true")
            guard
                case .proceed(let text) = try await reads.answer(
                    to: .beforeTool(call), session: "s1", workspace: bench.folder)
            else {
                Issue.record("It should go on.")
                return
            }
            let json = try JSONValue(parsing: text)
            #expect(json["event"] == "before_tool")
            #expect(json["arguments"]?["command"] == "ls")
            #expect(json["session"] == "s1")
            var setting = HookSetting(event: "stop", command: "echo ran > \(bench.outputs)/ran")
            setting.isOutsideWalls = true
            _ = try await CommandHook(setting, nil, bench.policy).answer(
                to: .stop, session: "s", workspace: bench.folder)
            #expect(FileManager.default.contents(atPath: bench.outputs + "/ran") == Data("ran\n".utf8))
        }
    }

    @Test func `commands hold to what all hooks have to hold to`() async throws {
        try await Workbench.with { bench in
            for event in HookEvent.names {
                for command in ["cat >&2; exit 2", "cat", "head -c 300000 /dev/urandom; exit 7", "no-such-program"] {
                    let hook = hook(bench, command, event: event)
                    #expect(
                        await HookConformance(hook, workspace: bench.folder).violations() == [], "\(event) \(command)")
                }
            }
        }
    }

    @Test(arguments: [
        (#"[{"event":"stop"}]"#, "needs a `command`"), (#"[{"event":"end","command":"x"}]"#, "needs an `event`"),
        (#"[{"event":"stop","command":"x","tools":"shell"}]"#, "`tools`"), (#""x""#, "must be a list"),
        (#"[{"event":"stop","command":"x","timeout":0}]"#, "`timeout`"),
        (#"[{"event":"stop","cmd":"x"}]"#, "\"cmd\""),
    ])
    func `what is wrong with a setting is said`(text: String, part: String) throws {
        let json = try JSONValue(parsing: text)
        let error = #expect(throws: AgentsError.self) { try HookSetting.settings(from: json, in: "config.yaml") }
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
    }
}
