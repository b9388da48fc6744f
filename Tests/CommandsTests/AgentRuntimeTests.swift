import Base
import FoundationEssentials
import Processes
import TestSupport
import Testing

/// `neo agent --runtime`.
@Suite(.timeLimit(.minutes(3))) struct AgentRuntimeTests {
    private static let hasRunsc = executablePath(of: "runsc") != nil

    /// Which kernel commands see, a file that one of them makes, one in the background, and what is found by Neo itself.
    private static let looking = #"""
        looks = [
            ("shell", dict(command="head -c 19 /proc/version; echo; echo made > made; test -e /dev/log || echo alone")),
            ("shell", dict(command="echo begun; sleep 1000", background=True)),
            ("glob", dict(pattern="*")),
        ]

        def reply(messages):
            last = max(i for i, m in enumerate(messages) if m["role"] == "user")
            results = [m["content"] for m in messages[last:] if m["role"] == "tool"]
            if len(results) < len(looks):
                name, arguments = looks[len(results)]
                return "Next.", [tool(f"look-{last}-{len(results)}", name, **arguments)]
            return "\n=====\n".join(results), []

        """#

    @Test(.enabled(if: hasRunsc, "runsc is not installed: sudo apt-get install runsc"))
    func `what a model runs is run on gVisor, in a session that goes on as well`() async throws {
        try await withTemporaryDirectory { folder in
            let neo = NeoProcess(folder: folder)
            try neo.write("w/neo.yaml", "checks: {kernel: \"head -c 19 /proc/version | grep 4.4.0; test -e made\"}\n")
            try await ScriptedChatServer.serving(neo, replies: Self.looking) {
                let first = try await neo.run(
                    through: ["env", "TMPDIR=" + folder],
                    ["agent", "Look.", "--folder", "w", "--runtime", "runsc"])
                try #require(first.status == 0, "\(first.errorOutput)")
                #expect(first.errorOutput.contains("stays in bubblewrap"), "\(first.errorOutput)")
                let seen = first.output.components(separatedBy: "\n=====\n")
                try #require(seen.count == 3, "\(first.output)")
                #expect(seen[0].contains("Linux version 4.4.0\nalone\n"), "\(seen[0])")
                #expect(seen[1].contains("was started"), "\(seen[1])")
                #expect(seen[2].contains("made"), "\(seen[2])")
                // Nothing of it is left, also not what ran in the background.
                try await neo.shell(
                    """
                    for i in $(seq 100); do pgrep -f "$PWD/[n]eo-runsc" > /dev/null || break; sleep 0.05; done
                    if pgrep -af "$PWD/[n]eo-runsc" >&2; then exit 1; fi
                    [ "$(ls -d neo-runsc* w/AGENTS.md 2> /dev/null)" = "" ]
                    """)
                let again = try await neo.check("agent", "Look.", "--folder", "w", "--continue", "--quiet").output
                #expect(again.contains("Linux version 4.4.0\n"), "\(again)")
                let other = try await neo.check(
                    "agent", "Look.", "--folder", "w", "--continue", "--quiet", "--runtime", "bubblewrap")
                #expect(!other.output.contains("Linux version 4.4.0\n"), "\(other.output)")
            }
        }
    }

    @Test func `a runtime that there is not is wrong usage, and those that there are are named`() async throws {
        try await withTemporaryDirectory { folder in
            let result = try await NeoProcess(folder: folder).run("agent", "Look.", "--runtime", "docker")
            #expect(result.status == 2)
            #expect(
                result.errorOutput.contains("bubblewrap") && result.errorOutput.contains("runsc"),
                "\(result.errorOutput)")
            #expect(!FileManager.default.fileExists(atPath: folder + "/.neo"))
        }
    }

    @Test func `where runsc is missing, nothing is asked of the model, and it is said what to install`() async throws {
        try await withTemporaryDirectory { folder in
            let neo = NeoProcess(folder: folder)
            try neo.write("bin/README", "")
            for name in ["bwrap", "git", "bash"] {
                guard let path = executablePath(of: name) else { continue }
                try FileManager.default.createSymbolicLink(
                    atPath: "\(folder)/bin/\(name)", withDestinationPath: path)
            }
            let result = try await neo.run(
                through: ["/usr/bin/env", "PATH=\(folder)/bin"],
                ["agent", "Look.", "--runtime", "runsc", "--model", "no/model"])
            #expect(result.status == 1)
            #expect(result.errorOutput.contains("sudo apt-get install runsc"), "\(result.errorOutput)")
        }
    }
}
