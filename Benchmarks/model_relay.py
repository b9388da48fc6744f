"""A loopback relay before a server of chat completions: gives every request the same settings, and writes down what was
asked, answered and counted, whoever asks.

It leaves the rest of a request as it is, and hands answers on as they come, streamed or not.
"""

import contextlib
import http.client
import http.server
import json
import threading
import time
import urllib.parse

# What a slow machine may take to read a long conversation.
PATIENCE_SECONDS = 3600


class Relay(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, upstream, settings, record):
        super().__init__(("127.0.0.1", 0), Handler)
        self.upstream = urllib.parse.urlsplit(upstream["url"])
        self.key = upstream["key"]
        self.context = upstream["context"]
        self.settings = settings
        self.record = record
        self.lock = threading.Lock()
        self.usages = []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}{self.upstream.path}"

    def counted(self):
        """What the model read and wrote, by its server's own count."""
        with self.lock:
            return {
                "requests": len(self.usages),
                "input_tokens": sum(usage.get("prompt_tokens", 0) for usage in self.usages),
                "output_tokens": sum(usage.get("completion_tokens", 0) for usage in self.usages),
            }

    def keep(self, request, status, answer, seconds):
        usage = usage_in(answer) if status == 200 else {}
        row = {"seconds": round(seconds, 2), "status": status, "usage": usage, "request": request, "answer": answer}
        with self.lock, open(self.record, "a", encoding="utf-8") as file:
            self.usages.append(usage)
            file.write(json.dumps(row) + "\n")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.relay(None)

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        body.pop("max_completion_tokens", None)
        body.update(self.server.settings)
        if body.get("stream"):
            body["stream_options"] = {"include_usage": True}
            # llama.cpp then counts with each piece, also where who asked leaves before the end.
            body["timings_per_token"] = True
        self.relay(body)

    def relay(self, body):
        began = time.time()
        upstream = http.client.HTTPConnection(self.server.upstream.netloc, timeout=PATIENCE_SECONDS)
        headers = {"content-type": "application/json"}
        if self.server.key:
            headers["authorization"] = f"Bearer {self.server.key}"
        pieces, status = [], 0
        try:
            upstream.request(self.command, self.path, json.dumps(body) if body else None, headers)
            answer = upstream.getresponse()
            status = answer.status
            self.send_response(status)
            self.send_header("content-type", answer.headers.get("content-type", "application/json"))
            self.send_header("transfer-encoding", "chunked")
            self.end_headers()
            while piece := answer.read1(1 << 16):
                pieces.append(piece)
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
                self.wfile.flush()
            self.wfile.write(b"0\r\n\r\n")
        except (BrokenPipeError, ConnectionResetError):
            # Who asked has left; closing lets the model stop, too.
            self.close_connection = True
        finally:
            upstream.close()
            if body:
                text = b"".join(pieces).decode(errors="replace")
                self.server.keep(body, status, text, time.time() - began)

    def log_message(self, *_):
        pass


def usage_in(answer):
    """The server's count, of a whole answer or of a stream's last events."""
    for line in reversed(answer.splitlines()):
        text = line.removeprefix("data:").strip()
        if text.startswith("{") and '"usage"' in text:
            with contextlib.suppress(json.JSONDecodeError):
                if usage := json.loads(text).get("usage"):
                    return usage
        if text.startswith("{") and '"timings"' in text:
            with contextlib.suppress(json.JSONDecodeError, KeyError):
                timings = json.loads(text)["timings"]
                read = timings["prompt_n"] + timings.get("cache_n", 0)
                return {"prompt_tokens": read, "completion_tokens": timings["predicted_n"]}
    return {}


@contextlib.contextmanager
def relaying(upstream, settings, record):
    server = Relay(upstream, settings, record)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
