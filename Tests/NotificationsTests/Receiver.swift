import Base
import Foundation
import Processes
import Synchronization
import Testing

/// A real receiver of messages on this machine's loopback, while a test sends to it.
final class Receiver: Sendable {
    /// What scripts/receivers-environment installs; nil where it was not run.
    static let python: String? = {
        let path = folder.deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: ".venv/receivers/bin/python").path
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }()
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

    private let text = Mutex("")
    private let changes = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    /// Starts one of the kinds of receivers.py, and ends it after the body.
    static func with<Result: Sendable>(
        _ kind: String, _ body: @Sendable (Receiver, _ port: Int) async throws -> Result
    ) async throws -> Result {
        let program = kind.hasPrefix("mail") ? try #require(python) : "python3"
        let receiver = Receiver()
        let child = ChildProcess(
            executable: program, arguments: ["-u", folder.appending(path: "receivers.py").path, kind])
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                _ = try await child.stream { stream, bytes in
                    guard stream == .output else { return }
                    receiver.text.withLock { $0 += String(decoding: bytes, as: UTF8.self) }
                    receiver.changes.continuation.yield()
                }
                receiver.changes.continuation.finish()
            }
            defer { tasks.cancelAll() }
            let port = try #require(try await receiver.message(0)["port"]?.integer)
            return try await body(receiver, port)
        }
    }

    /// Waits for the message of a number: 0 says the port.
    func message(_ number: Int) async throws -> JSONValue {
        while true {
            let lines = text.withLock { $0 }.split(separator: "\n", omittingEmptySubsequences: true)
            let isWhole = text.withLock { $0 }.hasSuffix("\n") || lines.count > number + 1
            if lines.count > number, isWhole { return try JSONValue(parsing: String(lines[number])) }
            try #require(await changes.stream.first { _ in true } != nil, "the receiver has ended")
        }
    }

    /// How many messages have come.
    var count: Int { text.withLock { $0 }.split(separator: "\n").count - 1 }
}
