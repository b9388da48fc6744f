internal import Dispatch

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Ctrl-C: once asks the command to stop at the next safe point, twice ends the process at once.
enum Interruption {
    /// Runs the body in a task that the first SIGINT or SIGTERM cancels. The second one exits with 130: all that was
    /// acknowledged is on disk by then.
    static func cancelling(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let task = Task { try await body() }
        // A queue of its own gets a thread of its own: the shared ones are all encoding when it matters.
        let queue = DispatchQueue(label: "neo.signals", qos: .userInteractive)
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                if task.isCancelled { _exit(130) }
                Terminal.printError("Stopping… (once more ends at once)")
                task.cancel()
            }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        try await task.value
    }
}
