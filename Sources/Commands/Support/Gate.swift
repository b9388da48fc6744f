/// Something that others wait for, once: an open gate stays open.
struct Gate: Sendable {
    private let stream: AsyncStream<Never>
    private let continuation: AsyncStream<Never>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    func open() { continuation.finish() }

    /// Returns when it is open, or the task was cancelled. One at a time may wait.
    func passed() async {
        for await _ in stream {}
    }
}
