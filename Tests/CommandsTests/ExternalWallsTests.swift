import Foundation
import NIOCore
import NIOPosix
import Processes
import TestSupport
import Testing

/// What a program that neo.yaml names can see, change and reach.
@Suite(.timeLimit(.minutes(5))) struct ExternalWallsTests {
    /// Tries what it should not be able to, and says in its last words what worked.
    private static let nosy = """
        import os, socket, sys, urllib.request
        sys.stdin.read()
        def works(act):
            try: return "yes" if act() else "no"
            except OSError: return "no"
        def add(path):
            with open(path, "a") as file: return file.write("x")
        def ask():
            return urllib.request.urlopen("http://127.0.0.1:" + os.environ["PORT"], timeout=5).status == 200
        def straight():
            socket.create_connection(("127.0.0.1", int(os.environ["PORT"])), 2).close()
            return True
        found = {
            "golden": works(lambda: open("golden.jsonl").read()), "journal": works(lambda: os.listdir(".neo")),
            "outside": works(lambda: open("../outside.txt").read()), "own": works(lambda: open("notes.txt").read()),
            "write": works(lambda: add("written")), "index": works(lambda: add("index/written")),
            "settings": works(lambda: add("neo.yaml")), "net": works(ask), "straight": works(straight),
            "given": "yes" if os.environ.get("GIVEN") else "no", "kept": "yes" if os.environ.get("KEPT") else "no",
        }
        sys.exit(" ".join(name for name in found if found[name] == "yes"))
        """

    /// What `neo eval` says of the program.
    private static func said(_ keys: String, port: Int = 1, through wrapper: [String] = []) async throws -> String {
        try await NeoProcess.withProject { neo async throws in
            try neo.write(
                "p/neo.yaml",
                """
                documents: [../docs/*.md]
                encoder: none
                search:
                  external:
                    - {name: nosy, command: [python3, nosy.py]\(keys)}

                """)
            try neo.write("p/nosy.py", Self.nosy)
            try neo.write("p/notes.txt", "mine")
            try neo.write("p/.neo/there", "a secret")
            try neo.write("p/index/empty", "")
            try neo.write("outside.txt", "mine")
            try await neo.shell("mkdir tools; ln -s $(command -v python3) tools/python3")
            let result = try await neo.run(
                through: ["env", "GIVEN=given", "KEPT=kept", "PORT=\(port)"] + wrapper, ["eval", "external:nosy", "p"])
            try #require(result.status == 0, "\(result.errorOutput)")
            return result.output
        }
    }

    @Test func `a program sees the project, and neither the questions nor the keys of its user`() async throws {
        let said = try await Self.said(", environment: [PORT]")
        #expect(said.contains("ended with code 1: own. "), "\(said)")
        #expect(
            said.contains(
                "nosy ran inside walls: it saw the project's folder without the golden questions, could change"))
    }

    @Test func `what neo.yaml opens is open, and stands in what is said`() async throws {
        try await WebServer.with { port in
            let keys =
                ", read: [../outside.txt], write: [index], net: [\"127.0.0.1:\(port)\"], environment: [PORT, GIVEN]"
            let said = try await Self.said(keys, port: port)
            // Only through the proxy, which asks the rules.
            #expect(said.contains("ended with code 1: outside own index net given. "), "\(said)")
            #expect(
                said.contains("and ../outside.txt, could change index, could reach 127.0.0.1:\(port), was given PORT"))
        }
    }

    @Test func `a folder that may be written keeps what Neo trusts in it`() async throws {
        let said = try await Self.said(", write: [.], environment: [PORT]")
        #expect(said.contains("ended with code 1: own write index. "), "\(said)")
    }

    @Test func `without walls all of it works, and the result says so`() async throws {
        try await WebServer.with { port in
            let everything = "golden journal outside own write index settings net straight given kept. "
            for (keys, wrapper, why) in [
                (", walls: none", [], "as neo.yaml says"), ("", ["NEO_SANDBOX=off"], "as NEO_SANDBOX=off says"),
            ] {
                let said = try await Self.said(keys, port: port, through: wrapper)
                #expect(said.contains("ended with code 1: \(everything)"), "\(said)")
                #expect(said.contains("nosy ran without walls, \(why)"), "\(said)")
            }
        }
    }

    @Test func `where there are no walls a program is refused, with what to install`() async throws {
        let said = try await Self.said("", through: ["PATH=tools"])
        #expect(said.contains("is a program that neo.yaml names, so it runs inside walls only."), "\(said)")
        #expect(said.contains("bubblewrap is not installed"), "\(said)")
    }

    @Test func `a variable that is not there is named`() async throws {
        try await ExternalCommandTests.withExternals(["{name: a, command: [cat], environment: [NEO_TEST_UNSET]}"]) {
            neo in
            let result = try await neo.run("eval", "external:a", "p")
            #expect(result.status == 1 && result.errorOutput.contains("NEO_TEST_UNSET"), "\(result.errorOutput)")
        }
    }
}

/// A server of this machine that answers every request with 200.
private enum WebServer {
    static func with(_ body: (Int) async throws -> Void) async throws {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Answer()) }
            }.bind(host: "127.0.0.1", port: 0).get()
        do {
            try await body(server.localAddress?.port ?? 0)
        } catch {
            try await server.close()
            throw error
        }
        try await server.close()
    }

    private final class Answer: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let text = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        }
    }
}
