internal import Processes
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Keeps what a run prints: head and tail in memory, all of it in a file, until it is too much.
final class OutputKeeper: Sendable {
    private struct State {
        var output: HeadAndTail
        var errors: HeadAndTail
        var total = 0
        var isFull = false
        var file: Int32 = -1
    }

    private let state: Mutex<State>
    private let limit: Int
    private let onPiece: (@Sendable (ChildProcess.Stream, UnsafeRawBufferPointer) -> Void)?

    /// A keeper.
    ///
    /// - Parameters:
    ///   - whole: a new file for all of it, which only this user may read; none where nil.
    ///   - onPiece: hears every piece that is kept.
    init(
        limits: SandboxLimits, whole: String?,
        onPiece: (@Sendable (ChildProcess.Stream, UnsafeRawBufferPointer) -> Void)?
    ) throws {
        var file: Int32 = -1
        if let whole {
            file = open(whole, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard file >= 0 else {
                let problem = String(cString: strerror(errno))
                throw SandboxError(.notStarted, "The output cannot be kept in \(whole): \(problem).")
            }
        }
        let kept = HeadAndTail(limit: limits.shownBytes)
        state = Mutex(State(output: kept, errors: kept, file: file))
        limit = limits.outputBytes
        self.onPiece = onPiece
    }

    /// Keeps a piece.
    ///
    /// - Returns: whether there is room for more.
    func append(_ stream: ChildProcess.Stream, _ bytes: UnsafeRawBufferPointer) -> Bool {
        let isFull = state.withLock { state in
            // What comes while the run is being ended is not wanted any more.
            guard !state.isFull else { return true }
            state.total += bytes.count
            state.isFull = state.total > limit
            switch stream {
            case .output: state.output.append(bytes)
            case .errors: state.errors.append(bytes)
            }
            // A disk that is full costs the whole, not the run: head and tail are in memory.
            if state.file >= 0, !Self.write(bytes, to: state.file) { Self.close(&state.file) }
            return state.isFull
        }
        onPiece?(stream, bytes)
        return !isFull
    }

    /// Head and tail of both streams, and how much was left out of them.
    func finish() -> (output: String, errors: String, outputLeftOut: Int, leftOut: Int) {
        state.withLock { state in
            Self.close(&state.file)
            return (
                state.output.text, state.errors.text, state.output.leftOut,
                state.output.leftOut + state.errors.leftOut
            )
        }
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to file: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = systemWrite(file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            guard written > 0 else { return false }
            rest = rest.dropFirst(written)
        }
        return true
    }

    private static func close(_ file: inout Int32) {
        if file >= 0 { _ = systemClose(file) }
        file = -1
    }
}

private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int { write(file, bytes, count) }
private func systemClose(_ file: Int32) -> Int32 { close(file) }
