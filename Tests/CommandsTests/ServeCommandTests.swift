import Base
import FoundationEssentials
import Processes
import Subprocess
import Testing
import Tracking

/// `neo serve` as its user and its clients meet it. Nothing here measures time: a test ends when the server has done
/// what is expected of it.
@Suite(.timeLimit(.minutes(3))) struct ServeCommandTests {
    @Test(
        "A wrong value is refused with what is allowed",
        arguments: [
            (["--max-connections", "0"], "--max-connections is 0; it takes 1 to"),
            (["--max-connections", "many"], "--max-connections"),
            (["--port", "65536"], "65536 is not a port"),
            (["--requests-per-minute=-1"], "--requests-per-minute is -1; it takes 1 to"),
            (["--max-body-bytes", "99"], "--max-body-bytes is 99; it takes 100 to"),
            (["--idle-seconds", "0"], "--idle-seconds is 0"),
            (["--request-seconds", "0"], "--request-seconds is 0"),
            (["--shutdown-seconds", "86401"], "it takes 1 to 86400"),
            (["--max-question", "0"], "--max-question is 0"),
            (["--passages", "11", "--max-passages", "10"], "--max-passages allows 10"),
            (["--log", "loud"], "'errors', 'notices' or 'requests'"),
            (["--host", ""], "--host is empty"),
        ])
    func wrongValue(arguments: [String], sentence: String) async throws {
        try await NeoProcess.withProject { neo async throws in
            let result = try await neo.run(through: [], ["serve", "p"] + arguments)
            #expect(result.status == 2)
            #expect(result.errorOutput.contains(sentence), "\(result.errorOutput)")
        }
    }

    @Test func `a port in use is named, with the option to change`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let first = try await neo.serve { server async throws in
                let second = try await neo.run("serve", "p", "--port", "\(server.port)")
                #expect(second.status == 1)
                #expect(second.errorOutput.contains("Port \(server.port)"), "\(second.errorOutput)")
                #expect(second.errorOutput.contains("--port"))
                try server.stop()
            }
            #expect(first.status == 0)
        }
    }

    @Test func `a token comes from a file, is asked for, and is never written`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.write("token", "  s3cret-of-the-file \nsecond line\n")
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: neo.folder + "/token")
            let result = try await neo.serve(
                ["--host", "0.0.0.0", "--token-file", "token", "--log", "requests"],
                environment: ["NEO_TOKEN": "of-the-environment"]
            ) { server async throws in
                for (token, status) in [("s3cret-of-the-file", 200), ("of-the-environment", 401), ("s3cret", 401)] {
                    let reply = try await server.get("/version", headers: "Authorization: Bearer \(token)\r\n")
                    #expect(reply.hasPrefix("HTTP/1.1 \(status) "), "\(token): \(reply)")
                }
                try server.stop()
            }
            #expect(result.status == 0)
            #expect(result.errorOutput.contains("chmod 600"))
            #expect(result.errorOutput.contains("status=401"))
            #expect(!(result.output + result.errorOutput).contains("s3cret"))
        }
    }

    @Test(
        "A token that cannot be used is explained, and not repeated",
        arguments: [
            (nil, "cannot be read: No such file"), ("\nlater", "first line of token is empty"),
            ("two words", "one word of ASCII"), ("schlüssel", "one word of ASCII"),
        ])
    func badToken(content: String?, sentence: String) async throws {
        try await NeoProcess.withProject { neo async throws in
            if let content { try neo.write("token", content) }
            let result = try await neo.run("serve", "p", "--port", "0", "--token-file", "token")
            #expect(result.status == 1)
            #expect(result.errorOutput.contains(sentence), "\(result.errorOutput)")
            if let content { #expect(!result.errorOutput.contains(content)) }
        }
    }

    @Test func `the version of the program is what the server reports`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let version = try await neo.check("--version").output.split(separator: "\n").joined()
            let result = try await neo.serve { server async throws in
                #expect(try await server.get("/version").contains("\"version\":\"\(version)\""))
                #expect(try await server.get("/openapi.json").contains("\"version\":\"\(version)\""))
                #expect(try await server.get("/metrics").contains("neo_build_info{version=\"\(version)\"} 1"))
                try server.stop()
            }
            #expect(result.status == 0)
        }
    }

    @Test("One signal lets a request in flight finish", arguments: [true, false])
    func oneSignal(isInterrupt: Bool) async throws {
        try await NeoProcess.withProject { neo async throws in
            let result = try await neo.serve { server async throws in
                try await RawConnection.open(server.port) { connection in
                    try await begin(on: connection, server)
                    try server.signal(isInterrupt ? .interrupt : .terminate)
                    // The rest comes only after the server has closed its door.
                    while (try? await RawConnection.open(server.port) { _ in }) != nil { await Task.yield() }
                    try await connection.send("\"green tea\"}")
                    let reply = await connection.rest()
                    #expect(reply.hasPrefix("HTTP/1.1 200 "), "\(reply)")
                    #expect(reply.contains("two minutes"))
                }
            }
            #expect(result.status == 0)
            #expect(result.errorOutput.contains("once more ends at once"))
            // The last request is noted, too: its figures, not its words.
            let state = neo.folder + "/p/.neo"
            let store = try RunStore.open(state, project: "p")
            _ = try await store.refresh()
            let run = try #require(try await store.runs().first { $0.kind == "service" })
            let totals = try await store.totals(of: run.id)
            #expect(run.status == .finished && totals["requests"] == 1 && totals["answers"] == 1)
            #expect(totals["errors"] == 0 && (totals["p99_ms"] ?? 0) > 0)
            let entries = try await store.entries(of: run.id)
            #expect(entries.isEmpty)
        }
    }

    @Test func `two signals end the server at once, whatever is in flight`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let result = try await neo.serve(["--shutdown-seconds", "86400", "--request-seconds", "86400"]) {
                server async throws in
                try await RawConnection.open(server.port) { connection in
                    try await begin(on: connection, server)
                    try server.signal(.interrupt)
                    await server.errors.wait(for: "Stopping")
                    try server.signal(.interrupt)
                    #expect(await connection.rest() == "")
                }
            }
            #expect(result.status == 130)
        }
    }

    @Test func `requests that do not finish in their time are cut off, and that is said`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let result = try await neo.serve(["--shutdown-seconds", "1"]) { server async throws in
                try await RawConnection.open(server.port) { connection in
                    try await begin(on: connection, server)
                    try server.stop()
                    _ = await connection.rest()
                }
            }
            #expect(result.status == 1)
            #expect(result.errorOutput.contains("--shutdown-seconds"), "\(result.errorOutput)")
        }
    }

    @Test func `a client that trickles or is silent loses its connection, and others do not notice`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let result = try await neo.serve(["--request-seconds", "1", "--idle-seconds", "2"]) { server async throws in
                let trickled = try await RawConnection.reply(server.port, to: Self.beginning)
                #expect(trickled.hasPrefix("HTTP/1.1 408 "), "\(trickled)")
                #expect(trickled.contains("request_timeout"))
                let silent = try await RawConnection.open(server.port) { connection in
                    // On a busy machine it may have counted as silent before it said this.
                    try? await connection.send("GET /version HTTP/1.1\r\nHost: loc")
                    return await connection.rest()
                }
                #expect(silent == "")
                #expect(try await server.get("/healthz").hasPrefix("HTTP/1.1 200 "))
                try server.stop()
            }
            #expect(result.status == 0)
        }
    }

    @Test func `a dozen clients are served by two connections at a time`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let result = try await neo.serve(["--max-connections", "2", "--idle-seconds", "1"]) { server async throws in
                let port = server.port
                let replies = await withTaskGroup(of: String.self) { tasks in
                    for _ in 0..<12 {
                        // No client closes its connection: without a limit all would be open at once.
                        tasks.addTask {
                            // On a busy machine a client may be so slow that it counts as idle.
                            for _ in 0..<10 {
                                let reply = try? await RawConnection.reply(
                                    port, to: "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                if let reply, !reply.isEmpty { return reply }
                            }
                            return ""
                        }
                    }
                    return await tasks.reduce(into: []) { $0.append($1) }
                }
                #expect(replies.count { $0.hasPrefix("HTTP/1.1 200 ") } == 12)
                var metrics: String?
                for _ in 0..<10 where metrics?.isEmpty ?? true { metrics = try? await server.get("/metrics") }
                #expect(metrics?.contains("neo_http_connections_peak 2\n") == true, "\(metrics ?? "")")
                try server.stop()
            }
            #expect(result.status == 0)
            #expect(result.errorOutput.contains("all 2 connections are open"))
        }
    }

    @Test func `what is no request is refused in a word, and leaves nothing in the log`() async throws {
        let post = "POST /v1/answer HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        let get = "GET /version HTTP/1.1\r\nHost: localhost\r\n"
        let requests = [
            get + "X: \(String(repeating: "a", count: 40_000))\r\n\r\n",
            get + (0..<200).map { "X\($0): a\r\n" }.joined() + "\r\n",
            "GET /\(String(repeating: "a", count: 40_000)) HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\r\n\r\n", "GET /\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            post + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
            post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", post + "Content-Length: -1\r\n\r\n{}",
            post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}",
        ]
        try await NeoProcess.withProject { neo async throws in
            let result = try await neo.serve { server async throws in
                for request in requests {
                    let reply = try await RawConnection.reply(server.port, to: request)
                    // Where more is sent than is read, the system may throw the answer away with the rest.
                    #expect(reply.hasPrefix("HTTP/1.1 400 ") || reply == "", "\(request.prefix(60)): \(reply)")
                }
                #expect(try await server.get("/healthz").hasPrefix("HTTP/1.1 200 "))
                try server.stop()
            }
            #expect(result.status == 0)
            #expect(!result.errorOutput.contains("error"), "\(result.errorOutput)")
        }
    }

    /// Sends the first part of a request for an answer, and waits until the server has begun to read it.
    private func begin(on connection: RawConnection, _ server: RunningServer) async throws {
        try await connection.send(Self.beginning)
        while try await !server.get("/metrics").contains("neo_http_requests_in_flight 2\n") {}
    }

    /// A request whose end is missing.
    private static let beginning =
        "POST /v1/answer HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        + "Connection: close\r\nContent-Length: 22\r\n\r\n{\"query\": "
}
