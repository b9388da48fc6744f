"""A server over HTTP that answers as its argument says; prints its port first."""
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

kind = sys.argv[1]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def reply(self, status, body, kind="application/json", **headers):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        number, method = request.get("id"), request["method"]
        if kind == "login":
            return self.reply(401, {"error": "no"}, WWW_Authenticate='Bearer resource_metadata="https://elsewhere.invalid/"')
        if kind == "elsewhere":
            return self.reply(307, b"", Location="http://127.0.0.1:1/mcp")
        if kind == "page":
            return self.reply(200, b"<html>not a server</html>", "text/html")
        if kind == "flood":
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Connection", "close")
            self.end_headers()
            try:
                for _ in range(1024):
                    self.wfile.write(b" " * (1 << 20))
            except OSError:
                pass
            self.close_connection = True
            return None
        if self.headers.get("Authorization") != "Bearer the-t0ken" and kind == "token":
            return self.reply(403, {"jsonrpc": "2.0", "id": number, "error": {"code": -32600, "message": "wrong token"}})
        answer = {"resultType": "complete"}
        if method == "server/discover":
            answer |= {"supportedVersions": ["2026-07-28"], "capabilities": {}, "ttlMs": 0, "cacheScope": "private"}
        elif method == "tools/list":
            region = {"type": "string", "x-mcp-header": "Region"}
            answer |= {"tools": [
                {"name": "work", "inputSchema": {"type": "object", "properties": {"region": region}}},
                {"name": "bad", "inputSchema": {"type": "object", "properties": {"a": {"type": "array", "items": region}}}},
            ]}
        else:
            names = ("mcp-protocol-version", "mcp-method", "mcp-name", "mcp-param-region", "accept")
            answer |= {"content": [{"type": "text", "text": json.dumps({name: self.headers.get(name) for name in names})}]}
        message = json.dumps({"jsonrpc": "2.0", "id": number, "result": answer})
        # As an event, behind a comment, a notification, and an answer to nobody.
        note = json.dumps({"jsonrpc": "2.0", "method": "notifications/progress", "params": {"progress": 1, "progressToken": 1}})
        other = json.dumps({"jsonrpc": "2.0", "id": "another", "result": {}})
        body = f": hello\n\ndata: {note}\n\ndata: {other}\n\nevent: message\ndata: {message}\n\n"
        return self.reply(200, body.encode(), "text/event-stream")


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
