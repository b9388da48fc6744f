import Base
import NIOHTTP1
import Processes
import TestSupport
import Testing

@testable import Sandbox

/// How bytes go through, and when they do not any more.
@Suite(.serialized, .timeLimit(.minutes(5))) struct EgressFlowTests {
    @Test func `events come as they are sent`() async throws {
        try await EgressWorld.with { world in
            var policy = try world.policy(["good.test"])
            policy.upstreams = [try NamedUpstream(name: "model", base: "https://good.test", secret: Secret("k"))]
            let script = """
                import urllib.request
                for url in ["http://good.test/events", "http://model.neo.internal/events"]:
                    answer, count = urllib.request.urlopen(url, timeout=60), 0
                    while answer.readline():
                        answer.readline()
                        count += 1
                        # The next event comes only after this one arrived.
                        urllib.request.urlopen("http://good.test/ack", timeout=60).read()
                    print(count)
                """
            let result = try await world.sandbox().run(["/usr/bin/python3", "-c", script], under: policy)
            #expect(result.output == "3\n3\n", "\(result.errorOutput)")
        }
    }

    @Test func `a client that leaves ends its request outside`() async throws {
        try await EgressWorld.with { world in
            // On a busy machine a client may be gone before its request came out: then another one goes.
            let script = """
                until [ "$(curl -s http://good.test/left)" -ge 1 ]; do curl -s --max-time 1 http://good.test/silent; done
                echo left
                """
            let result = try await world.shell(script, world.policy(["good.test"]))
            #expect(result.output == "left\n" && result.limitsHit.isEmpty, "\(result.errorOutput)")
            #expect(result.connections.count { $0.kind == .request } >= 2)
        }
    }

    @Test func `a hundred connections at once, and no more than there may be`() async throws {
        try await EgressWorld.with { world in
            let script = """
                import concurrent.futures, ssl, urllib.request
                def get(i):
                    base = "https" if i % 2 else "http"
                    return urllib.request.urlopen(f"{base}://good.test/echo", data=b"%d" % i, timeout=60).read() == b"%d" % i
                with concurrent.futures.ThreadPoolExecutor(100) as pool:
                    print(sum(pool.map(get, range(300))))
                """
            var sandbox = try world.sandbox()
            sandbox.egressLimits.connections = 20
            sandbox.egressLimits.rows = 250
            let result = try await sandbox.run(["/usr/bin/python3", "-c", script], under: world.policy(["good.test"]))
            #expect(result.output == "300\n", "\(result.errorOutput)")
            #expect(result.connections.count == 250 && result.connectionsLeftOut == 50)
        }
    }

    @Test func `much goes through, and little of it is in memory at once`() async throws {
        try await EgressWorld.with { world in
            let size = 100 << 20
            // Where nobody held the server back, all of it would have been sent while the reader sleeps.
            let script = """
                curl -sS http://good.test/big/\(size) | (sleep 2; curl -sS http://good.test/sent; wc -c)
                curl -sS https://good.test/big/\(size) | (sleep 2; curl -sS http://good.test/sent; wc -c)
                """
            let result = try await world.shell(script, world.policy(["good.test"]))
            let numbers = result.output.split(separator: "\n").compactMap { Int($0) }
            try #require(numbers.count == 4, "\(result.output) \(result.errorOutput)")
            #expect(numbers[1] == size && numbers[3] == size)
            #expect(numbers[0] > 0 && numbers[0] < size / 2)
            #expect(numbers[2] - size > 0 && numbers[2] - size < size / 2)
            #expect(result.connections.filter { $0.bytesIn >= size }.count == 2)
        }
    }

    @Test func `each direction of a tunnel ends by itself`() async throws {
        try await EgressWorld.with { world in
            let listener = """
                import socket, sys
                s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1], flush=True)
                c, _ = s.accept(); got = 0
                while piece := c.recv(65536): got += len(piece)
                c.sendall(b"%d\\n" % got + b"z" * 5_000_000); c.close()
                """
            let script = """
                import socket, sys, time
                s = socket.create_connection(("127.0.0.1", 3128))
                s.sendall(b"CONNECT 127.0.0.1:%s HTTP/1.1\\r\\n\\r\\n" % sys.argv[1].encode())
                while not s.recv(4096).endswith(b"\\r\\n\\r\\n"): pass
                s.sendall(b"x" * 3_000_000); s.shutdown(socket.SHUT_WR); time.sleep(1); got = b""
                while piece := s.recv(65536): got += piece
                print(got[:8].decode().strip(), len(got))
                """
            let ports = Collected<String>()
            let (listening, isListening) = AsyncStream.makeStream(of: Void.self)
            let server = ChildProcess(executable: "/usr/bin/python3", arguments: ["-c", listener])
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    _ = try await server.stream { _ in
                    } receive: { _, bytes in
                        ports.add(String(decoding: bytes, as: UTF8.self))
                        isListening.yield()
                    }
                }
                for await _ in listening { break }
                let port = ports.all.joined().filter(\.isNumber)
                let result = try await world.sandbox().run(
                    ["/usr/bin/python3", "-c", script, port], under: world.policy(["127.0.0.1:\(port)"]))
                #expect(result.output == "3000000 5000008\n", "\(result.errorOutput)")
                group.cancelAll()
                try? await group.waitForAll()
            }
        }
    }

    @Test func `where the proxy is gone, nothing gets out`() async throws {
        try await EgressWorld.with { world in
            let sandbox = try world.sandbox()
            let policy = try world.policy(["good.test"])
            let script = """
                curl -sS http://good.test/hello
                while curl -s --max-time 5 -o /dev/null http://good.test/hello; do sleep 0.05; done
                unset ${!http*} ${!https*} ${!HTTP*} ${!HTTPS*} ${!all*} ${!ALL*}
                curl -s http://198.18.0.1/; echo $?
                curl -s https://93.184.216.34/; echo $?
                curl -s http://good.test/; echo $?
                """
            let request = try sandbox.request(for: ["/bin/bash", "-c", script], under: policy, plan: MountPlan(policy))
            let connection = try CellConnection()
            defer { connection.close() }
            let heard = Collected<String>()
            let rules = try HostRules(allow: ["good.test"])
            let child = ChildProcess(executable: sandbox.cell, arguments: [connection.path], environment: [:])
            let (lines, continuation) = AsyncStream.makeStream(of: Void.self)
            try await withThrowingTaskGroup(of: Void.self) { group in
                let (proxies, proxy) = AsyncStream.makeStream(of: EgressProxy.self)
                group.addTask {
                    _ = try await child.stream { number in
                        try connection.open(for: number, request: { request }, isRunning: { true })
                        proxy.yield(
                            try await EgressProxy.start(
                                sockets: zip(EgressProxy.roles, connection.takeListeners()).map { ($0, $1) },
                                rules: rules, outside: world.network, log: EgressLog()))
                    } receive: { _, bytes in
                        heard.add(String(decoding: bytes, as: UTF8.self))
                        continuation.yield()
                    }
                }
                for await proxy in proxies {
                    for await _ in lines { break }
                    await proxy.close()
                    break
                }
                try await group.waitForAll()
            }
            #expect(heard.all.joined() == "hello\n7\n7\n6\n")
        }
    }
}
