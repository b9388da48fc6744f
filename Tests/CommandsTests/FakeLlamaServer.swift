/// A program that behaves like llama.cpp's server, without a model: 503 while it loads, a key, an answer.
enum FakeLlamaServer {
    /// Where it lies below a test's folder; the name is the one that is looked for on PATH.
    static let path = "bin/llama-server"

    static let script = """
        #!/usr/bin/env python3
        import http.server, os, sys, time

        arguments = dict(zip(sys.argv[1::2], sys.argv[2::2]))
        key = open(arguments["--api-key-file"]).read().strip()
        begin = time.time()

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self, status, text):
                self.send_response(status)
                self.send_header("content-length", str(len(text)))
                self.end_headers()
                self.wfile.write(text.encode())

            def do_GET(self):
                self.answer(200 if time.time() - begin > 0.2 else 503, "{}")

            def do_POST(self):
                if self.headers["authorization"] != "Bearer " + key:
                    return self.answer(401, "no")
                if self.path.endswith("/die"):
                    self.send_response(200)
                    self.send_header("content-length", "100")
                    self.end_headers()
                    self.wfile.write(b"half")
                    self.wfile.flush()
                    os._exit(9)
                self.answer(200, "yes")

            def log_message(self, *_):
                pass

        http.server.ThreadingHTTPServer(("127.0.0.1", int(arguments["--port"])), Handler).serve_forever()
        """
}
