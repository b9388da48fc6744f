"""A loopback server that plays a language model for editors: what it answers depends on the conversation alone.

The user's words name the script ("plan", "edit", ...); each answer is a step of it.
"""

import contextlib
import http.server
import json
import threading
import time


def call(name, **arguments):
    return name, arguments


SCRIPTS = {
    "hello": [("Hello from the model.", [])],
    "tools": [
        ("I look.", [call("read", path="notes.md"), call("grep", pattern="three"), call("glob", pattern="*.md")]),
        ("I run it.", [call("shell", command="echo ran; exit 3")]),
        ("It ended.", []),
    ],
    "edit": [
        ("I read it.", [call("read", path="notes.md")]),
        ("I mend it.", [call("edit", path="notes.md", old="three\n", new="drei\n")]),
        ("And a new one.", [call("write", path="new/file.txt", content="fresh\n")]),
        ("Both.", [call("apply_patch", patch="*** Begin Patch\n*** Update File: notes.md\n@@\n-one\n+eins\n two\n*** Delete File: "
                                            "new/file.txt\n*** End Patch\n")]),
        ("Wrong.", [call("edit", path="notes.md", old="nowhere", new="x")]),
        ("Done.", []),
    ],
    "plan": [
        ("A plan.", [call("plan", steps=[{"step": "look", "state": "doing"}, {"step": "write", "state": "open"}])]),
        ("", [call("plan", steps=[{"step": "look", "state": "done"}, {"step": "write", "state": "dropped"}])]),
        ("Planned.", []),
    ],
    "ask": [("I write.", [call("shell", command="echo asked >> asked.txt")]), ("Over.", [])],
    "twice": [
        ("Once.", [call("shell", command="echo again >> again.txt")]),
        ("Again.", [call("shell", command="echo again >> again.txt")]),
        ("Twice.", []),
    ],
    "sleep": [("I wait.", [call("shell", command="echo began > began.txt; sleep 600")]), ("Awake.", [])],
    "question": [("Which?", [call("ask_user", question="Tea or coffee?", options=["tea", "coffee"])]), ("Thanks.", [])],
    "open": [("What?", [call("ask_user", question="Which name?")]), ("Thanks.", [])],
    "server": [("I ask it.", [call("given__look")]), ("Looked.", [])],
    "edit-once": [("I mend it.", [call("edit", path="notes.md", old="two", new="zwei")]), ("Over.", [])],
    # What is asked of a model besides: a summary, for one.
    "": [("In short: nothing.", [])],
    # Without an end, until the client goes.
    "endless": [],
}


class ScriptedModel(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


def words(message):
    content = message.get("content") or ""
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)


def step(messages):
    """The script that the user named last, and how many answers followed since."""
    names = [words(message).split("\n")[0].split(" ")[0] if message["role"] == "user" else "" for message in messages]
    asked = max((place for place, name in enumerate(names) if name and name in SCRIPTS), default=0)
    name = names[asked] if names[asked] in SCRIPTS else ""
    done = sum(1 for message in messages[asked:] if message["role"] == "assistant")
    return name, done, sum(1 for message in messages if message["role"] == "assistant")


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        data = json.dumps({"object": "list", "data": [{"id": "m", "object": "model", "max_model_len": 32000}]}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.seen.append(request)
        name, done, turn = step(request["messages"])
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        with contextlib.suppress(OSError):
            if name == "endless":
                while True:
                    self.piece({"role": "assistant", "content": "on and on "}, None)
                    time.sleep(0.01)
            text, calls = SCRIPTS[name][min(done, len(SCRIPTS[name]) - 1)]
            self.piece({"role": "assistant", "reasoning_content": "I think."}, None)
            for start in range(0, len(text), 6):
                self.piece({"content": text[start:start + 6]}, None)
            for index, (tool, arguments) in enumerate(calls):
                function = {"name": tool, "arguments": json.dumps(arguments)}
                one = {"index": index, "id": f"call-{turn}-{index}", "type": "function", "function": function}
                self.piece({"tool_calls": [one]}, None)
            self.piece({}, "tool_calls" if calls else "stop")
            self.say({"id": "x", "choices": [], "usage": {"prompt_tokens": 1000 + turn, "completion_tokens": 10}})
            self.wfile.write(b"data: [DONE]\n\n")

    def piece(self, delta, reason):
        self.say({"id": "x", "model": "m", "choices": [{"index": 0, "delta": delta, "finish_reason": reason}]})

    def say(self, value):
        self.wfile.write(b"data: " + json.dumps(value).encode() + b"\n\n")
        self.wfile.flush()

    def log_message(self, *_):
        pass
