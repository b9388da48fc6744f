import Base
import FoundationEssentials
import NIOCore
import NIOPosix
import Processes
import TestSupport
import Testing

/// `neo models start`, `ps` and `stop`, with a program in place of llama-server.
@Suite struct LocalModelCommandTests {
    /// A folder with a tiny GGUF file and a server for it on PATH; what still runs at the end is stopped.
    private static func withServer(
        _ script: String = FakeLlamaServer.script, hasWalls: Bool = true, _ body: (LocalModels) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { folder async throws in
            let neo = NeoProcess(folder: folder)
            try neo.write(FakeLlamaServer.path, script)
            try await neo.shell("chmod +x \(FakeLlamaServer.path)")
            try Data(TinyGGUF().bytes).write(to: URL(filePath: folder + "/tiny.gguf"))
            let models = LocalModels(neo: neo, hasWalls: hasWalls)
            do {
                try await body(models)
            } catch {
                _ = try await models.run("stop")
                throw error
            }
            _ = try await models.run("stop")
        }
    }

    @Test func `A model is started once, shared, asked with its key, and stopped`() async throws {
        try await Self.withServer { models in
            async let both = [models.start(), models.start()]
            let started = try await both
            #expect(started[0] == started[1])
            let url = try #require(started[0]["url"]?.string)
            #expect(url.hasPrefix("http://127.0.0.1:"))
            let servers = try await models.servers()
            #expect(servers.count == 1)
            #expect(servers[0]["state"] == "ready")
            #expect(servers[0]["model"] == "tiny")
            let keyFile = try #require(started[0]["key_file"]?.string)
            #expect(try await models.post(url, key: "$(cat '\(keyFile)')") == "yes200")
            #expect(try await models.post(url, key: "guess") == "no401")
            let permissions = try FileManager.default.attributesOfItem(atPath: keyFile)[.posixPermissions] as? Int
            #expect(permissions == 0o600)
            #expect(try await models.run("stop", "tiny").status == 0)
            #expect(try await models.servers().isEmpty)
            let again = try await models.run("stop", "tiny")
            #expect(again.status == 1)
            #expect(again.errorOutput.contains("No model tiny runs here; none runs."))
        }
    }

    @Test func `A server that dies in the middle of a reply is started again at the same place`() async throws {
        try await Self.withServer { models in
            let started = try await models.start()
            let url = try #require(started["url"]?.string)
            let keyFile = try #require(started["key_file"]?.string)
            let broken = try await models.post(url + "/die", key: "$(cat '\(keyFile)')")
            #expect(broken.hasPrefix("half"))
            let restarted = try await models.first { $0["restarts"] == 1 && $0["state"] == "ready" }
            #expect(restarted["url"]?.string == url)
            #expect(try await models.post(url, key: "$(cat '\(keyFile)')") == "yes200")
        }
    }

    @Test func `A port that somebody else took meanwhile is replaced by another`() async throws {
        let script = FakeLlamaServer.script.replacing(
            "import http.server, os, sys, time",
            with: """
                import http.server, os, sys, time
                port = sys.argv[sys.argv.index("--port") + 1]
                if not os.path.exists("taken"):
                    open("taken", "w").write(port)
                    sys.exit("could not bind to port " + port)
                """)
        try await Self.withServer(script, hasWalls: false) { models in
            let started = try await models.start()
            #expect(started["url"]?.string?.contains(try models.neo.read("taken")) == false)
            #expect(try await models.servers().first?["restarts"] == 0)
        }
    }

    @Test func `A stranger at the port who says that all is well is left alone`() async throws {
        let script = FakeLlamaServer.script.replacing(
            "import http.server, os, sys, time",
            with: """
                import http.server, os, sys, time
                port = sys.argv[sys.argv.index("--port") + 1]
                if not os.path.exists("taken"):
                    open("taken", "w").write(port)
                    if os.fork() == 0:
                        os.setsid()
                        class Stranger(http.server.BaseHTTPRequestHandler):
                            def do_GET(self):
                                self.send_response(200)
                                self.end_headers()
                        stranger = http.server.ThreadingHTTPServer(("127.0.0.1", int(port)), Stranger)
                        open("stranger", "w").write(str(os.getpid()))
                        os.dup2(os.open("/dev/null", os.O_WRONLY), 1)
                        os.dup2(1, 2)
                        stranger.serve_forever()
                    time.sleep(1)
                    sys.exit("could not bind to port " + port)
                """)
        try await Self.withServer(script, hasWalls: false) { models in
            _ = try await models.start()
            let taken = try models.neo.read("taken")
            let server = try await models.first {
                $0["state"] == "failed" || $0["state"] == "ready" && $0["url"]?.string?.contains(":\(taken)/") == false
            }
            let key = "$(cat home/runtime/servers/*/key)"
            #expect(try await models.post(server["url"]?.string ?? "", key: key) == "yes200")
            try await models.neo.shell("kill $(cat stranger)")
        }
    }

    @Test func `A server that dies again and again is given up`() async throws {
        try await Self.withServer { models in
            let started = try await models.start()
            let url = try #require(started["url"]?.string)
            let keyFile = try #require(started["key_file"]?.string)
            for deaths in 1...4 {
                _ = try await models.post(url + "/die", key: "$(cat '\(keyFile)')")
                _ = try await models.first {
                    $0["state"] == "failed" || ($0["state"] == "ready" && $0["restarts"] == .integer(deaths))
                }
            }
            let failed = try await models.first { $0["state"] == "failed" }
            #expect(failed["reason"]?.string?.contains("ended 4 times within five minutes") == true)
            // Whoever wants it again gets it again.
            #expect(try await models.start()["model"] == "tiny")
        }
    }

    @Test func `No server is left when its supervisor is killed`() async throws {
        try await Self.withServer { models in
            _ = try await models.start()
            let server = try #require(try await models.servers().first?["process"]?.integer)
            let child = try #require(RunningProcess(Int32(server)))
            try await models.neo.shell("kill -9 $(ps -o ppid= -p \(server))")
            while child.isRunning { await Task.yield() }
            #expect(try await models.servers().isEmpty)
            #expect(try await models.start()["model"] == "tiny")
        }
    }

    @Test(.timeLimit(.minutes(2)), arguments: [true, false])
    func `A server whose folder is removed ends with its supervisor`(hasWalls: Bool) async throws {
        try await Self.withServer(hasWalls: hasWalls) { models in
            _ = try await models.start()
            let server = try #require(try await models.servers().first?["process"]?.integer)
            let folder = try #require(
                try FileManager.default.contentsOfDirectory(atPath: models.neo.folder + "/home/runtime/servers").first)
            let state = try JSONValue(parsing: models.neo.read("home/runtime/servers/\(folder)/state.json"))
            let supervisor = try #require(state["supervisor"]?["number"]?.integer.flatMap { RunningProcess(Int32($0)) })
            let child = try #require(RunningProcess(Int32(server)))
            // Until it rests: one that is busy notices by writing to the lease.
            let lease = models.neo.folder + "/home/runtime/servers/\(folder)/lease"
            func idleSeconds() throws -> Double {
                let facts = try FileManager.default.attributesOfItem(atPath: lease)
                return (facts[.modificationDate] as? Date).map { -$0.timeIntervalSinceNow } ?? 0
            }
            while try idleSeconds() < 2.5 { await Task.yield() }
            try await models.neo.shell("rm -r home/runtime")
            while supervisor.isRunning || child.isRunning { await Task.yield() }
            // It does not come back, and another one can be started in its place.
            #expect(!FileManager.default.fileExists(atPath: models.neo.folder + "/home/runtime"))
            #expect(try await models.start()["model"] == "tiny")
        }
    }

    @Test func `What reads the weights sees nothing else, changes nothing and reaches nobody`() async throws {
        let script = FakeLlamaServer.script.replacing(
            "import http.server, os, sys, time",
            with: """
                import http.server, os, socket, sys, time
                def works(act):
                    try: return bool(act())
                    except OSError: return False
                model = sys.argv[sys.argv.index("--model") + 1]
                folder = os.path.dirname(model)
                outside = socket.socket()
                print("weights", works(lambda: open(model, "rb").read(4) == b"GGUF"), flush=True)
                print("change", works(lambda: open(model, "ab")), flush=True)
                print("beside", works(lambda: open(folder + "/secret.txt").read()), flush=True)
                works(lambda: open(folder + "/written", "w"))
                print("host", works(lambda: outside.connect(("127.0.0.1", int(open(sys.argv[0] + ".port").read()))) is None))
                print("away", works(lambda: socket.create_connection(("192.0.2.1", 80), 2)), flush=True)
                """)
        try await Self.withServer(script) { models in
            try models.neo.write("secret.txt", "mine")
            let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .bind(host: "127.0.0.1", port: 0).get()
            try models.neo.write(FakeLlamaServer.path + ".port", "\(listener.localAddress?.port ?? 0)")
            let started = try await models.start()
            let url = try #require(started["url"]?.string)
            #expect(try await models.post(url, key: "$(cat home/runtime/servers/*/key)") == "yes200")
            try await listener.close()
            // It has a /tmp of its own.
            #expect(throws: (any Error).self) { try models.neo.read("written") }
            let log = try String(
                contentsOfFile: #require(try await models.servers().first?["log"]?.string), encoding: .utf8)
            #expect(log.contains("weights True\nchange False\nbeside False\nhost False\naway False"), "\(log)")
        }
    }

    @Test func `A server that nobody uses ends`() async throws {
        try await Self.withServer { models in
            _ = try await models.start("--idle", "0.01")
            while try await !models.servers().isEmpty {}
        }
    }

    @Test func `A server that does not start says why`() async throws {
        try await Self.withServer("#!/bin/sh\necho unknown model architecture\nexit 3\n") { models in
            let result = try await models.run("start", "tiny.gguf")
            #expect(result.status == 1)
            #expect(result.errorOutput.contains("it ended with status 3 before it was ready"))
            #expect(result.errorOutput.contains("unknown model architecture"))
            #expect(try await models.servers().first?["state"] == "failed")
        }
    }

    @Test func `What is no model that writes is refused`() async throws {
        try await Self.withServer { models in
            try models.neo.write("page.gguf", "<!DOCTYPE html><html><body>404</body></html>")
            let page = try await models.run("start", "page.gguf")
            #expect(page.status == 1)
            #expect(page.errorOutput.contains("does not begin with the letters GGUF"))
            #expect(try await models.run("start", "all-minilm-l6-v2").errorOutput.contains("writes no text"))
            let missing = try await models.run("start", "smollm2-135m-instruct")
            #expect(missing.errorOutput.contains("neo models pull smollm2-135m-instruct"))
            #expect(try await models.run("start", "tiny.gguf", "--idle", "0").status == 2)
        }
    }
}

/// `neo models` with the fake server on PATH.
struct LocalModels {
    let neo: NeoProcess
    var model = "tiny.gguf"
    var path = "bin:"
    var hasWalls = true

    /// What `neo` is started behind.
    private var wrapper: [String] {
        let path = self.path.isEmpty ? "" : "\(neo.folder)/\(self.path)"
        let inherited = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return ["env", "PATH=\(path)\(inherited)"] + (hasWalls ? [] : ["NEO_SANDBOX=off"])
    }

    func run(_ arguments: String...) async throws -> ChildProcess.Result {
        try await neo.run(through: wrapper, ["models"] + arguments)
    }

    /// Starts the model; answers what was said.
    func start(_ options: String...) async throws -> JSONValue {
        let result = try await neo.run(through: wrapper, ["models", "start", model, "--json"] + options)
        try #require(result.status == 0, "\(result.errorOutput)")
        return try JSONValue(parsing: result.output)
    }

    /// What runs.
    func servers() async throws -> [JSONValue] {
        try JSONValue(parsing: try await run("ps", "--json").output)["servers"]?.array ?? []
    }

    /// Waits for a server of some kind.
    func first(where isRight: (JSONValue) -> Bool) async throws -> JSONValue {
        while true {
            if let server = try await servers().first(where: isRight) { return server }
        }
    }

    /// What a server answers, and the status behind it; a shell replaces what stands in the key.
    func post(_ url: String, key: String, body: String = "{}") async throws -> String {
        try neo.write("request.json", body)
        let line = "curl -s -w '%{http_code}' -H \"authorization: Bearer \(key)\" -d @request.json '\(url)'"
        return try await ChildProcess(
            executable: "bash", arguments: ["-c", line], directory: neo.folder, timeLimitSeconds: 300
        ).run().output
    }
}
