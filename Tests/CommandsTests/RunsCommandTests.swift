import Base
import FoundationEssentials
import Processes
import TestSupport
import Testing
import Tracking

@Suite struct RunsCommandTests {
    private static func runs(_ neo: NeoProcess, _ arguments: String...) async throws -> [JSONValue] {
        let output = try await neo.run(through: [], ["runs", "list", "--project", "p", "--json"] + arguments)
        #expect(output.status == 0)
        return try JSONValue(parsing: output.output)["runs"]?.array ?? []
    }

    @Test func `a shell logs a run, and reads, tags, corrects, compares and removes it`() async throws {
        try await NeoProcess.withProject { neo async throws in
            func log(_ arguments: String...) async throws -> String {
                try await neo.run(through: [], ["log", "--project", "p"] + arguments).output
            }
            let id = try await log("--new", "nightly", "--kind", "benchmark", "batch=32", "opt=adam")
                .trimmingCharacters()
            #expect(try await log("--run", id, "loss=0.5", "accuracy=0.75", "--step", "1") == "")
            #expect(try await log("--run", "nightly", "loss=nan", "accuracy=1", "--alert", "diverged") == "")
            #expect(try await log("--run", id, "--finish", "--file", "p/golden.jsonl") == "")

            let run = try JSONValue(
                parsing: await neo.check("runs", "show", "nightly", "--project", "p", "--json").output)
            #expect(run["id"]?.string == id && run["status"] == "finished" && run["kind"] == "benchmark")
            #expect(run["config"] == ["batch": 32, "opt": "adam"])
            #expect(run["metrics"]?.array?.map { $0["metric"]?.string } == ["accuracy", "loss"])
            #expect(run["metrics"]?.array?.last?["last"] == "NaN")
            #expect(run["alerts"]?.array?.map { $0["title"]?.string } == ["diverged"])
            #expect(run["entries"]?.array?.first?["kind"] == "artifact")

            _ = try await log("--new", "second", "batch=64")
            let compared = try JSONValue(
                parsing: await neo.check("runs", "compare", "nightly", "second", "--project", "p", "--json").output)
            #expect(compared["config"] == ["batch": [32, 64], "opt": ["adam", nil]])

            try await neo.check("runs", "derive", "error", "1 - accuracy", "--project", "p")
            try await neo.check(
                "runs", "correct", "nightly", "accuracy", "--step", "1", "--to", "0.5", "--project", "p")
            let points = try await neo.check(
                "runs", "show", "nightly", "--metric", "error", "--project", "p", "--json"
            ).output
            #expect(try JSONValue(parsing: points)["points"]?.array?.map { $0["value"]?.number } == [0.5, 0])

            try await neo.check("runs", "tag", "nightly", "best", "--project", "p")
            #expect(try await Self.runs(neo, "--tag", "best").count == 1)
            try await neo.check("runs", "rm", "nightly", "--project", "p")
            #expect(try await Self.runs(neo).map { $0["name"]?.string } == ["second"])
        }
    }

    @Test(
        "Bad input gets a sentence",
        arguments: [
            (["log", "--run", "x", "--project", "p", "a=1"], "There is no run `x`", 1),
            (["log", "--project", "p", "a=1"], "Say which run", 2),
            (["log", "--new", "n", "--project", "p", "a"], "`a` is not key=value", 2),
            (["log", "--new", "n", "--project", "nowhere"], "neither neo.yaml nor .neo", 2),
            (["log", "--new", "n", "--project", "p", "--file", "nowhere"], "There is no file nowhere", 1),
            (["runs", "derive", "f", "a +", "--project", "p"], "at its end", 1),
            (["runs", "compare", "a", "--project", "p"], "2 to 20", 2),
            (["runs", "prune", "--project", "p"], "--older-than", 2),
        ] as [([String], String, Int)])
    func badInput(arguments: [String], sentence: String, status: Int) async throws {
        try await NeoProcess.withProject { neo async throws in
            let result = try await neo.run(through: [], arguments)
            #expect(result.errorOutput.contains(sentence), "\(result.errorOutput)")
            #expect(result.status == status)
        }
    }

    @Test func `control characters in names do not reach the terminal`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let hostile = "x\u{1B}[2J\u{1B}]0;owned\u{7}"
            let added = try await neo.run(through: [], ["log", "--project", "p", "--new", hostile])
            #expect(added.status == 0)
            let list = try await neo.check("runs", "list", "--project", "p").output
            #expect(list.contains("owned") && !list.contains("\u{1B}") && !list.contains("\u{7}"))
        }
    }

    @Test func `a search is a run, its trials are its parts, and a killed one goes on as the same run`() async throws {
        try await NeoProcess.withProject { neo async throws in
            var generator = SplitMix64(seed: 11)
            for _ in 0..<8 {
                let seconds = 0.02 + 0.3 * generator.nextUnit()
                _ = try await neo.run(
                    through: ["timeout", "-s", "KILL", "\(seconds)"], ["search", "p", "--trials", "8"])
            }
            try await neo.check("search", "p", "--trials", "8")
            let search = try #require(try await Self.runs(neo, "--kind", "search").first)
            #expect(search["status"] == "finished")
            let id = try #require(search["id"]?.string)
            let parts = try await Self.runs(neo, "--parent", id)
            let trials = try neo.results(at: "p/results.json")["trials"]?.array ?? []
            #expect(Set(parts.compactMap { $0["name"]?.string }) == Set(trials.indices.map { "trial \($0)" }))
            #expect(parts.count == trials.count)
            for trial in trials {
                let number = try #require(trial["number"]?.integer)
                let run = try JSONValue(
                    parsing: await neo.check("runs", "show", "\(id)-trial-\(number)", "--project", "p", "--json").output
                )
                let metric = run["metrics"]?.array?.first { $0["metric"] == "evidence_recall" }
                #expect(metric?["count"] == 1)
                let logged = try #require(metric?["last"]?.number)
                #expect(abs(logged - (trial["score"]?["value"]?.number ?? -1)) < 1e-9)
                // It took as long as it took, and did not begin when it was written down.
                let (began, ended) = (run["started"]?.number ?? .nan, run["ended"]?.number ?? .nan)
                #expect(began < ended)
            }
        }
    }

    @Test func `the Python module is short, and writes down what numpy and pandas hand it`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let module = try await neo.check("log", "--python").output
            #expect(module.split(separator: "\n", omittingEmptySubsequences: false).count <= 61)
            try neo.write("p/neo_log.py", module)
            let script = """
                import neo_log

                class Scalar:
                    def tolist(self): return float("inf")

                class Array:
                    def tolist(self): return [1, float("nan"), Scalar()]

                try:
                    with neo_log.Run("arrays", config={"shape": (2, 3), "path": object, "deep": {1: None}}) as run:
                        run.log({"a": Scalar(), "n": True}, step=3)
                        run.table("rows", ["x"], [Array()])
                        raise ValueError("over")
                except ValueError:
                    run.finish()
                """
            try neo.write("p/train.py", script)
            try await neo.shell("cd p && python3 train.py")
            let run = try JSONValue(
                parsing: await neo.check("runs", "show", "arrays", "--project", "p", "--json").output)
            #expect(run["status"] == "failed" && run["failure"] == "over" && run["config"]?["shape"] == [2, 3])
            #expect(run["metrics"]?.array?.map { $0["last"] } == ["Infinity", 1])
            #expect(run["entries"]?.array?.first?["content"]?.string?.contains(#"[1,"NaN","Infinity"]"#) == true)
        }
    }

    @Test func `what processes in Python had logged when they were killed is there, once`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.write("p/neo_log.py", try await neo.check("log", "--python").output)
            // Says on its output what was logged, after it was.
            let script = """
                import sys, neo_log
                run = neo_log.Run(sys.argv[1], kind="training")
                for step in range(10**9):
                    run.log({"a": float(step), "b": float("nan")}, step=step)
                    sys.stdout.write(str(step) + "\\n")
                    sys.stdout.flush()
                """
            try neo.write("p/train.py", script)
            // Kills each once it has said enough, and counts what it had said.
            let driver = """
                import json, subprocess, sys
                start = lambda name: subprocess.Popen([sys.executable, "train.py", name], stdout=subprocess.PIPE)
                children = {f"run{number}": start(f"run{number}") for number in range(4)}
                said = {}
                for name, child in children.items():
                    head = [child.stdout.readline() for _ in range(500)]
                    child.kill()
                    said[name] = len(head) + child.stdout.read().count(b"\\n")
                print(json.dumps(said))
                """
            try neo.write("p/driver.py", driver)
            async let driven = ChildProcess(
                executable: "python3", arguments: ["driver.py"], directory: neo.folder + "/p"
            ).run()
            // Readers are killed meanwhile, too.
            for round in 0..<6 {
                _ = try await neo.run(
                    through: ["timeout", "-s", "KILL", "0.0\(3 + round)"], ["runs", "list", "--project", "p"])
            }
            let said = try await driven
            #expect(said.status == 0, "\(said.errorOutput)")
            let told = try #require(try JSONValue(parsing: said.output).object)
            for (name, count) in told {
                let run = try JSONValue(
                    parsing: await neo.check("runs", "show", name, "--project", "p", "--json").output)
                let metrics = run["metrics"]?.array ?? []
                let kept = try #require(metrics.first?["count"]?.integer)
                let count = try #require(count.integer)
                #expect(kept == count || kept == count + 1)
                #expect(metrics.first?["last"]?.integer == kept - 1)
                #expect(run["status"] == "crashed")
            }
        }
    }
}

extension String {
    fileprivate func trimmingCharacters() -> String { filter { !$0.isWhitespace } }
}
