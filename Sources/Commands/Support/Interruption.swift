internal import CTerminal
internal import Dispatch
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Ctrl-C: once asks the command to stop at the next safe point, twice ends the process at once.
final class Interruption: Sendable {
    private enum State {
        /// The first signal cancels the command.
        case cancels
        /// The first signal yields.
        case yields(AsyncStream<Void>.Continuation)
        /// It has come.
        case interrupted
    }

    private let state = Mutex(State.cancels)

    private init() {}

    /// Runs the body in a task that the first SIGINT or SIGTERM cancels. The second one exits with 130: all that was
    /// acknowledged is on disk by then.
    static func cancelling(_ body: @escaping @Sendable () async throws -> Void) async throws {
        try await handling { _ in try await body() }
    }

    /// The same for a body that, once it has begun to serve, ends in its own way at the first signal: see `stops`.
    static func handling(_ body: @escaping @Sendable (Interruption) async throws -> Void) async throws {
        let interruption = Interruption()
        let numbers = [SIGINT, SIGTERM]
        // Nothing begins before signals are heard: one that came in between would be lost, as a source is registered later than it is made.
        let (registered, registration) = AsyncStream<Void>.makeStream()
        let task = Task {
            var missing = numbers.count
            for await _ in registered {
                missing -= 1
                if missing == 0 { break }
            }
            try await body(interruption)
        }
        // A queue of its own gets a thread of its own: the shared ones are all encoding when it matters.
        let queue = DispatchQueue(label: "neo.signals", qos: .userInteractive)
        let sources = numbers.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { interruption.signalled(task) }
            source.setRegistrationHandler { registration.yield() }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        try await task.value
    }

    /// From now on the first signal does not cancel the task, but gives the stream an element.
    func stops() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        state.withLock { state in
            // A signal that came before has cancelled the task already.
            if case .cancels = state { state = .yields(continuation) }
        }
        return stream
    }

    private func signalled(_ task: Task<Void, any Error>) {
        let before = state.withLock { state in
            defer { state = .interrupted }
            return state
        }
        if case .interrupted = before {
            neo_terminal_end()
            _exit(130)
        }
        // The terminal has shown ^C behind whatever stood there.
        Terminal.printError((Terminal.isInteractive ? "\n" : "") + "Stopping… (once more ends at once)")
        if case .yields(let continuation) = before { continuation.yield() } else { task.cancel() }
    }
}
