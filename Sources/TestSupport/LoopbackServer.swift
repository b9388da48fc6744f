internal import Synchronization

/// Runs a server on this machine while `body` works with it, and stops it afterwards, also where `body` throws.
///
/// Which server it is, the caller says; TestSupport knows no HTTP.
///
/// - Parameters:
///   - serve: runs until it is cancelled; when it listens, it hands over its port, and how new connections are refused.
///   - body: works with the server's address, such as `http://127.0.0.1:41233`.
package func withLoopbackServer<Result: Sendable>(
    _ serve:
        @escaping @Sendable (
            _ isListening: @escaping @Sendable (_ port: Int, _ close: @escaping @Sendable () async -> Void) -> Void
        ) async throws -> Void,
    _ body: @escaping @Sendable (_ url: String) async throws -> Result
) async throws -> Result {
    let isEnding = Flag()
    let (doors, continuation) = AsyncStream.makeStream(of: Door.self)
    return try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask {
            defer { continuation.finish() }
            do {
                try await serve { port, close in
                    continuation.yield(Door(port: port, close: close))
                    continuation.finish()
                }
            } catch {
                // A server whose door was closed may think that strange.
                guard isEnding.isSet else { throw error }
            }
            return nil
        }
        group.addTask {
            for await door in doors {
                let result: Swift.Result<Result, any Error>
                do { result = .success(try await body("http://127.0.0.1:\(door.port)")) } catch {
                    result = .failure(error)
                }
                // A server of NIO that is cancelled while a connection arrives ends the process: nobody would finish its writer.
                isEnding.set()
                await door.close()
                try? await Task.sleep(for: .milliseconds(30))
                return try result.get()
            }
            return nil
        }
        defer { group.cancelAll() }
        while let result = try await group.next() {
            if let result { return result }
        }
        throw ServerNeverListened()
    }
}

private final class Flag: Sendable {
    private let value = Mutex(false)

    var isSet: Bool { value.withLock { $0 } }
    func set() { value.withLock { $0 = true } }
}

/// Where a server takes connections.
private struct Door: Sendable {
    let port: Int
    /// Lets nobody in any more.
    let close: @Sendable () async -> Void
}

/// A server that ended before it listened, without an error of its own.
private struct ServerNeverListened: Error {}
