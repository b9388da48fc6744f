"""A server of 2025-11-25 over HTTP whose streams break off, as its argument says; prints its port first."""
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

kind = sys.argv[1]
gets = []
forgotten = []
answered = threading.Event()
answers = []


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def reply(self, status, body=b"", kind="application/json", **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def stream(self, *events):
        self.reply(200, "".join(event + "\n\n" for event in events).encode(), "text/event-stream")

    def do_POST(self):
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        number, method = message.get("id"), message.get("method")
        if method is None:
            answers.append(message)
            answered.set()
            return self.reply(202)
        if number is None:
            return self.reply(202)

        def json_reply(result, **headers):
            body = json.dumps({"jsonrpc": "2.0", "id": number, "result": result}).encode()
            return self.reply(200, body, **headers)

        if method == "initialize":
            return json_reply(
                {"protocolVersion": "2025-11-25", "capabilities": {}, "serverInfo": {}}, Mcp_Session_Id="s-" + kind)
        if method == "tools/call":
            self.server.number = number
            if kind == "listen":
                done = answered.wait(10)
                text = json.dumps({"answers": answers, "gets": gets, "done": done})
                return json_reply({"content": [{"type": "text", "text": text}]})
            if kind == "forgets" and not forgotten:
                forgotten.append(number)
                return self.reply(404)
            if kind == "forgets":
                return json_reply({"content": [{"type": "text", "text": "found again"}]})
            # The beginning of the answer, which then breaks off.
            return self.stream("id: one\nretry: 20\ndata:")
        return self.reply(404)

    def do_GET(self):
        last = self.headers.get("Last-Event-ID")
        gets.append(last)
        if kind == "listen":
            if last is None:
                return self.stream("id: a\nretry: 15\ndata:")
            if len(gets) > 2:
                return self.reply(405)
            request = {"jsonrpc": "2.0", "id": "q", "method": "roots/list"}
            note = {"jsonrpc": "2.0", "method": "notifications/tools/list_changed"}
            return self.stream(*(f"id: {name}\ndata: {json.dumps(m)}" for name, m in (("b", note), ("c", request))))
        if last is None:
            return self.reply(405)
        if kind == "lost":
            return self.stream("data:")
        if kind == "refuses":
            return self.reply(400)
        if last == "one":
            note = {"jsonrpc": "2.0", "method": "notifications/message", "params": {"level": "info", "data": "x"}}
            return self.stream("id: two\ndata: " + json.dumps(note))
        text = json.dumps({"gets": [get for get in gets if get], "session": self.headers.get("Mcp-Session-Id")})
        answer = {"jsonrpc": "2.0", "id": self.server.number, "result": {"content": [{"type": "text", "text": text}]}}
        return self.stream("id: three\ndata: " + json.dumps(answer))


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
