"""A loopback server that plays a language model which makes a small program, tests it, mends it and tests it again.

It speaks chat completions and OpenAI's Responses, streamed or whole, and calls the shell of whoever asks by the name and
the form that the request gives it. What it answers depends on the conversation in the request alone.

    python scripted_model.py --port-file FILE [--turns N]
"""

import argparse
import contextlib
import http.server
import json
import os
import socket
import threading

PROGRAM = '''\
VALUES = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
          (9, "IX"), (5, "V"), (1, "I")]


def roman(number):
    text = ""
    for value, letters in VALUES:
        while number >= value:
            text += letters
            number -= value
    return text
'''
TEST = '''\
import unittest

from roman import roman


class RomanTests(unittest.TestCase):
    def test_numbers(self):
        self.assertEqual([roman(n) for n in (1, 4, 9, 40, 1994)], ["I", "IV", "IX", "XL", "MCMXCIV"])
'''
# What the model says, and the command that it calls; at the end it calls nothing.
STEPS = [
    ("I write the program.", f"cat > roman.py <<'EOF'\n{PROGRAM}EOF"),
    ("I write its test.", f"cat > test_roman.py <<'EOF'\n{TEST}EOF"),
    ("I run the test.", "python3 -B -m unittest"),
    ("Four is missing.", "grep -n '(5, \"V\")' roman.py"),
    ("I mend it.", "sed -i 's/(5, \"V\"), /(5, \"V\"), (4, \"IV\"), /' roman.py"),
    ("I run the test again.", "python3 -B -m unittest && echo passed > verdict.txt"),
]
FILES = {"roman.py", "test_roman.py", "verdict.txt"}
# By these names harnesses offer a shell, and its command line.
SHELLS = {"shell", "bash", "shell_command", "exec_command", "local_shell"}
COMMANDS = ("command", "cmd")
# mini-swe-agent ends with a command; others where nothing is called.
LAST_COMMANDS = {"bash": "echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT"}
DONE = "The program is written and its test passes."


def steps(turns):
    """So many steps, the last of them the same: between them, small ones are put in."""
    more = [(f"Step {number}.", f"echo {number} >> steps.txt") for number in range(turns - len(STEPS))]
    return STEPS[:2] + more + STEPS[2:]


class ScriptedModel(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, turns=len(STEPS), onRequest=lambda size, results: None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.steps = steps(turns)
        self.onRequest = onRequest

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self):
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def do_GET(self):
        self.answer(json.dumps({"object": "list", "data": [{"id": "scripted", "object": "model"}]}), "application/json")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        request = json.loads(body)
        results = tool_results(request)
        self.server.onRequest(len(body), results)
        speak = responses if self.path.endswith("/responses") else chat
        name, arguments = shell_of(request.get("tools") or [])
        if len(results) < len(self.server.steps):
            text, command = self.server.steps[len(results)]
        else:
            text, command = DONE, LAST_COMMANDS.get(name)
        call = (f"call-{len(results)}", name, json.dumps(arguments(command))) if command and name else None
        events, whole = speak(text, call, len(body) // 4)
        if request.get("stream"):
            self.answer("".join(events), "text/event-stream")
        else:
            self.answer(json.dumps(whole), "application/json")

    def answer(self, text, kind):
        data = text.encode()
        head = f"HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {len(data)}\r\n\r\n".encode()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.wfile.write(head + data)

    def log_message(self, *_):
        pass


def tool_results(request):
    """What the calls so far gave, in order."""
    if "messages" in request:
        return [str(message["content"]) for message in request["messages"] if message["role"] == "tool"]
    return [str(item.get("output")) for item in request["input"] if str(item.get("type")).endswith("call_output")]


def shell_of(tools):
    """The name of the shell, and how its arguments are written."""
    for tool in tools:
        function = tool.get("function", tool)
        properties = (function.get("parameters") or {}).get("properties") or {}
        for key in COMMANDS:
            if function.get("name") in SHELLS and key in properties:
                isText = properties[key].get("type") == "string"
                return function["name"], lambda command: {key: command if isText else ["bash", "-c", command]}
    return None, None


def chat(text, call, tokens):
    calls = [{"id": call[0], "type": "function", "function": {"name": call[1], "arguments": call[2]}}] if call else []
    usage = {"prompt_tokens": tokens, "completion_tokens": 20, "total_tokens": tokens + 20}
    head = {"id": "scripted", "created": 1700000000, "model": "scripted"}
    reason = "tool_calls" if call else "stop"
    message = {"role": "assistant", "content": text} | ({"tool_calls": calls} if calls else {})
    choice = {"index": 0, "message": message, "finish_reason": reason}
    whole = head | {"object": "chat.completion", "choices": [choice], "usage": usage}
    deltas = [({"role": "assistant", "content": text}, None)]
    deltas += [({"tool_calls": [dict(one, index=index)]}, None) for index, one in enumerate(calls)]
    deltas.append(({}, reason))
    pieces = [{"choices": [{"index": 0, "delta": delta, "finish_reason": end}]} for delta, end in deltas]
    pieces.append({"choices": [], "usage": usage})
    events = [f"data: {json.dumps(head | {'object': 'chat.completion.chunk'} | piece)}\n\n" for piece in pieces]
    return events + ["data: [DONE]\n\n"], whole


def responses(text, call, tokens):
    said = {"type": "output_text", "text": text, "annotations": []}
    output = [{"type": "message", "id": "msg-1", "role": "assistant", "status": "completed", "content": [said]}]
    if call:
        item = {"type": "function_call", "id": f"fc-{call[0]}", "call_id": call[0], "name": call[1], "arguments": call[2]}
        output.append(item | {"status": "completed"})
    usage = {
        "input_tokens": tokens, "input_tokens_details": {"cached_tokens": 0}, "output_tokens": 20,
        "output_tokens_details": {"reasoning_tokens": 0}, "total_tokens": tokens + 20,
    }  # fmt: skip
    whole = {
        "id": "resp-1", "object": "response", "created_at": 1700000000, "model": "scripted", "status": "completed",
        "output": output, "usage": usage,
    }  # fmt: skip
    events = [("response.created", {"response": whole | {"status": "in_progress", "output": [], "usage": None}})]
    for place, item in enumerate(output):
        events.append(("response.output_item.added", {"output_index": place, "item": item | {"status": "in_progress"}}))
        events.append(("response.output_item.done", {"output_index": place, "item": item}))
    events.append(("response.completed", {"response": whole}))
    texts = []
    for number, (kind, fields) in enumerate(events):
        data = json.dumps({"type": kind, "sequence_number": number} | fields)
        texts.append(f"event: {kind}\ndata: {data}\n\n")
    return texts, whole


@contextlib.contextmanager
def playing(**options):
    server = ScriptedModel(**options)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port-file", required=True)
    parser.add_argument("--turns", type=int, default=len(STEPS))
    chosen = parser.parse_args()
    server = ScriptedModel(chosen.turns)
    with open(chosen.port_file + ".new", "w", encoding="utf-8") as file:
        file.write(str(server.server_address[1]))
    os.rename(chosen.port_file + ".new", chosen.port_file)
    server.serve_forever()
