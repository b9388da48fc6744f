#if os(Linux)
    import Foundation
    import Glibc
    import Sandbox
    import Synchronization

    /// What the way out of the sandbox costs: bytes through a tunnel, requests on kept connections, and new connections, each
    /// with the proxy between and, for comparison, without. Clients and servers are threads of this process.
    ///
    /// Arguments: seconds for each part, and how many clients.
    enum EgressWork {
        static func print(_ arguments: some Sequence<String>) async throws {
            let arguments = Array(arguments)
            guard arguments.count == 2, let seconds = Double(arguments[0]), let clients = Int(arguments[1]) else {
                return Swift.print("neo-bench egress SECONDS CLIENTS")
            }
            let source = try LoopbackSocket.listening()
            serve(source.descriptor) { LoopbackSocket.sendForever($0) }
            let echo = try LoopbackSocket.listening()
            serve(echo.descriptor) { LoopbackSocket.answerForever($0) }
            let door = try LoopbackSocket.listening()
            let rules = try HostRules(allow: [source.port, echo.port].map { "127.0.0.1:\($0)" })
            let proxy = try await EgressProxy.start(
                sockets: [(.proxy, door.descriptor)], rules: rules, log: EgressLog())
            var facts: [String: Double] = [:]
            for (name, direct) in [("direct", true), ("proxied", false)] {
                @Sendable func connection(to port: Int) throws -> Int32 {
                    let made = try LoopbackSocket.connected(to: direct ? port : door.port)
                    if !direct {
                        LoopbackSocket.send("CONNECT 127.0.0.1:\(port) HTTP/1.1\r\n\r\n", to: made)
                        _ = try LoopbackSocket.readHead(made)
                    }
                    return made
                }
                facts["\(name)_gigabytes_a_second"] =
                    try await rate(1, seconds) { end in
                        let stream = try connection(to: source.port)
                        defer { close(stream) }
                        return try LoopbackSocket.drain(stream, until: end)
                    } / 1e9
                facts["\(name)_requests_a_second"] = try await rate(clients, seconds) { end in
                    let stream = try LoopbackSocket.connected(to: direct ? echo.port : door.port)
                    defer { close(stream) }
                    let request = "GET http://127.0.0.1:\(echo.port)/ HTTP/1.1\r\nHost: 127.0.0.1:\(echo.port)\r\n\r\n"
                    var count = 0
                    while ContinuousClock.now < end {
                        LoopbackSocket.send(request, to: stream)
                        count += try LoopbackSocket.readHead(stream)
                    }
                    return count
                }
                facts["\(name)_connections_a_second"] = try await rate(clients, seconds) { end in
                    var count = 0
                    while ContinuousClock.now < end {
                        let stream = try connection(to: echo.port)
                        LoopbackSocket.send("GET / HTTP/1.1\r\n\r\n", to: stream)
                        count += try LoopbackSocket.readHead(stream)
                        close(stream)
                    }
                    return count
                }
            }
            await proxy.close()
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            Swift.print(String(decoding: try encoder.encode(facts), as: UTF8.self))
        }

        private static func serve(_ listener: Int32, _ body: @escaping @Sendable (Int32) -> Void) {
            Thread.detachNewThread {
                while true {
                    let connection = accept(listener, nil, nil)
                    guard connection >= 0 else { return }
                    Thread.detachNewThread {
                        body(connection)
                        close(connection)
                    }
                }
            }
        }

        /// What all clients did together, a second.
        private static func rate(
            _ clients: Int, _ seconds: Double, _ work: @escaping @Sendable (ContinuousClock.Instant) throws -> Int
        ) async throws -> Double {
            let start = ContinuousClock.now
            let end = start + .seconds(seconds)
            let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<clients {
                    group.addTask {
                        try await withCheckedThrowingContinuation { continuation in
                            Thread.detachNewThread { continuation.resume(with: Result { try work(end) }) }
                        }
                    }
                }
                return try await group.reduce(0, +)
            }
            return Double(counts) / ((ContinuousClock.now - start) / .seconds(1))
        }
    }
#endif
