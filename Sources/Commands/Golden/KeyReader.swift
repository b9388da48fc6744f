internal import CTerminal
internal import Dispatch
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Single keys of the terminal, as they are pressed.
final class KeyReader: Sendable {
    private struct State {
        var decoder = KeyDecoder()
        var isTaken = false
    }

    private let state = Mutex(State())
    private let keys: AsyncStream<Key>
    private let continuation: AsyncStream<Key>.Continuation

    private init() {
        (keys, continuation) = AsyncStream.makeStream(of: Key.self, bufferingPolicy: .bufferingOldest(1000))
    }

    /// Takes the terminal while `body` works.
    ///
    /// - Throws: what `body` throws; `OutputError` where standard input is no terminal.
    static func with<Result: Sendable>(_ body: (KeyReader) async throws -> Result) async throws -> Result {
        let reader = KeyReader()
        let queue = DispatchQueue(label: "neo.keys", qos: .userInteractive)
        try reader.take()
        let source = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO, queue: queue)
        source.setEventHandler { if !reader.read() { source.cancel() } }
        source.resume()
        defer {
            source.cancel()
            reader.release()
        }
        return try await body(reader)
    }

    /// The next key; nil when the terminal is gone.
    ///
    /// - Throws: `CancellationError` at Ctrl-C.
    func next() async throws -> Key? {
        for await key in keys {
            switch key {
            case .interrupt: throw CancellationError()
            case .quit:
                release()
                neo_terminal_quit()
            case .suspend: neo_terminal_suspend()
            default: return key
            }
        }
        try Task.checkCancellation()
        return nil
    }

    private func read() -> Bool {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = Glibc.read(STDIN_FILENO, &bytes, bytes.count)
        if count < 0, errno == EINTR || errno == EAGAIN { return true }
        guard count > 0 else {
            continuation.finish()
            return false
        }
        for key in state.withLock({ $0.decoder.keys(bytes.prefix(count)) }) {
            // What was typed faster than it was read comes in one piece.
            if case .text(let letters) = key {
                for letter in letters { continuation.yield(.text(String(letter))) }
            } else {
                continuation.yield(key)
            }
        }
        return true
    }

    private func take() throws {
        guard neo_terminal_begin(STDIN_FILENO) == 0 else { throw OutputError(number: errno) }
        state.withLock { $0.isTaken = true }
    }

    private func release() {
        let isTaken = state.withLock { state in
            defer { state.isTaken = false }
            return state.isTaken
        }
        if isTaken { neo_terminal_end() }
    }
}
