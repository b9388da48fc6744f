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
