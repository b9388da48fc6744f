import Base
import FoundationEssentials
import Processes
import Testing

/// Programs of others that attack a service, which scripts/redteam-environment installs, against `neo serve --test-mode`.
@Suite(
    .enabled(if: Redteam.python != nil, "scripts/redteam-environment installs the programs that attack the service"),
    .timeLimit(.minutes(5)))
struct RedteamTests {
    @Test func `rag-redteam and raginject find nothing but their own words in quotes`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let result = try await neo.serve(["--test-mode", "--requests-per-minute", "0"]) { server async throws in
                let script = try await ChildProcess(
                    executable: try #require(Redteam.python),
                    arguments: [Redteam.script, "http://127.0.0.1:\(server.port)", neo.folder, "6"],
                    directory: neo.folder
                ).run()
                #expect(script.status == 0, "\(script.output)\(script.errorOutput)")
                let said = try JSONValue(parsing: script.output)
                // Both really attacked: most of what raginject added was found, and rag-redteam tried all it knows.
                #expect(
                    (said["raginject"]?["not_found"]?.integer ?? 99) * 5 < said["raginject"]?["tried"]?.integer ?? 0)
                let families = said["rag-redteam"]?.object ?? [:]
                #expect(families.count == 7 && families.values.allSatisfy { $0.array == [0, 6] }, "\(families)")
                try server.stop()
            }
            #expect(result.status == 0)
        }
    }
}

/// The programs of `.venv/redteam`.
enum Redteam {
    private static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

    /// The interpreter that has them; nil where they were not installed.
    static let python: String? = {
        let folder = tests.deletingLastPathComponent().appending(path: ".venv/redteam").path
        return FileManager.default.fileExists(atPath: folder + "/requirements.txt") ? folder + "/bin/python" : nil
    }()

    static let script = tests.appending(path: "Redteam/attack.py").path
}
