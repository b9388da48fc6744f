import Base
import NIOHTTP1
import TestSupport
import Testing

@testable import Sandbox

/// What does not get out.
@Suite(.serialized, .timeLimit(.minutes(5))) struct EgressRefusalTests {
    @Test func `a host that is not allowed is refused in every way, and not even asked for`() async throws {
        try await EgressWorld.with { world in
            let script = """
                curl -s -o /dev/null -w '%{http_code} ' http://bad.test/
                curl -s -D - -o /dev/null http://bad.test/ | tr -d '\\r' | grep -i x-proxy-error
                curl -s -o /dev/null -w '%{http_connect} ' https://bad.test/
                curl -s -o /dev/null -w '%{http_connect} ' https://93.184.216.34/
                curl -s -o /dev/null -w '%{http_connect} ' https://[2606:4700::1111]/
                unset ${!http*} ${!https*} ${!HTTP*} ${!HTTPS*} ${!all*} ${!ALL*}
                curl -s http://bad.test/; echo $?
                curl -s http://93.184.216.34/ -H 'Host: good.test'; echo
                curl -s https://93.184.216.34/; echo $?
                curl -s https://[2606:4700::1111]/; echo $?
                curl -s http://good.test:8080/; echo $?
                curl -s http://good.test/ -H 'Host: bad.test'; echo
                curl -s --connect-to ::good.test: https://bad.test/; echo $?
                """
            let result = try await world.shell(script, world.policy(["good.test"]))
            #expect(
                result.output == """
                    403 x-proxy-error: blocked-by-allowlist
                    403 403 403 6
                    The request is for good.test:80, the connection for 93.184.216.34:80.

                    35
                    35
                    7
                    The request is for bad.test:80, the connection for good.test:80.

                    35

                    """, "\(result.output) \(result.errorOutput)")
            #expect(world.requests.all.isEmpty)
            #expect(!world.asked.all.contains("bad.test"))
            #expect(
                result.verdicts.contains("server-name-mismatch") && result.verdicts.contains("host-mismatch")
                    && result.connections.contains { $0.kind == .lookup && $0.host == "bad.test" })
        }
    }

    @Test func `requests that programs read in different ways are refused`() async throws {
        try await EgressWorld.with { world in
            let script = """
                import socket
                def ask(text, ends=True):
                    s = socket.create_connection(("127.0.0.1", 3128)); s.settimeout(10)
                    s.sendall(text)
                    if ends: s.shutdown(socket.SHUT_WR)
                    got = b""
                    while True:
                        piece = s.recv(65536)
                        if not piece: break
                        got += piece
                    lines = got.split(b"\\r\\n")
                    codes = [l.split(b": ")[1].decode() for l in lines if l.lower().startswith(b"x-proxy-error")]
                    print(lines[0][9:12].decode(), *codes)
                h = b"\\r\\nHost: good.test\\r\\n"
                ask(b"CONNECT good.test\\x00.bad.test:443 HTTP/1.1\\r\\n\\r\\n")
                ask(b"CONNECT good.test%00.bad.test:443 HTTP/1.1\\r\\n\\r\\n")
                ask(b"CONNECT bad.test:443 HTTP/1.1\\r\\nHost: good.test:443\\r\\n\\r\\n")
                ask(b"CONNECT good.test:22 HTTP/1.1\\r\\n\\r\\n")
                ask(b"CONNECT 127.0.0.1:443 HTTP/1.1\\r\\n\\r\\n")
                ask(b"CONNECT 2130706433:443 HTTP/1.1\\r\\n\\r\\n")
                ask(b"CONNECT [::ffff:127.0.0.1]:443 HTTP/1.1\\r\\n\\r\\n")
                ask(b"GET http://good.test/ HTTP/1.1\\r\\nHost: bad.test\\r\\n\\r\\n")
                ask(b"GET http://bad.test/ HTTP/1.1\\r\\nHost: good.test\\r\\n\\r\\n")
                ask(b"GET http://good.test@bad.test/ HTTP/1.1\\r\\n\\r\\n")
                ask(b"GET http://good.test/ HTTP/1.1" + h + b"Host: good.test\\r\\n\\r\\n")
                ask(b"POST http://good.test/ HTTP/1.1" + h + b"Content-Length: 3\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\n")
                ask(b"POST http://good.test/ HTTP/1.1" + h + b"Content-Length: 3\\r\\nContent-Length: 4\\r\\n\\r\\nabcd")
                ask(b"POST http://good.test/ HTTP/1.1" + h + b"Transfer-Encoding: gzip, chunked\\r\\n\\r\\n0\\r\\n\\r\\n")
                ask(b"POST http://good.test/ HTTP/1.1" + h + b"Transfer-Encoding : chunked\\r\\n\\r\\n0\\r\\n\\r\\n")
                ask(b"GET / HTTP/1.1" + h + b"\\r\\n")
                ask(b"GET https://good.test/ HTTP/1.1" + h + b"\\r\\n")
                ask(b"CONNECT good.test:80 HTTP/1.1\\r\\n\\r\\nGET /hello HTTP/1.1\\r\\nHost: bad.test\\r\\n\\r\\n", ends=False)
                ask(b"GET http://good.test/hello HTTP/1.1" + h + b"Connection: close, host, x-secret\\r\\nX-Secret: 1\\r\\nProxy-Authorization: x\\r\\n\\r\\n", ends=False)
                """
            let result = try await world.sandbox().run(
                ["/usr/bin/python3", "-c", script], under: world.policy(["good.test"]))
            #expect(
                result.output == """
                    400 bad-request
                    400 bad-request
                    403 blocked-by-allowlist
                    403 blocked-by-allowlist
                    403 blocked-by-allowlist
                    400 bad-request
                    403 blocked-by-allowlist
                    403 host-mismatch
                    403 host-mismatch
                    400 bad-request
                    400 bad-request
                    400 bad-request
                    400 bad-request
                    400 bad-request
                    400 bad-request
                    400 bad-request
                    400 bad-request
                    200 host-mismatch
                    200

                    """, "\(result.output) \(result.errorOutput)")
            #expect(world.requests.all.count == 1)
            let names = try #require(world.requests.all.first).head.headers.map { $0.name.lowercased() }
            #expect(!names.contains("x-secret") && !names.contains("proxy-authorization") && names.contains("host"))
        }
    }

    @Test func `names that lead to private addresses are refused, unless a rule names the address`() async throws {
        try await EgressWorld.with { world in
            let script = """
                curl -s -D - -o /dev/null http://rebound.test/ | tr -d '\\r' | grep -i x-proxy-error
                curl -s http://mixed.test/hello
                curl -s http://nowhere.good.test/
                curl -s http://127.0.0.1:\(world.plainPort)/hello
                curl -s --noproxy '*' http://127.0.0.1:\(world.plainPort)/hello; echo $?
                """
            let result = try await world.shell(
                script,
                world.policy(["rebound.test", "mixed.test", "*.good.test", "127.0.0.1:\(world.plainPort)"]))
            #expect(
                result.output == """
                    x-proxy-error: private-address
                    hello
                    nowhere.good.test has no address.
                    hello
                    7

                    """, "\(result.output) \(result.errorOutput)")
        }
    }

    @Test func `questions for names stay on the machine`() async throws {
        try await EgressWorld.with { world in
            let script = """
                import socket, struct
                def ask(name, kind=1, server="127.0.0.1"):
                    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(3)
                    q = b"".join(bytes([len(l)]) + l for l in name.split(b".")) + b"\\0" + struct.pack("!HH", kind, 1)
                    s.connect((server, 53))
                    try:
                        s.send(b"ab\\1\\0\\0\\1\\0\\0\\0\\0\\0\\0" + q); m = s.recv(512)
                    except OSError as e: return type(e).__name__
                    return m[3] & 15, int.from_bytes(m[6:8], "big"), ".".join(map(str, m[-4:])) if m[7] else ""
                print(ask(b"good.test"), ask(b"GOOD.test"), ask(b"api.good.test"), ask(b"good.test", 28))
                print(ask(b"bad.test"), ask(b"c2VjcmV0.bad.test"), ask(b"good.test", 16), ask(b"good.test", 255))
                print(ask(b"good.test", server="8.8.8.8"), ask(b"a"), ask(b"x" * 63 + b".good.test"))
                s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(3); s.connect(("93.184.216.34", 123))
                try:
                    s.send(b"x"); s.recv(9)
                except OSError as e: print(type(e).__name__)
                """
            let result = try await world.sandbox().run(
                ["/usr/bin/python3", "-c", script], under: world.policy(["good.test", "api.good.test"]))
            #expect(
                result.output == """
                    (0, 1, '198.18.0.1') (0, 1, '198.18.0.1') (0, 1, '198.18.0.2') (0, 0, '')
                    (3, 0, '') (3, 0, '') (5, 0, '') (5, 0, '')
                    ConnectionRefusedError (3, 0, '') (3, 0, '')
                    ConnectionRefusedError

                    """, "\(result.output) \(result.errorOutput)")
            #expect(world.asked.all.isEmpty)
        }
    }
}
