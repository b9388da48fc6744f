/// Runs a server on this machine while `body` works with it, and stops it afterwards, also where `body` throws.
///
/// Which server it is, the caller says; TestSupport knows no HTTP.
///
/// - Parameters:
///   - serve: runs until it is cancelled, and hands over its port when it listens.
///   - body: works with the server's address, such as `http://127.0.0.1:41233`.
package func withLoopbackServer<Result: Sendable>(
    _ serve: @escaping @Sendable (_ isListening: @escaping @Sendable (_ port: Int) -> Void) async throws -> Void,
    _ body: @escaping @Sendable (_ url: String) async throws -> Result
) async throws -> Result {
    let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
    return try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask {
            defer { continuation.finish() }
            try await serve { port in
                continuation.yield(port)
                continuation.finish()
            }
            return nil
        }
        group.addTask {
            for await port in ports { return try await body("http://127.0.0.1:\(port)") }
            return nil
        }
        defer { group.cancelAll() }
        while let result = try await group.next() {
            if let result { return result }
        }
        throw ServerNeverListened()
    }
}

/// A server that ended before it listened, without an error of its own.
private struct ServerNeverListened: Error {}
