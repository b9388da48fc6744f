import Base
import Sandbox
import TestSupport
import Testing

@testable import Agents

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct RulePermissionsTests {
    private static let rules: JSONValue = [
        [
            "command": "git push", "decision": "ask", "match": ["git push origin", "git -C x push"],
            "not_match": "git log",
        ],
        ["command": "rm", "decision": "deny", "why": "nothing is deleted here"],
        ["command": ["npm", ["run", "test"]], "decision": "allow", "match": "npm test"],
        ["path": "secrets", "decision": "deny", "match": ["secrets/key", "secrets"], "not_match": "src/a"],
        ["path": "*.lock", "access": "write", "decision": "ask", "match": "a/b.lock"],
        ["host": "*.example.org", "decision": "allow", "match": "docs.example.org", "not_match": "example.org"],
        ["host": "evil.example.org", "decision": "deny"],
    ]

    private func permissions(
        _ mode: PermissionMode = .workspace, _ json: JSONValue = rules, origin: PermissionRule.Origin = .user
    ) throws -> RulePermissions {
        RulePermissions(
            mode, rules: try PermissionRule.rules(from: json, in: "config.yaml", origin: origin, workspace: "/w"),
            workspace: "/w")
    }

    private func word(_ verdict: PermissionVerdict) -> String {
        switch verdict {
        case .allow: "allow"
        case .ask: "ask"
        case .deny: "deny"
        }
    }

    @Test(arguments: [
        ("ls", "allow", "ask"), ("git push", "ask", "ask"), ("git -C there push", "ask", "ask"),
        ("/usr/bin/git --no-pager push", "ask", "ask"), ("git commit -m push", "allow", "ask"),
        ("git $verb", "ask", "ask"), ("ls; rm x", "deny", "deny"), ("env A=1 rm x", "deny", "deny"),
        ("echo $(rm x)", "deny", "deny"), ("sudo rm x", "deny", "deny"), ("npm test", "allow", "allow"),
        ("npm run build", "allow", "allow"), ("npm install", "allow", "ask"), ("npm test; ls", "allow", "ask"),
        ("LD_PRELOAD=x npm test", "allow", "ask"), ("nohup npm test", "allow", "allow"),
        ("sudo npm test", "allow", "ask"),
        ("npm test > out.txt", "allow", "ask"), ("npm test > secrets/x", "deny", "deny"),
        ("npm test > a.lock", "ask", "ask"), ("npm test < secrets/key", "deny", "deny"),
        ("npm test > x/../secrets/y", "deny", "deny"), ("./npm test", "allow", "ask"),
        ("for i in 1; do ls; done", "ask", "ask"), ("rm x; for i in 1; do ls; done", "ask", "ask"),
    ])
    func `the strictest rule counts`(line: String, workspace: String, ask: String) throws {
        #expect(word(try permissions().verdict(on: [.runs(line)], tool: "shell", isTainted: false)) == workspace)
        #expect(word(try permissions(.ask).verdict(on: [.runs(line)], tool: "shell", isTainted: false)) == ask)
        #expect(word(try permissions(.readOnly).verdict(on: [.runs(line)], tool: "shell", isTainted: false)) == "deny")
    }

    @Test(arguments: [
        (ToolEffect.reads("/w/src/a"), "allow"), (.reads("/w/secrets/key"), "deny"), (.writes("/w/a.lock"), "ask"),
        (.reads("/w/a.lock"), "allow"), (.writes("/w/a"), "allow"), (.reaches("docs.example.org"), "allow"),
        (.reaches("evil.example.org"), "deny"), (.reaches("evil.example.org:8080"), "deny"),
        (.reaches("docs.example.org:8080"), "ask"), (.reaches("other.org"), "ask"),
        (.sends("docs.example.org"), "allow"),
        (.reaches("notexample.org"), "ask"), (.reaches("DOCS.example.org"), "allow"),
    ])
    func `paths and hosts have rules`(effect: ToolEffect, expected: String) throws {
        #expect(word(try permissions().verdict(on: [effect], tool: "t", isTainted: false)) == expected)
    }

    @Test func `after a stranger's text, what can send asks, also where a rule allows the host`() throws {
        let rules = try permissions()
        #expect(word(rules.verdict(on: [.sends("docs.example.org")], tool: "t", isTainted: true)) == "ask")
        #expect(word(rules.verdict(on: [.reaches("docs.example.org")], tool: "t", isTainted: true)) == "allow")
        #expect(word(rules.verdict(on: [.reaches("other.org")], tool: "t", isTainted: true)) == "ask")
    }

    @Test func `the rule is named with its reason`() throws {
        let verdict = try permissions().verdict(on: [.runs("rm -r x")], tool: "shell", isTainted: false)
        #expect(verdict.reason == "your rule \"command: rm\" says deny: nothing is deleted here")
    }

    @Test func `a project's rules can only be stricter`() throws {
        let json: JSONValue = [["command": "ls", "decision": "allow"], ["command": "make", "decision": "deny"]]
        let rules = try permissions(.ask, json, origin: .project)
        #expect(word(rules.verdict(on: [.runs("ls")], tool: "shell", isTainted: false)) == "ask")
        #expect(word(rules.verdict(on: [.runs("make")], tool: "shell", isTainted: false)) == "deny")
        let all = try PermissionRule.rules(from: json, in: "neo.yaml", origin: .project, workspace: "/w")
        #expect(RulePermissions.ignored(all).count == 1)
    }

    @Test(arguments: [
        (#"[{"command":"git push","decision":"ask","match":"git pull"}]"#, "should fit its example \"git pull\""),
        (#"[{"command":"git","decision":"ask","not_match":["git log"]}]"#, "should not fit its example \"git log\""),
        (#"[{"command":"git","decision":"maybe"}]"#, "allow, ask or deny"),
        (#"[{"decision":"ask"}]"#, "one of `command`"),
        (#"[{"comand":"git","decision":"ask"}]"#, "did you mean \"command\"?"), (#""x""#, "must be a list"),
        (#"[{"host":"http://x","decision":"deny"}]"#, "has the host"),
        (#"[{"command":"a","decision":"ask","match":"for x"}]"#, "cannot be read"),
        (#"[{"path":"a","access":"look","decision":"deny"}]"#, "`access`"),
        (#"[{"command":[],"decision":"ask"}]"#, "list of words"),
    ])
    func `what is wrong with a rule is said when it is read`(text: String, part: String) throws {
        let json = try JSONValue(parsing: text)
        let error = #expect(throws: AgentsError.self) {
            try PermissionRule.rules(from: json, in: "config.yaml", origin: .user, workspace: "/w")
        }
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
        #expect(error?.message.hasPrefix("config.yaml: ") == true)
    }

    @Test func `links are judged by where they lead, and denied paths are walls`() async throws {
        try await Workbench.with { bench in
            try bench.write("key", "secrets/key")
            try bench.write("key", "deep/a.pem")
            try bench.write("lock", "a.lock")
            try FileManager.default.createSymbolicLink(
                atPath: bench.folder + "/link", withDestinationPath: "secrets/key")
            let rules = try PermissionRule.rules(
                from: [
                    ["path": "secrets", "decision": "deny"], ["path": "*.pem", "decision": "deny"],
                    ["path": "*.lock", "access": "write", "decision": "deny"],
                ], in: "neo.yaml", origin: .project, workspace: bench.folder)
            let permissions = RulePermissions(.workspace, rules: rules, workspace: bench.folder)
            let verdict = permissions.verdict(
                on: [.reads(bench.folder + "/link")], tool: "read", isTainted: false)
            #expect(word(verdict) == "deny")
            var policy = bench.policy
            #expect(RulePermissions.tighten(&policy, by: rules, workspace: bench.folder) == [])
            let shell = ShellTool(bench.sandbox, policy)
            let seen = try await bench.call(
                shell,
                [
                    "command":
                        "cat link secrets/key deep/a.pem; (echo x > a.lock) 2>/dev/null || echo refused; cat a.lock"
                ])
            #expect(!seen.text.contains("key\n"))
            #expect(seen.text.contains("refused\nlock"))
        }
    }
}
