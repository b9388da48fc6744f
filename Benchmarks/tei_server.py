"""Serves a sentence-transformers folder as text-embeddings-inference does: `POST /embed` on loopback."""

import http.server
import json
import sys

from sentence_transformers import SentenceTransformer

folder, port = sys.argv[1], int(sys.argv[2])
model = SentenceTransformer(folder, device="cpu")


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.reply({"model_id": folder})

    def do_POST(self):
        order = json.loads(self.rfile.read(int(self.headers["content-length"])))
        # The largest batch that one request can carry, sorted by length within: its fastest way.
        vectors = model.encode(order["inputs"], batch_size=32, normalize_embeddings=True, show_progress_bar=False)
        self.reply(vectors.tolist())

    def reply(self, value):
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


http.server.HTTPServer(("127.0.0.1", port), Handler).serve_forever()
