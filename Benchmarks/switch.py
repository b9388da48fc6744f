"""Requests while releases change: a service is asked at a steady rate, and a release is promoted, taken back, tried as a
canary, and taken back again. Says how many requests failed, and how long each change took from the command's first moment
until no answer came from the other release any more.

    python switch.py --neo PATH --data COLLECTION [--rate 500] [--seconds 30]

COLLECTION is in BEIR's layout. Connections are kept open, as those of a proxy are.
"""

import argparse
import http.client
import json
import os
import pathlib
import queue
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time

WORKERS = 24


def golden(data, count):
    """Questions that quote a sentence of a document: enough for the gate, which compares both releases on them."""
    rows = []
    for line in (data / "corpus.jsonl").read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        sentences = [part.strip() for part in document["text"].split(" . ") if 60 < len(part) < 200]
        if len(rows) < count and sentences:
            rows.append({
                "id": f"q{len(rows)}", "question": " ".join(sentences[0].split()[:12]), "answers": [],
                "evidence": [{"document": document["_id"], "quote": sentences[0]}]})
    return rows


class Load:
    """Asks at a steady rate, and notes of each request when it began, how long it took, and which release answered."""

    def __init__(self, port, rate, questions):
        self.port, self.rate, self.questions = port, rate, questions
        self.due, self.done, self.failed = queue.Queue(), [], []
        self.ends = threading.Event()
        self.threads = [threading.Thread(target=self.work, daemon=True) for _ in range(WORKERS)]
        self.threads.append(threading.Thread(target=self.pace, daemon=True))
        for thread in self.threads:
            thread.start()

    def pace(self):
        start, number = time.monotonic(), 0
        while not self.ends.is_set():
            while number < (time.monotonic() - start) * self.rate:
                self.due.put(number)
                number += 1
            time.sleep(0.002)
        for _ in range(WORKERS):
            self.due.put(None)

    def work(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        while (number := self.due.get()) is not None:
            body = json.dumps({"query": self.questions[number % len(self.questions)]})
            began = time.monotonic()
            try:
                connection.request("POST", "/v1/retrieve", body, {"content-type": "application/json"})
                reply = connection.getresponse()
                reply.read()
                release = int(reply.headers.get("neo-release", "0"))
                (self.done if reply.status == 200 else self.failed).append((began, time.monotonic() - began, release))
            except OSError as error:
                self.failed.append((began, time.monotonic() - began, repr(error)))
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def stop(self):
        self.ends.set()
        for thread in self.threads:
            thread.join()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--neo", required=True)
    parser.add_argument("--data", required=True, type=pathlib.Path)
    parser.add_argument("--rate", type=float, default=500)
    parser.add_argument("--seconds", type=float, default=30)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        environment = dict(os.environ, NEO_KNOWLEDGE="none", NEO_HOME=str(folder / "home"))

        def neo(*line):
            began = time.monotonic()
            done = subprocess.run([given.neo, *line], cwd=folder, env=environment, capture_output=True, text=True)
            if done.returncode:
                sys.exit(f"neo {' '.join(line)} ended with {done.returncode}: {done.stderr}{done.stdout}")
            return began, time.monotonic()

        (folder / "p").mkdir()
        (folder / "p/corpus.jsonl").write_bytes((given.data / "corpus.jsonl").read_bytes())
        (folder / "p/golden.jsonl").write_text(
            "".join(json.dumps(row) + "\n" for row in golden(given.data, 100)), encoding="utf-8")
        for space in ("bm25.k1: 1.2", "bm25.k1: 0.9"):
            (folder / "p/neo.yaml").write_text(
                "documents: [corpus.jsonl]\nencoder: none\nspace: {retriever: bm25, chunker: structure, chunk.size: 256, "
                f"bm25.b: 0.75, {space}}}\n")
            neo("search", "p", "--trials", "2", "--latency-requests", "0", "--holdout")
            neo("release", "build", "p")
        neo("release", "promote", "1", "p")
        server = subprocess.Popen(
            [given.neo, "serve", "p", "--port", "0", "--json", "--log", "errors", "--requests-per-minute", "0"],
            cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)
        text = ""
        for line in server.stdout:
            text += line
            if line.startswith("}"):
                break
        port = int(re.search(r":(\d+)/?\"", text)[1])
        queries = (given.data / "queries.jsonl").read_text(encoding="utf-8").splitlines()
        load = Load(port, given.rate, [json.loads(line)["text"] for line in queries])
        pause = given.seconds / 6
        time.sleep(pause)
        changes = []
        for what, line, gone in (
            ("promote 2", ("release", "promote", "2", "p", "--margin", "0.9"), 1),
            ("rollback", ("release", "rollback", "p"), 2),
            ("canary", ("release", "promote", "2", "p", "--stage", "canary", "--margin", "0.9"), None),
            ("rollback of the canary", ("release", "rollback", "p"), 2),
        ):
            changes.append((what, *neo(*line), gone))
            time.sleep(pause)
        load.stop()
        server.terminate()
        server.wait()
    asked = load.done + load.failed
    seconds = max(began + took for began, took, _ in asked) - min(began for began, _, _ in asked)
    times = sorted(took * 1000 for _, took, _ in load.done)
    print(f"{len(asked)} requests in {seconds:.1f} s, {len(asked) / seconds:.0f} a second; {len(load.failed)} failed")
    print(f"median {statistics.median(times):.2f} ms, 95 % {times[len(times) * 95 // 100]:.2f} ms, "
          f"99.9 % {times[len(times) * 999 // 1000]:.2f} ms, longest {times[-1]:.1f} ms")
    print("| change | the command, s | after it the other release still answered for, s |\n|---|---|---|")
    for at, (what, began, ended, gone) in enumerate(changes):
        until = changes[at + 1][1] if at + 1 < len(changes) else float("inf")
        late = [start for start, _, release in load.done if ended < start < until and release == gone]
        print(f"| {what} | {ended - began:.2f} | {max(late) - ended if late else 0:.2f} |")
    if load.failed:
        print(load.failed[:3])


main()
