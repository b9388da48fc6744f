import Base
import FoundationEssentials
import Processes
import TestSupport
import Testing

/// `neo ask` on a terminal, with a model that writes one half of its answer and waits.
@Suite(.timeLimit(.minutes(5))) struct LiveAnswerTests {
    /// Writes half of an answer, and the rest when there is a file `go`; the file `left` says that nobody waits any more.
    static let script = FakeLlamaServer.script.replacing(
        "        self.answer(200, \"yes\")",
        with: #"""
                    import json
                    self.rfile.read(int(self.headers["content-length"]))
                    self.send_response(200)
                    self.send_header("content-type", "text/event-stream")
                    self.end_headers()
                    def piece(text):
                        chunk = {"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]}
                        self.wfile.write(("data: " + json.dumps(chunk) + "\n\n").encode())
                        self.wfile.flush()
                    try:
                        piece("Steep it for two ")
                        open("begun", "w").close()
                        while not os.path.exists("go"):
                            time.sleep(0.05)
                            piece("")
                        piece("minutes [1]. Then \u001b[31mdrink it.")
                        self.wfile.write(b"data: [DONE]\n\n")
                    except OSError:
                        open("left", "w").close()
            """#)

    /// Runs a script with `ask`, which asks on a terminal whose contents go to the file `seen`.
    private static func ask(_ script: String) async throws -> NeoProcess.Asked {
        try await NeoProcess.withProject { neo async throws in
            try neo.write(FakeLlamaServer.path, Self.script)
            try Data(TinyGGUF().bytes).write(to: URL(filePath: neo.folder + "/tiny.gguf"))
            // A terminal of its own: what is written there is copied, what comes from standard input is typed.
            try neo.write(
                "terminal.py",
                """
                import os, pty, signal, sys
                seen = open("seen", "wb", buffering=0)
                def read(terminal):
                    data = os.read(terminal, 1024)
                    seen.write(data)
                    return data
                sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:], read)))
                """)
            let executable = try NeoProcess.executable()
            do {
                try await neo.shell(
                    """
                    export NEO_HOME="$PWD/home" PATH="$PWD/bin:$PATH" TERM=xterm NEO_SANDBOX=off
                    chmod +x bin/llama-server
                    neo='\(executable)'
                    question="For how many minutes do I steep green tea?"
                    wait_for() {
                        for i in {1..1000}; do if grep -q "$1" seen 2>grep; then return; fi; sleep 0.05; done
                        exit 1
                    }
                    \(script)
                    """)
            } catch {
                _ = try await neo.run("models", "stop")
                throw error
            }
            _ = try await neo.run("models", "stop")
            return NeoProcess.Asked(neo)
        }
    }

    @Test func `An answer is shown as it is written, once, with its sources at the end`() async throws {
        let asked = try await Self.ask(
            """
            mkfifo typed; exec 4<>typed
            python3 terminal.py "$neo" ask "$question" p --generator tiny.gguf <typed >copy 2>&1 &
            wait_for "Steep it for"
            cp seen half
            touch go
            wait $!
            """)
        #expect(!asked.half.contains("minutes [1]") && !asked.half.contains("Written by"))
        #expect(asked.seen.ranges(of: "Steep it for two minutes [1].").count == 1, "\(asked.seen)")
        // What a model writes cannot steer the terminal.
        #expect(asked.seen.contains("Then [31mdrink it.") && !asked.seen.contains("\u{1B}[31m"))
        #expect(asked.seen.contains("[1] tea.md:5"), "\(asked.seen)")
        #expect(asked.seen.contains("Written by"))
    }

    @Test func `Ctrl-C ends the answer, the model's work, and the line`() async throws {
        let asked = try await Self.ask(
            """
            mkfifo typed; exec 4<>typed
            python3 terminal.py "$neo" ask "$question" p --generator tiny.gguf <typed >copy 2>&1 &
            wait_for "Steep it for"
            printf '\\003' >&4
            status=0; wait $! || status=$?
            [ "$status" = 130 ]
            for i in {1..1000}; do [ ! -e left ] || break; sleep 0.05; done; [ -e left ]
            """)
        // The last word waits for the next one: it might be the beginning of an address.
        #expect(asked.seen.contains("Steep it for"))
        #expect(asked.seen.contains("\nStopping"), "\(asked.seen)")
        #expect(asked.seen.contains("\nStopped.\n"), "\(asked.seen)")
        #expect(!asked.seen.contains("goes on from there"))
    }

    @Test func `A model that dies in the middle of its answer is a failure, on a line of its own`() async throws {
        let asked = try await Self.ask(
            """
            mkfifo typed; exec 4<>typed
            python3 terminal.py "$neo" ask "$question" p --generator tiny.gguf <typed >copy 2>&1 &
            wait_for "Steep it for"
            kill -9 $("$neo" models ps --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["servers"][0]["process"])')
            status=0; wait $! || status=$?
            [ "$status" = 1 ]
            # What broke off is not recorded as an answer; the model runs again.
            touch go
            "$neo" ask "$question" p --generator tiny.gguf --json >json
            """)
        #expect(asked.seen.contains(#/Steep it for ?\nneo: /#), "\(asked.seen)")
        #expect(!asked.seen.contains("Written by"))
        #expect(try JSONValue(parsing: asked.json)["generated"]?["text"]?.string?.contains("minutes [1]") == true)
    }

    @Test func `A pipe and --json get the whole at the end`() async throws {
        let asked = try await Self.ask(
            """
            "$neo" ask "$question" p --generator tiny.gguf >seen 2>errors &
            for i in {1..1000}; do [ ! -e begun ] || break; sleep 0.05; done
            cp seen half
            touch go
            wait $!
            "$neo" ask "$question" p --generator tiny.gguf --json >json 2>errors
            """)
        #expect(asked.half.isEmpty)
        #expect(asked.seen.hasPrefix("Steep it for two minutes [1]. Then [31mdrink it.\n\n[1] tea.md:5"))
        #expect(try JSONValue(parsing: asked.json)["generated"]?["text"]?.string?.hasPrefix("Steep it") == true)
    }
}

extension NeoProcess {
    /// What was seen of an answer.
    struct Asked {
        /// All, with the line ends of files.
        let seen: String
        /// Before the model went on.
        let half: String
        let json: String

        init(_ neo: NeoProcess) {
            func text(_ name: String) -> String { ((try? neo.read(name)) ?? "").replacing("\r\n", with: "\n") }
            (seen, half, json) = (text("seen"), text("half"), text("json"))
        }
    }
}
