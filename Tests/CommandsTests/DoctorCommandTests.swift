import Base
import FoundationEssentials
import Processes
import TestSupport
import Testing

/// What `neo doctor` says of config.yaml.
@Suite struct DoctorCommandTests {
    /// The lines about config.yaml, the test's folder left out, and the exit status.
    private func doctor(_ neo: NeoProcess, key: String? = nil) async throws -> (text: String, status: Int) {
        let setting = key.map { ["NEO_TEST_KEY=\($0)"] } ?? ["-u", "NEO_TEST_KEY"]
        let result = try await neo.run(
            through: ["env", "-u", "OPENAI_API_KEY", "-u", "NEO_TEST_TEAM"] + setting, ["doctor"])
        let lines = result.output.replacing(neo.folder, with: "FOLDER").split(separator: "\n")
        let own = lines.drop { !$0.contains(" config.yaml: ") }
        return (own.joined(separator: "\n") + "\n", result.status)
    }

    #if os(Linux)
        @Test func `without oneDNN everything works but models, and they say what to install`() async throws {
            try await NeoProcess.withProject { neo in
                try neo.installTinyModel()
                // What lies there first is no library.
                try neo.write("none/libdnnl.so.2", "")
                let wrapper = ["env", "LD_LIBRARY_PATH=\(neo.folder)/none"]
                let doctor = try await neo.run(through: wrapper, ["doctor"])
                #expect(doctor.output.contains("mend it: sudo apt-get install libdnnl2"), "\(doctor.output)")
                let words = try await neo.run(through: wrapper, ["search", "p", "--trials", "1", "--quiet"])
                #expect(words.status == 0, "\(words.errorOutput)")
                try neo.write(
                    "p/neo.yaml",
                    neo.read("p/neo.yaml").replacing(/encoder: .*/, with: "encoder: all-minilm-l6-v2"))
                let failed = try await neo.run(through: wrapper, ["search", "p", "--trials", "1", "--quiet"])
                #expect(failed.status == 1 && failed.errorOutput.contains("install libdnnl2"), "\(failed.errorOutput)")
                #expect(try await neo.run("search", "p", "--trials", "1", "--quiet").status == 0)
            }
        }
    #endif

    @Test func `Every fault of config.yaml is named, with what mends it`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let neo = NeoProcess(folder: folder)
            try neo.write("leak.key", "secret-of-the-test\n")
            try neo.write("own.key", "secret-of-the-test\n")
            try await neo.shell("chmod 644 leak.key && chmod 600 own.key")
            try neo.write(
                "home/config.yaml",
                """
                endpoints:
                  openai: {api: openai}
                  leaky: {api: vllm, key_file: \(folder)/leak.key}
                  lost: {api: vllm, key_file: \(folder)/none.key}
                  mine: {api: vllm, url: http://127.0.0.1:9/v1, key_file: \(folder)/own.key}
                  named: {api: vllm, key: NEO_TEST_KEY}
                  strict: {api: vllm, certificates: \(folder)/none.pem, headers: {X-Team: NEO_TEST_TEAM}}
                  ours: {api: ollama, certificates: \(folder)/none.pem}
                roles:
                  generator: opnai/gpt-5-mini
                  judge: mine/llama
                  agent: smollm2-135m-instruct
                prices:
                  mime/llama: {input: 1, output: 2}

                """)
            let found = try await doctor(neo)
            #expect(found.status == 1)
            #expect(!found.text.contains("secret-of-the-test"))
            if let difference = try GoldenFile("doctor/config.txt", beside: #filePath).difference(from: found.text) {
                Issue.record("\(difference)")
            }
            #expect(try await doctor(neo, key: "k").text.contains("ok     endpoint named: http://127.0.0.1:8000/v1"))
        }
    }

    @Test func `A file that cannot be read is said with its line, and fails`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let neo = NeoProcess(folder: folder)
            #expect(try await doctor(neo).text.contains("none   config.yaml: FOLDER/home/config.yaml is not there"))
            let faults = [
                ("roles: {}\nendpoints: ]\n", 2), ("endpoints:\n  a: {api: opnai}\n", 2), ("role: {}\n", 1),
            ]
            for (yaml, line) in faults {
                try neo.write("home/config.yaml", yaml)
                let found = try await doctor(neo)
                #expect(found.status == 1)
                #expect(found.text.contains("MISS   config.yaml: FOLDER/home/config.yaml:\(line):"), "\(found.text)")
            }
        }
    }
}
