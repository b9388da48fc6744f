import Base
import FoundationEssentials
import Processes
import Testing

@Suite(.timeLimit(.minutes(5))) struct AuditCommandTests {
    @Test func `an audit of a small project looks at all, writes its report, and is kept`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let printed = try JSONValue(
                parsing: try await neo.check("audit", "p", "--probes", "8", "--seed", "4", "--json").output)
            #expect(printed["passes"]?.bool == true)
            let families = try #require(printed["families"]?.array)
            #expect(families.count >= 12)
            #expect(families.reduce(0) { $0 + ($1["tried"]?.integer ?? 0) } >= 150)
            // Of the service itself nothing may be wrong: it is ours, and started for the purpose.
            let findings = printed["findings"]?.array ?? []
            #expect(
                !findings.contains { $0["family"]?.string == "service" || $0["severity"]?.string == "critical" },
                "\(findings)")
            let checks = (printed["checks"]?.array ?? []).compactMap { $0["sentence"]?.string }
            #expect(checks.count >= 12, "\(checks)")
            for file in ["audit.md", "audit.html", "audit.json"] { #expect(try neo.read("p/" + file).count > 1000) }
            // In plain words first.
            #expect(try neo.read("p/audit.md").hasPrefix("# Audit: p\n\n## In short\n\n"))
        }
    }

    @Test func `a secret in a document ends with exit code 3 where that is asked for`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let key = "ghp_" + "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5"
            try neo.write("docs/ops.md", "# Operations\n\nThe robot signs in with \(key) at night.\n")
            let refused = try await neo.run("audit", "p", "--probes", "1", "--fail-on", "high")
            #expect(refused.status == 3)
            #expect(refused.output.contains("GitHub token") && refused.output.contains("ops.md:3"))
            #expect(!refused.output.contains(key) && !refused.errorOutput.contains(key))
            try neo.write("p/audit-allow.yaml", "allow:\n  - {finding: secrets, reason: it was revoked, by: ada}\n")
            #expect(try await neo.run("audit", "p", "--probes", "1", "--fail-on", "high").status == 0)
        }
    }

    @Test(arguments: [
        ["--probes", "0"], ["--fail-on", "grave"], ["--url", "localhost:8080"], ["--seed", "-1"],
    ])
    func `a wrong command line is refused`(arguments: [String]) async throws {
        try await NeoProcess.withProject { neo async throws in
            #expect(try await neo.run(through: [], ["audit", "p"] + arguments).status == 2)
        }
    }

    @Test func `a service that does not answer, and a project that is none, are said in a sentence`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let silent = try await neo.run("audit", "p", "--probes", "1", "--url", "http://127.0.0.1:9")
            #expect(silent.status == 1 && silent.errorOutput.contains("does not answer"))
            let nowhere = try await neo.run("audit", "docs")
            #expect(nowhere.status == 1 && nowhere.errorOutput.contains("neo.yaml"))
        }
    }

    @Test func `a running service is looked at where it is, with its token`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let result = try await neo.serve { server async throws in
                let audit = try await neo.check(
                    "audit", "p", "--probes", "1", "--json", "--url", "http://127.0.0.1:\(server.port)")
                let printed = try JSONValue(parsing: audit.output)
                let unchecked = (printed["unchecked"]?.array ?? []).compactMap(\.string)
                #expect(unchecked.contains { $0.contains("locked out") })
                #expect(
                    (printed["checks"]?.array ?? []).contains {
                        $0["sentence"]?.string?.contains("only programs of this machine") == true
                    })
                try server.stop()
            }
            #expect(result.status == 0)
        }
    }

    @Test func `the test mode is for this machine, and not for a service with a dashboard`() async throws {
        try await NeoProcess.withProject { neo async throws in
            #expect(try await neo.run("serve", "p", "--test-mode", "--dashboard").status == 2)
            try neo.write("token", "t0ken\n")
            let open = try await neo.run(
                "serve", "p", "--test-mode", "--host", "0.0.0.0", "--token-file", "token", "--port", "0")
            #expect(open.status == 1 && open.errorOutput.contains("this machine only"))
        }
    }
}
