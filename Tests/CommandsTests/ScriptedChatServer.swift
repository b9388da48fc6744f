import FoundationEssentials
import Processes
import Testing

/// A server that speaks chat completions and whose answer depends on the conversation in the request alone, so that it
/// answers alike however often the one who asks was killed.
///
/// Step by step it has numbers appended to a file, sometimes two in one answer. What has no known outcome it has looked at
/// first, and appends where it is missing: the way of a careful model.
enum ScriptedChatServer {
    /// Runs the server while the body works. `replies` defines `reply(messages)`, which gives a text, or its pieces, and
    /// calls made with `tool`. The folder gets `home/config.yaml`, which names it `fake/scripted`.
    static func serving<Result: Sendable>(
        _ neo: NeoProcess, steps: Int = 0, replies: String = counting,
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try neo.write("server.py", beginning + replies + server)
        let port = "\(neo.folder)/port"
        let server = ChildProcess(
            executable: "python3", arguments: ["server.py", port, "\(steps)"], directory: neo.folder)
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                _ = try? await server.run()
                return nil
            }
            group.addTask {
                while !FileManager.default.fileExists(atPath: port) { try await Task.sleep(for: .milliseconds(10)) }
                try neo.write(
                    "home/config.yaml",
                    """
                    endpoints: {fake: {api: vllm, url: "http://127.0.0.1:\(try neo.read("port"))/v1", tool_calls: native}}
                    roles: {agent: fake/scripted}

                    """)
                return try await body()
            }
            defer { group.cancelAll() }
            while let result = try await group.next() { if let result { return result } }
            throw CancellationError()
        }
    }

    private static let beginning = #"""
        import hashlib, http.server, json, os, sys, time

        steps = int(sys.argv[2])

        def tool(name, tool, **arguments):
            return {"id": name, "type": "function", "function": {"name": tool, "arguments": json.dumps(arguments)}}

        """#

    /// Numbers from 1 to the number of steps, for a file.
    static let counting = #"""

        def append(number):
            return call(f"append-{number}", f"echo {number} >> numbers")

        def call(name, command):
            return tool(name, "shell", command=command)

        def reply(messages):
            calls = [c for m in messages if m["role"] == "assistant" for c in m.get("tool_calls") or []]
            last = next((m for m in reversed(messages) if m["role"] == "assistant"), None)
            results = {m["tool_call_id"]: m["content"] for m in messages if m["role"] == "tool"}
            if any(c["id"] not in results for c in calls):
                return "broken: a call has no result", []
            unknown = []
            for c in (last or {}).get("tool_calls") or []:
                if "outcome is unknown" in str(results[c["id"]]):
                    unknown.append(int(c["id"].split("-")[1]))
            if unknown:
                return "I look.", [
                    call(f"look-{n}-{len(calls)}", f"grep -qx {n} numbers || echo {n} >> numbers") for n in unknown]
            done = max([int(c["id"].split("-")[1]) for c in calls], default=0)
            if done >= steps:
                return "All numbers are there.", []
            count = 2 if done % 3 == 0 and done + 1 < steps else 1
            return f"Now {done + 1}.", [append(done + 1 + i) for i in range(count)]

        """#

    private static let server = #"""

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                text, calls = reply(json.loads(body)["messages"])
                self.send_response(200)
                self.send_header("content-type", "text/event-stream")
                self.end_headers()
                try:
                    for piece in [text[:3], text[3:]] if isinstance(text, str) else text:
                        self.piece({"role": "assistant", "content": piece}, None)
                        time.sleep(int(hashlib.sha256(body).hexdigest()[:2], 16) / 20000)
                    for index, one in enumerate(calls):
                        self.piece({"tool_calls": [dict(one, index=index)]}, None)
                    self.piece({}, "tool_calls" if calls else "stop")
                    usage = {"prompt_tokens": len(body) // 4, "completion_tokens": 10}
                    self.say({"id": "x", "model": "scripted", "choices": [], "usage": usage})
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
