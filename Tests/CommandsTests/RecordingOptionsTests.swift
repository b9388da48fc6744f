import Base
import FoundationEssentials
import Processes
import TestSupport
import Testing

/// `--no-cache` and `--replay-only` where models are asked for long.
@Suite(.timeLimit(.minutes(5))) struct RecordingOptionsTests {
    private static let question = "For how many minutes do I steep green tea?"

    /// What `neo serve` answers to the question, and the status behind it.
    private func served(_ neo: NeoProcess, _ option: String...) async throws -> String {
        var reply = ""
        let path = "\(neo.folder)/bin:\(ProcessInfo.processInfo.environment["PATH"] ?? "")"
        let result = try await neo.serve(
            ["--generator", "tiny.gguf"] + option, environment: ["PATH": path, "NEO_SANDBOX": "off"]
        ) {
            server async throws in
            let curl = ChildProcess(
                executable: "curl",
                arguments: [
                    "-s", "--noproxy", "*", "-w", "%{http_code}", "-H", "content-type: application/json", "-d",
                    "{\"query\": \"\(Self.question)\"}", "http://127.0.0.1:\(server.port)/v1/answer",
                ])
            reply = try await curl.run().output
            try server.stop()
        }
        #expect(result.status == 0)
        return reply
    }

    @Test func `A server gives only what is recorded, or asks anew, as it is told`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.write(FakeLlamaServer.path, LiveAnswerTests.script)
            try await neo.shell("chmod +x bin/llama-server; touch go")
            try Data(TinyGGUF().bytes).write(to: URL(filePath: neo.folder + "/tiny.gguf"))
            func wasAsked() -> Bool {
                let path = neo.folder + "/begun"
                defer { try? FileManager.default.removeItem(atPath: path) }
                return FileManager.default.fileExists(atPath: path)
            }
            do {
                let nothing = try await served(neo, "--replay-only")
                #expect(nothing.hasSuffix("502") && nothing.contains("not_recorded"), "\(nothing)")
                #expect(!wasAsked())
                let first = try await served(neo)
                #expect(first.hasSuffix("200") && first.contains("Steep it for two minutes [1]."), "\(first)")
                #expect(wasAsked())
                #expect(try await served(neo, "--replay-only") == first)
                #expect(try await served(neo) == first)
                #expect(!wasAsked())
                #expect(try await served(neo, "--no-cache") == first)
                #expect(wasAsked())
            } catch {
                _ = try await neo.run("models", "stop")
                throw error
            }
            _ = try await neo.run("models", "stop")
        }
    }

    @Test(arguments: [["ask", "What?", "p"], ["serve", "p"], ["judge", "audit", "p"], ["search", "p"]])
    func `Both at once make no sense`(command: [String]) async throws {
        try await withTemporaryDirectory { folder async throws in
            let result = try await NeoProcess(folder: folder).run(
                through: [], command + ["--no-cache", "--replay-only"])
            #expect(result.status == 2 && result.errorOutput.contains("give one of them"), "\(result.errorOutput)")
        }
    }
}
