import Processes
import TestSupport
import Testing

/// What somebody sees who mistyped: what was meant, and exit code 2.
@Suite struct WrongCommandLineTests {
    @Test(
        arguments: [
            (["agnet", "hello"], "There is no command \"neo agnet\". Did you mean: neo agent?"),
            (["list", "sessions"], "Did you mean: neo sessions list?"),
            (["shwo", "runs"], "Did you mean: neo runs show?"),
            (["resume"], "Did you mean: neo sessions resume?"),
            (["sandbox", "docter"], "Did you mean: neo sandbox doctor?\n  See 'neo sandbox --help'"),
            (["frobnicate"], "There is no command \"neo frobnicate\".\n  See 'neo --help'"),
            (["sessions", "frobnicate"], "There is no command \"neo sessions frobnicate\".\n"),
            // A command whose name is right, and an argument that is not.
            (["runs", "list", "--frobnicate"], "Unknown option '--frobnicate'"),
            (["agent", "Write", "hello.py"], "put it into quotes: neo agent \"Write hello.py\""),
            (["agent", "x", "--continue", "--session", "last"], "leave one of them out"),
            (["agent", "x", "--folder", "nowhere"], "nowhere.\n  See 'neo agent --help'"),
            (["sessions", "list", "--folder", "nowhere"], "nowhere.\n  See 'neo sessions list --help'"),
        ])
    func `what was meant is said`(line: [String], sentence: String) async throws {
        try await withTemporaryDirectory { folder in
            let result = try await NeoProcess(folder: folder).run(through: [], line)
            #expect(result.status == 2)
            #expect(result.errorOutput.contains(sentence), "\(result.errorOutput)")
            #expect(result.output.isEmpty)
        }
    }

    @Test func `how to go on can be pasted, whatever the folder is called`() async throws {
        try await withTemporaryDirectory { folder in
            let neo = NeoProcess(folder: folder)
            try neo.write("it's here/file", "")
            try await ScriptedChatServer.serving(neo, steps: 3) {
                let stopped = try await neo.run("agent", "Count.", "--folder", "it's here", "--turns", "1")
                #expect(stopped.status == 1)
                let line = try #require(stopped.errorOutput.split(separator: "\n").last)
                let words = try #require(line.split(separator: "Go on: neo ").last)
                try await neo.shell(
                    "NEO_HOME=$PWD/home '\(try NeoProcess.executable())' \(words) --turns 50 --quiet")
                #expect(try neo.read("it's here/numbers") == "1\n2\n3\n")
            }
        }
    }
}
