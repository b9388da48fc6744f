import Processes
import TestSupport
import Testing

@testable import Sandbox

/// A server inside that is asked from outside.
@Suite struct ServedPortTests {
    /// Gives back what it is sent, until it is told to end.
    private static let echo = """
        import os, socket, sys, threading
        server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
        print("listening", flush=True)
        def serve(client):
            first = True
            while piece := client.recv(65536):
                if first and piece.startswith(b"end"): os._exit(0)
                first = False
                client.sendall(piece)
            client.close()
        while True: threading.Thread(target=serve, args=(server.accept()[0],)).start()
        """
    /// Sends four megabytes on each of three connections at once, closes its direction, and reads to the end.
    private static let ask = """
        import socket, sys, threading
        port = int(sys.argv[1])
        text = bytes(range(256)) * (4 << 12)
        def one():
            with socket.create_connection(("127.0.0.1", port), 20) as s:
                threading.Thread(target=lambda: (s.sendall(text), s.shutdown(socket.SHUT_WR))).start()
                got = b""
                while piece := s.recv(65536): got += piece
                sys.stdout.write("same\\n" if got == text else f"different {len(got)}\\n")
        all = [threading.Thread(target=one) for _ in range(3)]
        for t in all: t.start()
        for t in all: t.join()
        """

    private static func python(_ script: String, _ arguments: [String]) async throws -> String {
        let result = try await ChildProcess(
            executable: "python3", arguments: ["-c", script] + arguments, timeLimitSeconds: 60
        ).run()
        return result.output + result.errorOutput
    }

    /// A port that is free now.
    private static func freePort() async throws -> Int {
        let said = try await python(
            "import socket; s = socket.create_server(('127.0.0.1', 0)); print(s.getsockname()[1])", [])
        return try #require(Int(said.filter { !$0.isWhitespace }))
    }

    @Test func `what is sent comes back whole, and the port ends with the run`() async throws {
        let port = try await Self.freePort()
        var policy = SandboxPolicy(served: port)
        policy.limits.wallSeconds = 60
        let walls = policy
        let (lines, line) = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                let result = try await Sandbox.find().run(
                    ["/usr/bin/python3", "-c", Self.echo, "\(port)"], under: walls, onPiece: { _, _ in line.yield() })
                line.finish()
                #expect(result.status == 0, "\(result.errorOutput)")
            }
            for await _ in lines { break }
            let said = try await Self.python(Self.ask, ["\(port)"])
            #expect(said == "same\nsame\nsame\n", "\(said)")
            let end = "import socket, sys; socket.create_connection(('127.0.0.1', int(sys.argv[1]))).sendall(b'end')"
            #expect(try await Self.python(end, ["\(port)"]) == "")
            try await group.waitForAll()
        }
        let late = "import socket, sys; print(socket.socket().connect_ex(('127.0.0.1', int(sys.argv[1]))))"
        #expect(try await Self.python(late, ["\(port)"]) == "111\n")
    }

    @Test func `where nobody listens inside, a connection is closed, and the host is not reached`() async throws {
        let port = try await Self.freePort()
        let script = """
            import socket, sys
            for place in (("127.0.0.1", int(sys.argv[1]) ^ 1), ("192.0.2.1", 80)):
                print(socket.socket().connect_ex(place))
            sys.stdout.flush()
            """
        var policy = SandboxPolicy(served: port)
        policy.limits.wallSeconds = 2
        let walls = policy
        let (lines, line) = AsyncStream.makeStream(of: String.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                _ = try await Sandbox.find().run(
                    [
                        "/bin/sh", "-c",
                        "/usr/bin/python3 -c '\(script.replacing("'", with: "'\\''"))' \(port); sleep 9",
                    ],
                    under: walls, onPiece: { line.yield(String(decoding: $1, as: UTF8.self)) })
                line.finish()
            }
            for await said in lines {
                #expect(said.hasPrefix("111\n101\n"), "\(said)")
                break
            }
            let ask = "import socket, sys; print(socket.create_connection(('127.0.0.1', int(sys.argv[1])), 5).recv(1))"
            #expect(["b''\n"].contains(try await Self.python(ask, ["\(port)"])))
            try await group.waitForAll()
        }
    }

    @Test func `a port that somebody has is refused in a sentence`() async throws {
        try await withTemporaryDirectory { _ in
            let port = try await Self.freePort()
            let first = try await ServedPort.start(port, door: CellDoor(-1))
            let error = await #expect(throws: SandboxError.self) {
                _ = try await Sandbox.find().run(["/bin/true"], under: SandboxPolicy(served: port))
            }
            #expect(error?.message.contains("Port \(port) of this machine could not be listened on") == true)
            await first.close()
        }
    }
}
