internal import Base
internal import NIOPosix
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Serves one client through standard input and output, until its input ends.
package struct MCPStdioServer: Sendable {
    /// Calls that work at the same time; the next wait.
    private static let mostCalls = 8
    private static let grace = Duration.seconds(10)

    private let server: MCPServer
    private let input: Int32
    private let output: Int32

    package init(_ server: MCPServer, input: Int32 = 0, output: Int32 = 1) {
        self.server = server
        self.input = input
        self.output = output
    }

    /// What the client has agreed on, and what is under way for it.
    private final class Session: Sendable {
        private let state = Mutex((hasBegun: false, running: [String: AsyncStream<Void>.Continuation]()))

        /// Notes a request.
        ///
        /// - Returns: whether the client has said `initialize`, and what says that the answer is not wanted any more.
        func begin(_ request: MCPRequest) -> (hasSession: Bool, ends: AsyncStream<Void>) {
            let (ends, end) = AsyncStream<Void>.makeStream()
            return state.withLock { state in
                state.running[request.id.canonicalText] = end
                if request.method == "initialize" { state.hasBegun = true }
                return (state.hasBegun, ends)
            }
        }

        /// The request has its answer, or nobody wants one.
        func end(_ id: JSONValue) {
            state.withLock { $0.running.removeValue(forKey: id.canonicalText) }?.finish()
        }

        /// Nobody wants any answer any more.
        func endAll() {
            for end in state.withLock({ Array($0.running.values) }) { end.finish() }
        }
    }

    /// Serves until the client's input ends, or the task is cancelled. What is under way then has a few seconds to be answered.
    package func run() async throws {
        let session = Session()
        let writer = Writer(output)
        let server = server
        try await withThrowingTaskGroup(of: Void.self) { group in
            var splitter = LineSplitter(limit: StdioTransport.lineBytes)
            var running = 0
            defer { group.cancelAll() }
            reading: while let bytes = try await read() {
                let lines: [[UInt8]]
                do { lines = try bytes.withUnsafeBytes { try splitter.append($0) } } catch {
                    await writer.write(Self.fault(MCPErrorNumber.parse, "A message has more than 16 MB."))
                    break reading
                }
                for line in lines where !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) {
                    guard let json = try? line.withUnsafeBytes({ try JSONValue(parsing: $0) }) else {
                        await writer.write(Self.fault(MCPErrorNumber.parse, "A line is no JSON."))
                        continue
                    }
                    let message: MCPMessage
                    do throws(MCPError) { message = try MCPMessage(json) } catch {
                        await writer.write(Self.fault(MCPErrorNumber.invalidRequest, error.message))
                        continue
                    }
                    switch message {
                    case .notification(let notification):
                        guard notification.method == "notifications/cancelled",
                            let id = notification.params?["requestId"]
                        else { continue }
                        session.end(id)
                    case .response: continue
                    case .request(let request):
                        if running >= Self.mostCalls {
                            try await group.next()
                            running -= 1
                        }
                        running += 1
                        let (hasSession, ends) = session.begin(request)
                        group.addTask {
                            let answer = await Self.answer(request, hasSession, server, ends)
                            session.end(request.id)
                            if let answer { await writer.write(.response(answer)) }
                        }
                    }
                }
            }
            // What was asked before the input ended is still answered, for a while.
            guard running > 0 else { return }
            group.addTask {
                try await Task.sleep(for: Self.grace)
                session.endAll()
            }
            for _ in 0..<running { try await group.next() }
        }
    }

    /// The answer, unless the client says that it is not wanted any more.
    private static func answer(
        _ request: MCPRequest, _ hasSession: Bool, _ server: MCPServer, _ ends: AsyncStream<Void>
    ) async -> MCPResponse? {
        await withTaskGroup(of: MCPResponse?.self) { group in
            group.addTask { try? await server.answer(to: request, hasSession: hasSession) }
            group.addTask {
                for await _ in ends {}
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    private static func fault(_ number: Int, _ words: String) -> MCPMessage {
        .response(MCPResponse(id: .null, outcome: .failure(MCPFault(number, words))))
    }

    /// What comes next; nil at the end.
    private func read() async throws -> [UInt8]? {
        let input = input
        while true {
            try Task.checkCancellation()
            let piece: [UInt8]?? = try await NIOThreadPool.singleton.runIfActive {
                var ready = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
                guard poll(&ready, 1, 200) > 0 else { return .none }
                var buffer = [UInt8](repeating: 0, count: 64 << 10)
                let count = systemRead(input, &buffer, buffer.count)
                if count < 0, errno == EINTR || errno == EAGAIN { return .none }
                return .some(count > 0 ? Array(buffer.prefix(count)) : nil)
            }
            if let piece { return piece }
        }
    }

    /// Writes one message after the other.
    private actor Writer {
        private let output: Int32
        private let gate = SerialGate()

        init(_ output: Int32) { self.output = output }

        func write(_ message: MCPMessage) async {
            let line = Array((message.json.canonicalText + "\n").utf8)
            let output = output
            await gate.enter()
            _ = try? await NIOThreadPool.singleton.runIfActive {
                var rest = line[...]
                while !rest.isEmpty {
                    let count = rest.withUnsafeBytes { systemWrite(output, $0.baseAddress, $0.count) }
                    if count < 0, errno == EINTR { continue }
                    guard count > 0 else { return }
                    rest = rest.dropFirst(count)
                }
            }
            await gate.leave()
        }
    }
}

private func systemRead(_ file: Int32, _ bytes: UnsafeMutableRawPointer, _ count: Int) -> Int {
    read(file, bytes, count)
}
private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int { write(file, bytes, count) }
