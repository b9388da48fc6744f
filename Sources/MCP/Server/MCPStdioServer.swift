internal import Base
internal import NIOPosix

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

    /// Serves until the client's input ends, or the task is cancelled. What is under way then has a few seconds to be answered.
    package func run() async throws {
        let session = MCPServedSession()
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
                    case .notification(let notification): session.take(notification)
                    case .response: continue
                    case .request(let request):
                        if running >= Self.mostCalls {
                            try await group.next()
                            running -= 1
                        }
                        running += 1
                        let work = session.begin(request)
                        group.addTask {
                            if let answer = await session.answer(work, by: server) {
                                await writer.write(.response(answer))
                            }
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
