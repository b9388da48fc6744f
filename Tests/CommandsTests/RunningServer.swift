import Base
import FoundationEssentials
import Processes
import Subprocess
import Synchronization
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// `neo serve`, while it runs.
struct RunningServer {
    /// Where it listens.
    let port: Int
    /// What it has written to standard error so far.
    let errors: Transcript
    /// Sends it a signal.
    let signal: (Signal) throws -> Void

    /// A GET request.
    func get(_ path: String, headers: String = "") async throws -> String {
        try await RawConnection.reply(
            port, to: "GET \(path) HTTP/1.1\r\nHost: localhost\r\n\(headers)Connection: close\r\n\r\n")
    }

    /// Tells it to stop, for the first time.
    func stop() throws {
        try signal(.terminate)
    }
}

extension NeoProcess {
    /// Runs `neo serve p`, or another command that serves, on a free port, and the body once it listens; then waits for its end, to which the body must
    /// have brought it.
    func serve(
        _ arguments: [String] = [], command: [String] = ["serve", "p"], environment more: [String: String] = [:],
        _ body: (RunningServer) async throws -> Void
    ) async throws -> ChildProcess.Result {
        var values: [Environment.Key: String?] = ["NEO_HOME": folder + "/home", "NEO_TOKEN": nil]
        for (name, value) in more { values[try #require(Environment.Key(rawValue: name))] = value }
        let outcome = try await Subprocess.run(
            .path(FilePath(try Self.executable())),
            arguments: Arguments(command + ["--port", "0", "--json"] + arguments),
            environment: .inherit.updating(values), workingDirectory: FilePath(folder),
            input: .none, output: .sequence, error: .sequence
        ) { execution in
            let (output, errors) = (Transcript(), Transcript())
            return try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await output.follow(execution.standardOutput) }
                tasks.addTask { try await errors.follow(execution.standardError) }
                do {
                    let port = await output.wait { text in
                        (try? JSONValue(parsing: text))?["url"]?.string?.split(separator: ":").last.flatMap {
                            Int($0.filter(\.isNumber))
                        }
                    }
                    let server = RunningServer(
                        port: try #require(port, "\(command) ended: \(errors.text)"), errors: errors
                    ) { try execution.send(signal: $0) }
                    try await body(server)
                } catch {
                    try? execution.send(signal: .kill)
                    throw error
                }
                try await tasks.waitForAll()
                return (output.text, errors.text)
            }
        }
        let status =
            switch outcome.terminationStatus {
            case .exited(let code): Int(code)
            case .signaled(let signal): 128 + Int(signal)
            }
        return ChildProcess.Result(
            status: status, output: outcome.closureResult.0, errorOutput: outcome.closureResult.1)
    }
}

/// What a process writes, while it writes it.
final class Transcript: Sendable {
    private let state = Mutex((text: "", hasEnded: false))
    private let changes: AsyncStream<Void>
    private let changed: AsyncStream<Void>.Continuation

    init() {
        (changes, changed) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// All so far.
    var text: String { state.withLock { $0.text } }

    /// Waits until something can be read from the text; nil where the process ends before.
    func wait<Value>(_ read: (String) -> Value?) async -> Value? {
        while true {
            let (text, hasEnded) = state.withLock { $0 }
            if let value = read(text) { return value }
            if hasEnded { return nil }
            _ = await changes.first { _ in true }
        }
    }

    /// Waits until the text holds another.
    func wait(for part: String) async {
        _ = await wait { $0.contains(part) ? true : nil }
    }

    fileprivate func follow(_ stream: SubprocessOutputSequence) async throws {
        for try await buffer in stream {
            let part = buffer.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
            state.withLock { $0.text += part }
            changed.yield()
        }
        state.withLock { $0.hasEnded = true }
        changed.yield()
    }
}
