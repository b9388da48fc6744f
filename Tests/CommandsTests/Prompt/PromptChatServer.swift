import TestSupport

/// A server of chat completions that does what the last words say: `write X`, `ask`, `paint`, `wait`; else it repeats all
/// that the user has said.
enum PromptChatServer {
    /// Runs it while the body works, in a folder with a workspace `w`.
    static func with(_ body: @escaping @Sendable (NeoProcess, PseudoTerminal) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder in
            let neo = NeoProcess(folder: folder)
            try neo.write("w/notes.md", "The secret is 42.\n")
            try await ScriptedChatServer.serving(neo, steps: 0, script: script) {
                try await body(neo, try PseudoTerminal())
            }
        }
    }

    /// `wait` writes one half of its answer, and the rest when there is a file `go`.
    static let script = #"""
        import http.server, json, os, sys, time

        def call(name, tool, arguments):
            function = {"name": tool, "arguments": json.dumps(arguments)}
            return {"id": name, "type": "function", "function": function}

        def reply(messages):
            if messages[-1]["role"] == "tool":
                return "Result: " + str(messages[-1]["content"]), []
            said = [m["content"] if isinstance(m["content"], str) else "".join(p.get("text", "") for p in m["content"])
                    for m in messages if m["role"] == "user"]
            last = said[-1] if said else ""
            name = "c%d" % len(messages)
            if last.startswith("write "):
                return "I write.", [call(name, "shell", {"command": "echo %s >> numbers" % last[6:]})]
            if last == "ask":
                return "I ask.", [call(name, "ask_user", {"question": "Which?\x1b[31m", "options": ["red", "blue"]})]
            if last == "paint":
                return "Now \x1b[31mred\x1b]0;title\x07 and \x9b1mbold.", []
            if last == "wait":
                return None, []
            return "Heard: %s." % " / ".join(said), []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                text, calls = reply(body["messages"])
                self.send_response(200)
                self.send_header("content-type", "text/event-stream")
                self.end_headers()
                try:
                    if text is None:
                        self.piece({"role": "assistant", "content": "The first half"}, None)
                        while not os.path.exists("go"):
                            time.sleep(0.05)
                            self.piece({"content": ""}, None)
                        os.remove("go")
                        text = " and the second half."
                    for piece in [text[:3], text[3:]]:
                        self.piece({"role": "assistant", "content": piece}, None)
                    for index, one in enumerate(calls):
                        self.piece({"tool_calls": [dict(one, index=index)]}, None)
                    self.piece({}, "tool_calls" if calls else "stop")
                    usage = {"prompt_tokens": 100, "completion_tokens": 10}
                    self.say({"id": "x", "model": body["model"], "choices": [], "usage": usage})
                    self.wfile.write(b"data: [DONE]\n\n")
                except OSError:
                    pass

            def piece(self, delta, reason):
                choice = {"index": 0, "delta": delta, "finish_reason": reason}
                self.say({"id": "x", "model": "scripted", "choices": [choice]})

            def say(self, value):
                self.wfile.write(b"data: " + json.dumps(value).encode() + b"\n\n")
                self.wfile.flush()

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        with open(sys.argv[1] + ".new", "w") as file:
            file.write(str(server.server_address[1]))
        os.rename(sys.argv[1] + ".new", sys.argv[1])
        server.serve_forever()

        """#
}
