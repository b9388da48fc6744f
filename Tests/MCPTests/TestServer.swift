import Base
import Foundation
import MCP
import Processes

/// Servers that tests start.
enum TestServer {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Servers").path

    /// The interpreter with the official SDK; nil where scripts/mcp-environment did not install it.
    static let sdkPython: String? = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../.venv/mcp").standardizedFileURL.path
        let isComplete = FileManager.default.fileExists(atPath: folder + "/requirements.txt")
        return isComplete ? folder + "/bin/python" : nil
    }()

    /// One of the scripts, with any Python.
    static func hostile(_ kind: String, seconds: Double = 20) -> MCPServerSetting {
        var setting = MCPServerSetting(
            name: "hostile", kind: .program(["python3", folder + "/hostile_server.py", kind], variables: [:]),
            folder: folder)
        setting.seconds = seconds
        return setting
    }

    /// The official SDK over stdio.
    static func sdk() -> MCPServerSetting {
        MCPServerSetting(
            name: "sdk", kind: .program([sdkPython ?? "", folder + "/sdk_server.py"], variables: [:]), folder: folder)
    }

    /// Runs the official SDK over HTTP while `body` works.
    static func withSDKOverHTTP<Result: Sendable>(
        stateless: Bool, _ body: @escaping @Sendable (MCPServerSetting) async throws -> Result
    ) async throws -> Result {
        try await withHTTP(
            [sdkPython ?? "", folder + "/sdk_server.py", stateless ? "stateless" : "sessions"], body)
    }

    /// Runs a program that prints its port, while `body` works.
    static func withHTTP<Result: Sendable>(
        _ words: [String], _ body: @escaping @Sendable (MCPServerSetting) async throws -> Result
    ) async throws -> Result {
        let (ports, found) = AsyncStream<String>.makeStream()
        let child = ChildProcess(executable: words[0], arguments: Array(words.dropFirst()))
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                _ = try await child.stream { stream, bytes in
                    if stream == .output { found.yield(String(decoding: bytes, as: UTF8.self)) }
                }
                found.finish()
                return nil
            }
            group.addTask {
                var text = ""
                for await piece in ports {
                    text += piece
                    if text.contains("\n") { break }
                }
                let port = text.filter(\.isNumber)
                return try await body(
                    MCPServerSetting(
                        name: "sdk", kind: .remote("http://127.0.0.1:\(port)/mcp", headers: [:]), folder: folder))
            }
            defer { group.cancelAll() }
            while let next = try await group.next() { if let next { return next } }
            throw CancellationError()
        }
    }
}
