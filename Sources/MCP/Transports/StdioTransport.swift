internal import Base
internal import Processes
internal import Sandbox
internal import Synchronization

/// A server that is a program: a message a line through its standard input and output. What it writes to standard error is
/// a log, of which the end is kept.
///
/// A server that ends is started again when it is next asked, a few times.
package final class StdioTransport: MCPTransport {
    private struct State {
        var pipe: InputPipe?
        var process: SandboxedProcess?
        var number: Int32?
        var generation = 0
        var isFinishing = false
        var wanted = false
        var log = HeadAndTail(limit: StdioTransport.logBytes)
        /// Why the last one ended.
        var reason: MCPError?
    }

    /// The most that one message may have.
    package static let lineBytes = 16 << 20
    private static let logBytes = 16 << 10
    private static let mostStarts = 4

    package let answersWithin = false
    private let name: String
    private let program: MCPProgram
    private let lineBytes: Int
    private let state = Mutex(State())
    private let starts: AsyncStream<Void>
    private let start: AsyncStream<Void>.Continuation

    /// - Parameter name: the server's, for messages.
    package init(_ name: String, _ program: MCPProgram, lineBytes: Int = StdioTransport.lineBytes) {
        self.name = name
        self.program = program
        self.lineBytes = lineBytes
        (starts, start) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    package var generation: Int { state.withLock { $0.generation } }

    /// The beginning and end of what the server wrote to standard error.
    package var log: String { state.withLock { $0.log.text } }

    package func send(_ message: MCPOutgoing, _ inbox: MCPInbox) async throws {
        let pipe = try await openPipe()
        do throws(InputPipe.Blocked) { try pipe.write(message.line) } catch {
            throw MCPError(
                .unreachable,
                error.isFull
                    ? "The server \(name) does not read what it is asked." : "The server \(name) has ended.\(said)")
        }
    }

    /// The input of the server, which is started where none runs.
    private func openPipe() async throws -> InputPipe {
        start.yield()
        while true {
            let (pipe, failure, finishing) = state.withLock {
                ($0.pipe, $0.pipe == nil && $0.generation >= Self.mostStarts ? $0.reason : nil, $0.isFinishing)
            }
            if let pipe { return pipe }
            if let failure { throw failure }
            guard !finishing else { throw MCPError(.unreachable, "The server \(name) is not used any more.") }
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    package func run(_ inbox: MCPInbox) async {
        for await _ in starts {
            guard !Task.isCancelled, !state.withLock({ $0.isFinishing }) else { break }
            guard generation < Self.mostStarts else { continue }
            let reason = await serve(inbox)
            state.withLock { state in
                state.pipe?.close()
                state.pipe = nil
                state.process = nil
                state.reason = reason
            }
            inbox.failAll(reason)
        }
        let gone = MCPError(.unreachable, "The server \(name) is not used any more.")
        state.withLock { state in
            state.isFinishing = true
            state.pipe?.close()
            state.pipe = nil
        }
        inbox.failAll(gone)
    }

    /// Runs the server once.
    ///
    /// - Returns: why it ended.
    private func serve(_ inbox: MCPInbox) async -> MCPError {
        do {
            let pipe = try InputPipe()
            state.withLock { state in
                state.pipe = pipe
                state.generation += 1
            }
            let splitter = Mutex(LineSplitter(limit: lineBytes))
            let (floods, flooded) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
            let take: @Sendable (ChildProcess.Stream, UnsafeRawBufferPointer) -> Void = { [self] stream, bytes in
                guard stream == .output else { return state.withLock { $0.log.append(bytes) } }
                do {
                    for line in try splitter.withLock({ try $0.append(bytes) }) { inbox.take(line) }
                } catch {
                    flooded.yield()
                }
            }
            return try await withThrowingTaskGroup(of: MCPError?.self) { group in
                group.addTask { [self] in
                    let status = try await runProgram(pipe, take)
                    return MCPError(.unreachable, "The server \(name) has ended (status \(status)).\(said)")
                }
                group.addTask {
                    await pipe.pump()
                    return nil
                }
                group.addTask { [self] in
                    for await _ in floods {
                        return MCPError(
                            .form, "The server \(name) wrote a line of more than \(lineBytes >> 20) MB, and was ended.")
                    }
                    return nil
                }
                defer { group.cancelAll() }
                while let next = try await group.next() { if let next { return next } }
                return MCPError(.unreachable, "The server \(name) has ended.")
            }
        } catch {
            return MCPError(.unreachable, "The server \(name) could not be started.\(said)", cause: error)
        }
    }

    private func runProgram(
        _ pipe: InputPipe, _ take: @escaping @Sendable (ChildProcess.Stream, UnsafeRawBufferPointer) -> Void
    ) async throws -> Int {
        guard let policy = program.policy else {
            var child = ChildProcess(
                executable: program.command[0], arguments: Array(program.command.dropFirst()),
                directory: program.directory, environment: program.environment)
            child.inputPipe = pipe
            return try await child.stream(
                onStart: { [self] number in state.withLock { $0.number = number } }, receive: take)
        }
        return try await Sandbox.find().run(
            program.command, under: policy, pipe: pipe, onPiece: take,
            onStart: { [self] process in state.withLock { $0.process = process } }
        ).status
    }

    package func finish() async {
        let (pipe, process, number) = state.withLock { state in
            state.isFinishing = true
            return (state.pipe, state.process, state.number)
        }
        start.finish()
        guard let pipe else { return }
        pipe.close()
        // First its input ends, then it is asked, then whoever waits for `run` cancels it.
        for step in 0..<2 {
            for _ in 0..<100 {
                if state.withLock({ $0.pipe == nil }) { return }
                guard (try? await Task.sleep(for: .milliseconds(10))) != nil else { return }
            }
            guard step == 0 else { return }
            process?.terminate()
            if let number { RunningProcess(number)?.terminate() }
        }
    }

    /// What it said last, as a sentence.
    private var said: String {
        let lines = log.split(whereSeparator: \.isNewline).suffix(3).map { $0.prefix(200) }
        guard !lines.isEmpty else { return "" }
        return " It said last: " + lines.joined(separator: " | ")
    }
}
