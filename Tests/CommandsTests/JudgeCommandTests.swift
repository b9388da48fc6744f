import Base
import FoundationEssentials
import Processes
import TestSupport
import Testing

/// `neo judge audit` with a program in place of a model: it finds answers right that hold the word "minutes".
@Suite struct JudgeCommandTests {
    private static let script = FakeLlamaServer.script.replacing(
        "        self.answer(200, \"yes\")",
        with: """
                    import json
                    length = int(self.headers["content-length"])
                    messages = json.loads(self.rfile.read(length))["messages"]
                    text = messages[-1]["content"]
                    if not isinstance(text, str):
                        text = text[0]["text"]
                    answer = text.split("[begin answer ")[1].split("\\n")[1][2:]
                    verdict = "correct" if "minutes" in answer else "incorrect"
                    reply = json.dumps({"reason": "It says " + answer + ".", "verdict": verdict})
                    self.answer(200, json.dumps({"model": "tiny", "choices": [{"index": 0, "finish_reason": "stop",
                        "message": {"role": "assistant", "content": reply}}],
                        "usage": {"prompt_tokens": 9, "completion_tokens": 3, "total_tokens": 12}}))
            """)

    private static func withJudge(_ body: (NeoProcess, LocalModels) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder async throws in
            let neo = NeoProcess(folder: folder)
            try neo.write(FakeLlamaServer.path, script)
            try await neo.shell("chmod +x \(FakeLlamaServer.path)")
            try Data(TinyGGUF().bytes).write(to: URL(filePath: folder + "/tiny.gguf"))
            try neo.write("p/neo.yaml", "documents: [\"*.md\"]\nencoder: none\n")
            try neo.write("p/golden.jsonl", NeoProcess.goldenRows)
            let models = LocalModels(neo: neo)
            do {
                try await body(neo, models)
            } catch {
                _ = try await models.run("stop")
                throw error
            }
            _ = try await models.run("stop")
        }
    }

    /// So many labels, of which every fourth is of a wrong answer, and two that the judge gets wrong.
    private static func labels(_ count: Int) -> String {
        (0..<count).map { number in
            let (answer, label) =
                switch number {
                case 0: ("half an hour, in minutes", "incorrect")
                case 1: ("120 seconds", "correct")
                case _ where number % 4 == 0: ("an hour", "incorrect")
                default: ("two minutes", "correct")
                }
            return
                #"{"id": "l\#(number)", "question": "How long?", "answer": "\#(answer)", "answers": ["two minutes"], "label": "\#(label)"}"#
        }.joined(separator: "\n")
    }

    private func audit(_ neo: NeoProcess, _ arguments: String...) async throws -> ChildProcess.Result {
        let path = "PATH=\(neo.folder)/bin:\(ProcessInfo.processInfo.environment["PATH"] ?? "")"
        return try await neo.run(through: ["env", path], ["judge", "audit", "p"] + arguments)
    }

    @Test func `An audit is printed, and kept beside neo.yaml`() async throws {
        try await Self.withJudge { neo, _ in
            try neo.write("labels.jsonl", Self.labels(40))
            try neo.write("answers.jsonl", Self.labels(60).split(separator: "\n").suffix(20).joined(separator: "\n"))
            let result = try await audit(neo, "--judge", "tiny.gguf", "--labels", "labels.jsonl", "--json")
            try #require(result.status == 0, "\(result.errorOutput)")
            let json = try JSONValue(parsing: result.output)
            #expect(json["judge"] == "tiny")
            #expect(json["figures"]?["agreement"]?["estimate"] == .number(38.0 / 40))
            #expect(json["figures"]?["repeatability"] == 1)
            #expect(json["verdicts"]?.array?.count == 40)
            let kept = try JSONValue(parsing: try neo.read("p/judge-audit.json"))["correctness"]
            #expect(kept?["pairs"]?.array?.count == 40)
            #expect(kept?["prompt"] == json["prompt"])
            let text = try await audit(
                neo, "--judge", "tiny.gguf", "--labels", "labels.jsonl", "--answers", "answers.jsonl", "--repetitions",
                "1")
            #expect(text.output.contains("correctness, judged by tiny, beside 60 labels"))
            #expect(text.output.contains("The judge gives "))
        }
    }

    @Test func `An audit can be made from recordings alone, or anew`() async throws {
        try await Self.withJudge { neo, models in
            try neo.write("labels.jsonl", Self.labels(40))
            let arguments = ["--judge", "tiny.gguf", "--labels", "labels.jsonl"]
            func audited(_ option: String) async throws -> ChildProcess.Result {
                let path = "PATH=\(neo.folder)/bin:\(ProcessInfo.processInfo.environment["PATH"] ?? "")"
                return try await neo.run(
                    through: ["env", path], ["judge", "audit", "p", option, "--repetitions", "1"] + arguments)
            }
            func calls() async throws -> Int? {
                try JSONValue(parsing: try await neo.check("costs", "p", "--json").output)["together"]?["calls"]?
                    .integer
            }
            let nothing = try await audited("--replay-only")
            #expect(nothing.status == 1 && nothing.errorOutput.contains("recorded"), "\(nothing.errorOutput)")
            #expect(try await models.servers().isEmpty)
            let first = try await audited("--quiet")
            #expect(first.status == 0)
            _ = try await models.run("stop")
            #expect(try await audited("--replay-only").output == first.output)
            #expect(try await models.servers().isEmpty)
            let before = try #require(try await calls())
            #expect(try await audited("--no-cache").status == 0)
            #expect(try await calls() ?? 0 > before)
        }
    }

    @Test func `Wrong input gets a sentence, before anything is asked`() async throws {
        try await Self.withJudge { neo, models in
            let none = try await audit(neo, "--judge", "tiny.gguf")
            #expect(none.status == 1 && none.errorOutput.contains("There are no labels yet"), "\(none.errorOutput)")
            try neo.write("few.jsonl", Self.labels(7))
            let few = try await audit(neo, "--judge", "tiny.gguf", "--labels", "few.jsonl")
            #expect(few.status == 1)
            #expect(few.errorOutput.contains("There are 7 labels that correctness can be audited with"))
            try neo.write("bad.jsonl", Self.labels(30) + "\n{\"id\": \"x\"}")
            let bad = try await audit(neo, "--judge", "tiny.gguf", "--labels", "bad.jsonl")
            #expect(bad.errorOutput.contains("bad.jsonl:31: error: the row has no \"question\""))
            let missing = try await audit(neo, "--judge", "tiny.gguf", "--labels", "none.jsonl")
            #expect(missing.errorOutput.contains("none.jsonl cannot be read"))
            try neo.write("many.jsonl", Self.labels(40))
            let nobody = try await audit(neo, "--labels", "many.jsonl")
            #expect(nobody.status == 1 && nobody.errorOutput.contains("No model has the role judge"))
            let unknown = try await audit(neo, "--judge", "tiny.gguf", "--criterion", "beauty")
            #expect(unknown.status == 2)
            try neo.write("own.jsonl", Self.labels(40).replacing("{\"id\"", with: "{\"model\": \"tiny\", \"id\""))
            let own = try await audit(neo, "--judge", "tiny.gguf", "--labels", "own.jsonl")
            #expect(own.status == 1)
            #expect(own.errorOutput.contains("is the model that wrote the answers"))
            let insisting = try await audit(neo, "--judge", "tiny.gguf", "--labels", "own.jsonl", "--own-answers")
            #expect(insisting.status == 0)
            #expect(insisting.output.contains("it may favour them"))
            #expect(try await models.servers().count == 1)
        }
    }

    @Test func `Answers are judged, unaudited at first, then with what people would say`() async throws {
        try await Self.withJudge { neo, _ in
            for (name, text) in [
                ("tea", "# Tea\n\nSteep green tea for two minutes at eighty degrees.\n"),
                ("coffee", "# Coffee\n\nA moka pot wants a fine grind and a low flame.\n"),
                ("water", "# Water\n\nHard water dulls the taste; a filter takes out the lime.\n"),
            ] {
                try neo.write("p/\(name).md", text)
            }
            func evaluate(_ more: String...) async throws -> ChildProcess.Result {
                let path = "PATH=\(neo.folder)/bin:\(ProcessInfo.processInfo.environment["PATH"] ?? "")"
                let result = try await neo.run(
                    through: ["env", path], ["eval", "default", "p", "--answers", "--judge", "tiny.gguf"] + more)
                try #require(result.status == 0, "\(result.errorOutput)")
                return result
            }
            let first = try JSONValue(parsing: try await evaluate("--json").output)
            #expect(first["figures"]?["token_f1"]?.number ?? 0 > 0)
            let judgement = first["judgements"]?.array?.first
            #expect(judgement?["audited"] == false)
            #expect(judgement?["audit"]?.string?.contains("neo judge audit") == true)
            #expect(judgement?["failures"] == 0)
            #expect(try await evaluate().output.contains("unaudited. No audit has compared this judge with people"))

            try neo.write("labels.jsonl", Self.labels(40))
            #expect(try await audit(neo, "--judge", "tiny.gguf", "--labels", "labels.jsonl").status == 0)
            let second = try await evaluate("--criterion", "correctness", "--criterion", "relevance").output
            #expect(second.contains("judged_correctness: tiny on "))
            #expect(second.contains("people would give "))
            #expect(second.contains("with 40 labels"))
            #expect(second.contains("judged_relevance: tiny on "))
        }
    }

    @Test func `A judge goes with answers alone`() async throws {
        try await Self.withJudge { neo, _ in
            let result = try await neo.run("eval", "default", "p", "--judge", "tiny.gguf")
            #expect(result.status == 2 && result.errorOutput.contains("it goes with --answers"))
        }
    }
}
