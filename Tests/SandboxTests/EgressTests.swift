import Base
import NIOCore
import NIOHTTP1
import NIOPosix
import TestSupport
import Testing

@testable import Sandbox

/// What gets out: real runs inside walls, with the world outside on this machine.
@Suite(.serialized, .timeLimit(.minutes(5))) struct EgressTests {
    @Test(arguments: ["", "unset ${!http*} ${!https*} ${!HTTP*} ${!HTTPS*} ${!all*} ${!ALL*};"])
    func `an allowed host is reached, by the proxy and by programs that know of none`(before: String) async throws {
        try await EgressWorld.with { world in
            let heard = Collected<EgressConnection>()
            let result = try await world.shell(
                before + "curl -sS http://good.test/hello && curl -sS https://good.test/hello",
                world.policy(["good.test"])
            ) { heard.add($0) }
            #expect(result.output == "hello\nhello\n", "\(result.errorOutput)")
            #expect(result.verdicts == ["allowed good.test", "allowed good.test"])
            #expect(heard.all == result.connections)
            let plain = try #require(result.connections.first)
            #expect(plain.kind == .request && plain.method == "GET" && plain.bytesIn == 6 && plain.port == 80)
            let tunnel = try #require(result.connections.last)
            #expect(tunnel.kind == .tunnel && tunnel.serverName == "good.test" && tunnel.port == 443)
            #expect(tunnel.bytesOut > 100 && tunnel.bytesIn > 500)
            #expect(world.requests.all.map { $0.head.headers["host"] } == [["good.test"], ["good.test"]])
        }
    }

    @Test func `python reaches what is allowed, too, and bodies go both ways`() async throws {
        try await EgressWorld.with { world in
            let script = """
                import urllib.request
                for base in ["http://good.test", "https://good.test"]:
                    for body in [b"x" * 10, b"y" * 3_000_000]:
                        got = urllib.request.urlopen(base + "/echo", data=body).read()
                        print(got == body)
                """
            let result = try await world.sandbox().run(
                ["/usr/bin/python3", "-c", script], under: world.policy(["good.test"]))
            #expect(result.output == "True\nTrue\nTrue\nTrue\n", "\(result.errorOutput)")
            #expect(result.connections.map(\.bytesOut).reduce(0, +) > 6_000_000)
        }
    }

    @Test func `a redirect is a new request, and methods are kept`() async throws {
        try await EgressWorld.with { world in
            let script = """
                curl -sL http://good.test/moved/also.test
                curl -sL http://good.test/moved/bad.test
                curl -s -X DELETE http://good.test/hello
                curl -s -o /dev/null -w '%{http_connect}\\n' -p http://good.test/hello
                curl -s -o /dev/null -w '%{http_connect}\\n' https://good.test/hello
                """
            let result = try await world.shell(script, world.policy(["GET,HEAD http://good.test", "also.test"]))
            #expect(
                result.output == """
                    hello
                    bad.test:80 is not among the hosts that may be reached.
                    good.test:80 may be reached only as the rule GET,HEAD http://good.test says.
                    200
                    403

                    """, "\(result.output) \(result.errorOutput)")
        }
    }

    @Test func `a key is added outside, and is nowhere inside`() async throws {
        try await EgressWorld.with { world in
            let key = "sk-0123456789-do-not-show"
            var policy = try world.policy([])
            policy.upstreams = [
                try NamedUpstream(
                    name: "model", base: "https://good.test/v1", secret: Secret(key), variables: ["OPENAI_BASE_URL"])
            ]
            let script = """
                curl -sS -H 'Authorization: Bearer mine' -d question $OPENAI_BASE_URL/chat; echo
                unset ${!http*} ${!https*} ${!HTTP*} ${!HTTPS*} ${!all*} ${!ALL*}
                curl -sS -d again $OPENAI_BASE_URL/chat; echo
                curl -sS --path-as-is $OPENAI_BASE_URL/../admin
                curl -sS --path-as-is $OPENAI_BASE_URL/%2e%2E/admin
                curl -s http://good.test/; echo $?
                curl -s http://other.neo.internal/; echo $?
                env; cat /proc/*/environ /proc/*/cmdline 2>/dev/null | tr '\\0' '\\n'
                curl -sSi $OPENAI_BASE_URL/hello
                """
            let result = try await world.shell(script, policy)
            #expect(
                result.output.hasPrefix(
                    """
                    question
                    again
                    The path leads above the upstream's own.
                    The path leads above the upstream's own.
                    6
                    6

                    """), "\(result.output) \(result.errorOutput)")
            #expect(result.output.contains("OPENAI_BASE_URL=http://model.neo.internal"))
            #expect(result.output.contains("hello\n"))
            for text in [result.output, result.errorOutput, "\(result)", String(reflecting: result)] {
                #expect(!text.contains(key))
            }
            #expect(world.requests.all.map(\.head.uri) == ["/v1/chat", "/v1/chat", "/v1/hello"])
            for request in world.requests.all {
                #expect(request.head.headers["authorization"] == ["Bearer " + key])
                #expect(request.head.headers["host"] == ["good.test"])
            }
        }
    }

    @Test
    func `an address of IPv6 is reached where a rule names it, and an address that stands for a name is the name`()
        async throws
    {
        try await EgressWorld.with { world in
            let six: any Channel
            do {
                six = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                    .childChannelInitializer { channel in
                        channel.eventLoop.makeCompletedFuture {
                            try channel.pipeline.syncOperations.addHandler(Greeter())
                        }
                    }
                    .bind(host: "::1", port: 0).get()
            } catch {
                return print("skipped: this machine has no IPv6")
            }
            let port = six.localAddress?.port ?? 0
            let script = """
                import socket
                def ask(target, text=b""):
                    s = socket.create_connection(("127.0.0.1", 3128)); s.settimeout(20)
                    s.sendall(b"CONNECT " + target + b" HTTP/1.1\\r\\n\\r\\n" + text); got = b""
                    while piece := s.recv(4096): got += piece
                    print(got.split(b"\\r\\n\\r\\n")[-1].decode().strip())
                ask(b"[0:0::1]:\(port)")
                ask(b"[::2]:\(port)")
                name = socket.gethostbyname("good.test").encode()
                ask(name + b":80", b"GET /hello HTTP/1.1\\r\\nHost: good.test\\r\\nConnection: close\\r\\n\\r\\n")
                ask(b"198.18.0.9:80")
                """
            let result = try await world.sandbox().run(
                ["/usr/bin/python3", "-c", script], under: world.policy(["good.test", "[::1]:\(port)"]))
            try await six.close()
            #expect(
                result.output == """
                    six
                    [::2]:\(port) is not among the hosts that may be reached.
                    hello
                    198.18.0.9:80 is not among the hosts that may be reached.

                    """, "\(result.output) \(result.errorOutput)")
        }
    }

    @Test func `a kept connection that the server has closed is opened again`() async throws {
        try await EgressWorld.with { world in
            let script = """
                import http.client
                c = http.client.HTTPConnection("good.test")
                for path in ["/hello", "/bye", "/hello", "/last", "/bye", "/last", "/hello"]:
                    c.request("GET", path); print(c.getresponse().read().decode().strip())
                """
            let result = try await world.sandbox().run(
                ["/usr/bin/python3", "-c", script], under: world.policy(["good.test"]))
            #expect(result.output == "hello\nbye\nhello\nlast\nbye\nlast\nhello\n", "\(result.errorOutput)")
        }
    }
}

/// Says something to whoever comes, and closes.
private final class Greeter: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func channelActive(context: ChannelHandlerContext) {
        let channel = context.channel
        channel.writeAndFlush(ByteBuffer(string: "six\n")).whenComplete { _ in channel.close(promise: nil) }
    }
}
