"""What it costs to write down each question: two servers of one project, one of which keeps a row a question and watches
itself, asked in turn, A B A B.

    python monitoring.py --neo PATH [--rounds 12] [--questions 400]

The server's processor time is read from /proc; times are a client's on loopback, one connection.
"""

import argparse
import http.client
import json
import os
import pathlib
import platform
import signal
import statistics
import subprocess
import tempfile
import time

WORDS = "server request header route stream body timeout handler signal shutdown cache index query row column".split()


def project(folder, monitoring):
    (folder / "docs").mkdir(parents=True)
    for number in range(300):
        words = [WORDS[(number * 7 + step * (1 + number % 5)) % len(WORDS)] for step in range(120)]
        text = ". ".join(" ".join(words[start : start + 12]) for start in range(0, len(words), 12))
        (folder / "docs" / f"{number}.md").write_text(f"# Document {number}\n\n{text}.\n")
    (folder / "golden.jsonl").write_text("")
    (folder / "neo.yaml").write_text(f"documents: ['docs/*.md']\nencoder: none\nmonitoring: {monitoring}\n")
    return folder


class Server:
    def __init__(self, neo, folder):
        environment = dict(os.environ, NEO_KNOWLEDGE="none")
        self.process = subprocess.Popen(
            [neo, "serve", str(folder), "--port", "0", "--json", "--log", "errors", "--requests-per-minute", "0"],
            stdout=subprocess.PIPE,
            env=environment,
        )
        text = ""
        while not text.rstrip().endswith("}"):
            text += self.process.stdout.readline().decode()
        self.port = int(json.loads(text)["url"].rsplit(":", 1)[1])
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port)

    def processor_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def ask(self, number):
        body = json.dumps({"query": f"how does the {WORDS[number % len(WORDS)]} end a {WORDS[(number * 3) % len(WORDS)]}?"})
        start = time.perf_counter()
        self.connection.request("POST", "/v1/answer", body, {"content-type": "application/json"})
        reply = self.connection.getresponse()
        reply.read()
        assert reply.status == 200, reply.status
        return time.perf_counter() - start

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--neo", required=True)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--questions", type=int, default=400)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        servers = {
            "nothing kept": Server(options.neo, project(folder / "off", "false")),
            "a row a question": Server(options.neo, project(folder / "on", "{probe_minutes: 0}")),
        }
        times = {name: [] for name in servers}
        processor = {name: [] for name in servers}
        for number in range(options.rounds + 1):
            for name, server in servers.items():
                before = server.processor_seconds()
                found = [server.ask(step) for step in range(options.questions)]
                # What is written in batches belongs to the questions, too.
                time.sleep(1)
                # The first round warms both up.
                if number > 0:
                    times[name] += found
                    processor[name].append((server.processor_seconds() - before) / options.questions)
        for server in servers.values():
            server.end()
    off, on = servers
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, {options.rounds} rounds of {options.questions}")
    print("| server | median ms | 95 % ms | processor ms a question |")
    print("|---|---|---|---|")
    for name in servers:
        ordered = sorted(times[name])
        print(
            f"| {name} | {1000 * statistics.median(ordered):.3f} | {1000 * ordered[int(0.95 * len(ordered))]:.3f} "
            f"| {1000 * statistics.median(processor[name]):.3f} |"
        )
    ratio = statistics.median(processor[on]) / statistics.median(processor[off])
    difference = 1000 * (statistics.median(times[on]) - statistics.median(times[off]))
    print(f"logging: processor time x {ratio:.3f}, median {difference:+.3f} ms")


main()
