"""Embeddings of words, hashed, over HTTP as OpenAI's: embeddings.py FILE writes its port there. It fails while FILE.down exists."""

import hashlib
import http.server
import json
import pathlib
import re
import sys

file = pathlib.Path(sys.argv[1])


def embed(text):
    vector = [0.0] * 256
    for word in re.findall(r"\w+", text.lower()):
        vector[int(hashlib.sha256(word.encode()).hexdigest()[:8], 16) % 256] += 1
    length = sum(x * x for x in vector) ** 0.5 or 1
    return [x / length for x in vector]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        texts = body["input"] if isinstance(body["input"], list) else [body["input"]]
        if file.with_name(file.name + ".down").exists():
            return self.reply(404, {"error": {"message": "there is no such model any more"}})
        self.reply(200, {
            "object": "list", "model": body["model"], "usage": {"prompt_tokens": 1, "total_tokens": 1},
            "data": [{"object": "embedding", "index": at, "embedding": embed(text)} for at, text in enumerate(texts)]})

    def reply(self, status, value):
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
part = file.with_name(file.name + ".part")
part.write_text(str(server.server_port))
part.rename(file)
server.serve_forever()
