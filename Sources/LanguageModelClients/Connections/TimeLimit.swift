/// What `body` gives, or nil where it takes longer than that; then it is cancelled.
///
/// An HTTP client's own limits are on silence: a server that trickles would keep them for ever.
func withTimeLimit<Result: Sendable>(
    seconds: Double, _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result? {
    try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: .seconds(seconds))
            return nil
        }
        defer { group.cancelAll() }
        return try await group.next() ?? nil
    }
}
