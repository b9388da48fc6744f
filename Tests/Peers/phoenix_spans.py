"""Starts a real Phoenix, lets `neo serve` answer a question with its traces going there, and asks Phoenix for the spans.

    python phoenix_spans.py --neo PATH
"""

import argparse
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def ask(url, body=None):
    headers = {"content-type": "application/json"} if body else {}
    request = urllib.request.Request(url, json.dumps(body).encode() if body else None, headers)
    with urllib.request.urlopen(request, timeout=30) as reply:
        return json.loads(reply.read() or b"null")


def wait(what, seconds, probe):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            found = probe()
            if found:
                return found
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(0.5)
    sys.exit(f"phoenix_spans: {what} did not happen within {seconds} s")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--neo", required=True)
    neo = parser.parse_args().neo
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        port = free_port()
        environment = dict(
            os.environ,
            PHOENIX_WORKING_DIR=str(folder / "phoenix"),
            PHOENIX_HOST="127.0.0.1",
            PHOENIX_PORT=str(port),
            PHOENIX_GRPC_PORT=str(free_port()),
            PHOENIX_TELEMETRY_ENABLED="false",
        )
        begin = time.monotonic()
        log = open(folder / "phoenix.log", "wb")
        phoenix = subprocess.Popen([sys.executable, "-m", "phoenix.server.main", "serve"], env=environment, stdout=log, stderr=log)
        service = None
        try:
            base = f"http://127.0.0.1:{port}"
            wait("Phoenix", 400, lambda: ask(base + "/v1/projects"))
            ready = time.monotonic() - begin
            (folder / "docs").mkdir()
            (folder / "docs" / "tea.md").write_text("# Tea\n\nSteep green tea for two minutes at eighty degrees.\n")
            (folder / "golden.jsonl").write_text("")
            (folder / "neo.yaml").write_text("name: tea\ndocuments: ['docs/*.md']\nencoder: none\n")
            service = subprocess.Popen(
                [neo, "serve", str(folder), "--port", "0", "--json"],
                env=dict(
                    os.environ,
                    NEO_KNOWLEDGE="none",
                    OTEL_EXPORTER_OTLP_ENDPOINT=base,
                    OTEL_METRICS_EXPORTER="none",
                    OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT="true",
                ),
                stdout=subprocess.PIPE,
            )
            text = ""
            while not text.rstrip().endswith("}"):
                text += service.stdout.readline().decode()
            ask(json.loads(text)["url"] + "/v1/answer", {"query": "How long does green tea steep?"})
            service.send_signal(signal.SIGTERM)
            assert service.wait(60) == 0

            def spans():
                found = []
                for project in ask(base + "/v1/projects")["data"]:
                    found += ask(f"{base}/v1/projects/{project['id']}/spans")["data"]
                # The service has asked itself something first, to be warm.
                answers = [span for span in found if span["name"] == "invoke_workflow answer"]
                parts = [span for span in found if answers and span["parent_id"] == answers[0]["context"]["span_id"]]
                return (answers[0], parts[0], found) if parts else None

            answer, retrieval, found = wait("the arrival of spans", 60, spans)
            assert retrieval["name"] == "retrieval tea", retrieval["name"]
            assert retrieval["context"]["trace_id"] == answer["context"]["trace_id"], "one question is one trace"
            attributes = retrieval["attributes"]
            assert "green tea" in json.dumps(attributes), attributes
            print(f"phoenix: up after {ready:.0f} s; {len(found)} spans, {retrieval['span_kind']} among them")
        except BaseException:
            sys.stderr.write((folder / "phoenix.log").read_text(errors="replace")[-2000:])
            raise
        finally:
            for process in (service, phoenix):
                if process and process.poll() is None:
                    process.kill()
                    process.wait()


main()
