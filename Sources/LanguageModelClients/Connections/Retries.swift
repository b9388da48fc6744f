/// Counts the tries of a request, and waits between them: half a second, then twice as long each time.
struct Retries {
    private let settings: EndpointSettings
    private var attempt = 1

    init(_ settings: EndpointSettings) { self.settings = settings }

    /// Waits before the next try.
    ///
    /// - Throws: `EndpointError` where there should be none.
    mutating func pause(after failure: EndpointFailure) async throws {
        // Where nobody listens, nobody will in a moment.
        let attempts = failure.isConnection ? min(settings.attempts, 2) : settings.attempts
        guard failure.mayPass, attempt < attempts else { throw failure.error }
        let longest = Double(1 << min(attempt, 5)) / 2
        try await settings.pause(max(failure.waitSeconds ?? 0, longest * (1 + settings.jitter()) / 2))
        attempt += 1
    }
}
