import Base
import FoundationEssentials
import Processes
import TestSupport
import Testing

/// `neo sandbox`, as a person uses it.
@Suite struct SandboxCommandTests {
    @Test func `A user who is not root finds walls that hold, too`() async throws {
        try await withTemporaryDirectory { folder async throws in
            guard try await ChildProcess(executable: "id", arguments: ["-u"]).run().output == "0\n" else {
                print("skipped: only root can become somebody else; the tests' own user is tried in SandboxDoctorTests")
                return
            }
            let neo = try NeoProcess.executable()
            // Where that user can read it, with what stands beside it.
            let script = """
                cp "$1" "$(dirname "$1")/neo-cell" . && mkdir -m 777 tmp && chmod 755 . neo neo-cell
                exec setpriv --reuid 65534 --regid 65534 --clear-groups env TMPDIR="$PWD/tmp" HOME="$PWD/tmp" \\
                    ./neo sandbox doctor --json
                """
            let result = try await ChildProcess(
                executable: "bash", arguments: ["-euc", script, "bash", neo], directory: folder
            ).run()
            #expect(result.status == 0, "\(result.output.suffix(4000)) \(result.errorOutput)")
            let report = try JSONValue(parsing: result.output)
            #expect((report["blocked"]?.integer ?? 0) >= 40)
        }
    }

    @Test func `A command runs with what was named, and its exit code is the command's`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let neo = NeoProcess(folder: folder)
            try neo.write("work/in.txt", "something\n")
            try neo.write("secret.txt", "hidden\n")
            let script = "cat in.txt; echo made > out.txt; cat ../secret.txt; exit 5"
            let result = try await neo.run(
                through: ["env", "--chdir", folder + "/work"],
                ["sandbox", "run", "--write", ".", "--", "sh", "-c", script])
            #expect(result.status == 5)
            #expect(result.output == "something\n")
            #expect(result.errorOutput.contains("secret.txt: No such file"))
            #expect(try neo.read("work/out.txt") == "made\n")
        }
    }

    @Test(arguments: [false, true])
    func `Nothing is left in a folder where a run was killed`(withLauncher: Bool) async throws {
        try await withTemporaryDirectory { folder async throws in
            let neo = NeoProcess(folder: folder)
            try neo.write("work/in.txt", "something\n")
            // What is inside says that it runs; then all of it is killed, by the name of this folder.
            let kill = """
                "$1" sandbox run --write work -- sh -c 'touch started; sleep 1000' & neo=$!
                until [ -e work/started ]; do sleep 0.05; done
                ls -A work | tr '\\n' ' '; echo
                cell=$(cat /proc/$neo/task/*/children | tr ' ' '\\n' | head -1)
                if [ "$2" = true ]; then kill -STOP $cell; fi
                kill -9 $neo; [ "$2" = true ] && kill -9 $cell
                while [ -e /proc/$cell/exe ]; do sleep 0.05; done
                ls -A work | tr '\\n' ' '; echo
                """
            let result = try await ChildProcess(
                executable: "bash", arguments: ["-c", kill, "bash", try NeoProcess.executable(), "\(withLauncher)"],
                directory: folder, timeLimitSeconds: 280
            ).run()
            let lines = result.output.split(separator: "\n").map { Set($0.split(separator: " ")) }
            try #require(lines.count == 2, "\(result.output) \(result.errorOutput)")
            #expect(lines[0].isSuperset(of: ["AGENTS.md", "neo.yaml", "skills", ".git"]))
            // The launcher clears up; where it was killed, too, the next Neo does.
            if !withLauncher { #expect(lines[1] == ["in.txt", "started"]) }
            #expect(try await neo.run("check", "work").errorOutput.contains("There is no neo.yaml"))
            let left = try FileManager.default.contentsOfDirectory(atPath: folder + "/work")
            #expect(Set(left) == ["in.txt", "started"])
        }
    }

    @Test(arguments: [("wall=0.3", "sleep 60", "wall_seconds"), ("output=1K", "yes", "output_bytes")])
    func `A limit ends it, and is named`(limit: String, command: String, name: String) async throws {
        try await withTemporaryDirectory { folder async throws in
            let words = ["sandbox", "run", "--limit", limit, "--"] + command.split(separator: " ").map(String.init)
            let result = try await NeoProcess(folder: folder).run(through: [], words)
            #expect(result.status != 0)
            #expect(result.errorOutput.contains("limit of \(name)"))
        }
    }

    @Test(arguments: ["memory", "memory=", "memory=-1", "colour=3", "wall=nan"])
    func `What is no limit is wrong usage`(limit: String) async throws {
        try await withTemporaryDirectory { folder async throws in
            let result = try await NeoProcess(folder: folder).run("sandbox", "run", "--limit", limit, "--", "true")
            #expect(result.status == 2)
            #expect(result.errorOutput.contains("is no limit"))
        }
    }
}
