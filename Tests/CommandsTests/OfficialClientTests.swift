import Base
import FoundationEssentials
import Processes
import Testing

/// The official clients of OpenAI and Anthropic, which scripts/clients-environment installs, against `neo serve`.
@Suite(
    .enabled(if: OfficialClients.python != nil, "scripts/clients-environment installs the clients that these drive"),
    .timeLimit(.minutes(5)))
struct OfficialClientTests {
    private static let token = "t0ken-of-the-test"

    @Test(arguments: ["openai_client.py", "anthropic_client.py"])
    func `a release without a model answers with quotes`(_ script: String) async throws {
        try await NeoProcess.withProject { neo async throws in
            let result = try await neo.serve(environment: ["NEO_TOKEN": Self.token]) { server async throws in
                try await OfficialClients.run(script, server, token: Self.token)
                try server.stop()
            }
            #expect(result.status == 0)
        }
    }

    @Test(.enabled(if: RealLocalModel.home != nil, "scripts/local-model fetches the model that this asks"))
    func `a real model writes for both`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try await RealLocalModel.link(into: neo)
            let model = "smollm2-135m-instruct"
            do {
                let result = try await neo.serve(["--generator", model], environment: ["NEO_TOKEN": Self.token]) {
                    server async throws in
                    for script in ["openai_client.py", "anthropic_client.py"] {
                        try await OfficialClients.run(script, server, token: Self.token, isWritten: true)
                    }
                    let metrics = try await server.get("/metrics", headers: "Authorization: Bearer \(Self.token)\r\n")
                    #expect(metrics.contains(#"outcome="answered"} 5"#), "\(metrics)")
                    try server.stop()
                }
                #expect(result.status == 0)
            } catch {
                _ = try await neo.run("models", "stop")
                throw error
            }
            _ = try await neo.run("models", "stop")
        }
    }
}

/// The clients of `.venv/clients`.
enum OfficialClients {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

    /// The interpreter that has them; nil where they were not installed.
    static let python: String? = {
        let folder = root.deletingLastPathComponent().appending(path: ".venv/clients").path
        let isComplete = FileManager.default.fileExists(atPath: folder + "/requirements.txt")
        return isComplete ? folder + "/bin/python" : nil
    }()

    /// Runs a script of `Tests/Clients`, which checks all by itself.
    static func run(_ script: String, _ server: RunningServer, token: String, isWritten: Bool = false) async throws {
        var environment = ProcessInfo.processInfo.environment
        environment["WRITTEN"] = isWritten ? "1" : nil
        // Loopback is never behind a proxy.
        environment["NO_PROXY"] = "127.0.0.1"
        environment["no_proxy"] = "127.0.0.1"
        let result = try await ChildProcess(
            executable: try #require(python),
            arguments: [
                root.appending(path: "Clients/\(script)").path, "http://127.0.0.1:\(server.port)", token,
                "For how many minutes should one steep green tea?", isWritten ? "" : "two minutes",
            ], directory: root.path, environment: environment
        ).run()
        #expect(result.status == 0 && result.output.hasSuffix("ok\n"), "\(result.errorOutput)")
    }
}
