"""Logging and reading runs: Neo beside Trackio and MLflow, one run, in turn. Prints tables in Markdown.

    swift build -c release --product neo-bench
    swift build -c release --product neo
    python3 -m venv .venv/tracking-bench && .venv/tracking-bench/bin/pip install -r Benchmarks/tracking-requirements.txt
    .venv/tracking-bench/bin/python Benchmarks/tracking.py --neo-bench .build/release/neo-bench \\
        --neo .build/release/neo
"""

import argparse
import http.client
import json
import math
import os
import pathlib
import re
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

TRACKIO = """
import sys, time, trackio
count, name = int(sys.argv[1]), sys.argv[2]
run = trackio.init(project="bench", name=name, embed=False)
start = time.perf_counter()
for step in range(count):
    trackio.log({"loss": 1 / (step + 1)}, step=step)
acknowledged = time.perf_counter() - start
trackio.finish()
print(acknowledged, time.perf_counter() - start)
"""

MLFLOW = """
import sys, time, mlflow
count, name = int(sys.argv[1]), sys.argv[2]
mlflow.set_experiment("bench")
with mlflow.start_run(run_name=name):
    start = time.perf_counter()
    for step in range(count):
        mlflow.log_metric("loss", 1 / (step + 1), step=step)
    seconds = time.perf_counter() - start
print(seconds, seconds)
"""


def together(commands, environment):
    """Runs commands at the same time; their outputs, and how long it took until the last had ended."""
    start = time.perf_counter()
    running = [
        subprocess.Popen(c, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for c in commands]
    outputs = [process.communicate()[0] for process in running]
    if any(process.returncode for process in running):
        sys.exit(f"failed: {commands[0]}")
    return outputs, time.perf_counter() - start


def neo(bench, folder, points, writers):
    each = points // writers
    outputs, wall = together([[bench, "tracking", "log", folder, str(each)]] * writers, os.environ)
    acknowledged = max(json.loads(output)["seconds"] for output in outputs)
    taken = json.loads(subprocess.check_output([bench, "tracking", "take", folder], text=True))
    return acknowledged, wall + taken["seconds"], taken["points"]


def trackio(folder, points, writers):
    environment = os.environ | {"TRACKIO_DIR": folder, "HF_HUB_OFFLINE": "1"}
    each = str(points // writers)
    outputs, _ = together(
        [[sys.executable, "-c", TRACKIO, each, f"run-{n}"] for n in range(writers)], environment)
    times = [[float(x) for x in output.split()[-2:]] for output in outputs]
    database = sqlite3.connect(f"{folder}/bench.db")
    kept = database.execute("SELECT count(*) FROM metrics").fetchone()[0]
    return max(t[0] for t in times), max(t[1] for t in times), kept


def mlflow(folder, points, writers):
    environment = os.environ | {
        "MLFLOW_TRACKING_URI": f"sqlite:///{folder}/mlflow.db", "MLFLOW_ENABLE_ASYNC_LOGGING": "false"}
    # The tables are made before anybody counts.
    together([[sys.executable, "-c", MLFLOW, "1", "first"]], environment)
    each = str(points // writers)
    outputs, _ = together([[sys.executable, "-c", MLFLOW, each, f"run-{n}"] for n in range(writers)], environment)
    seconds = max(float(output.split()[-1]) for output in outputs)
    database = sqlite3.connect(f"{folder}/mlflow.db")
    kept = database.execute("SELECT count(*) FROM metrics").fetchone()[0] - 1
    return seconds, seconds, kept


def fill(bench, folder, runs, points):
    """A large project; the tables are Neo's, and the rows are written past it."""
    subprocess.check_output([bench, "tracking", "list", folder])
    database = sqlite3.connect(f"{folder}/.neo/runs.db")
    database.execute("PRAGMA synchronous = OFF")
    database.execute("INSERT INTO metrics VALUES (1, 'loss', 0)")
    for run in range(1, runs + 1):
        began = 1.7e9 + run
        database.execute(
            "INSERT INTO runs (number, id, project, kind, name, status, configuration, tags, command, started, ended, "
            "last_logged, points, last_step) VALUES (?, ?, 'large', 'training', ?, 'finished', '{}', '[]', '[]', ?, ?, "
            "?, ?, ?)", (run, f"run-{run:05}", f"run {run}", began, began + 5, began + 5, points, points - 1))
        database.executemany(
            "INSERT INTO points VALUES (?, 1, ?, ?, ?, ?)",
            ((run, n, n, began + n / 1000, math.exp(-n / 300) + (run * 7919 + n * 31) % 97 / 1000) for n in range(points)))
        database.execute(
            "INSERT INTO series VALUES (?, 1, ?, ?, ?, 0.1, 0, 1.1)", (run, points, points - 1, began + 1))
    database.commit()
    database.close()


def page(port, path):
    """Loads a page as a browser would; how long until its last byte."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    start = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        sys.exit(f"{path}: {answer.status} {body[:300]}")
    return time.perf_counter() - start, body.decode()


def follow(port, path):
    stream = socket.create_connection(("127.0.0.1", port))
    stream.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/event-stream\r\n\r\n".encode())
    return stream


def live(bench, folder, port, path, browsers):
    """How long after a point was logged the first and the last of the browsers have the part of the page that it changes."""
    streams = [follow(port, path) for _ in range(browsers)]
    time.sleep(5)
    for stream in streams:
        stream.setblocking(False)
        try:
            while stream.recv(1 << 20):
                pass
        except BlockingIOError:
            pass
    subprocess.check_output([bench, "tracking", "log", folder, "100"])
    start, arrived = time.perf_counter(), {}
    while len(arrived) < browsers and time.perf_counter() - start < 30:
        for number, stream in enumerate(streams):
            try:
                if number not in arrived and b"event: part" in stream.recv(1 << 20):
                    arrived[number] = time.perf_counter() - start
            except BlockingIOError:
                pass
        time.sleep(0.002)
    for stream in streams:
        stream.close()
    return sorted(arrived.values())


def served(neo, bench, folder):
    """The pages of the dashboard over a large project."""
    pathlib.Path(folder, "neo.yaml").write_text("name: large\ntracking: {parquet: false}\n")
    process = subprocess.Popen(
        [neo, "dashboard", folder, "--port", "0", "--json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        text = ""
        while not text.endswith("\n}\n"):
            text += process.stdout.readline() or sys.exit("the dashboard did not start")
        said = json.loads(text)
        port, project = int(said["url"].split(":")[2].strip("/")), said["projects"][0]["id"]
        base = f"/p/{project}"
        newest = [f"run-{number:05}" for number in range(1, 21)]
        paths = {
            "first page": "/", "list of runs": f"{base}/runs", "a run": f"{base}/run?id={newest[0]}",
            "chart of 20 runs": f"{base}/compare?" + "&".join(f"run={name}" for name in newest)}
        for name, path in paths.items():
            times, bytes = [], 0
            for _ in range(20):
                seconds, body = page(port, path)
                times.append(seconds)
                bytes = len(body)
            print(f"| {name}, from the dashboard ({bytes / 1000:.0f} kB) | {statistics.median(times):.4f}, "
                  f"first {times[0]:.4f} | |")
        events = re.search(r'data-events="([^"]*)"', page(port, paths["list of runs"])[1])[1].replace("&amp;", "&")
        for browsers in (1, 20):
            arrived = live(bench, folder, port, events, browsers)
            print(f"| a new run in the list of {browsers} browsers, {len(arrived)} reached | {arrived[0]:.3f} to "
                  f"{arrived[-1]:.3f} | |")
        status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
        largest = int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024
        print(f"| the dashboard at its largest | | {largest:.0f} |")
    finally:
        process.terminate()
        process.wait()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--neo-bench", default=".build/release/neo-bench")
    parser.add_argument("--neo", help="the program, to measure pages and Parquet")
    parser.add_argument("--points", type=int, default=100_000)
    parser.add_argument("--mlflow-points", type=int, default=2_000, help="MLflow is slow: so many points instead")
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    bench = str(pathlib.Path(options.neo_bench).absolute())
    print("| | writers | points | acknowledged a second | in the database a second | lost |\n|---|---|---|---|---|---|")
    tools = [
        ("Neo", lambda *a: neo(bench, *a), options.points), ("Trackio 0.43", trackio, options.points),
        ("MLflow 3.17, SQLite", mlflow, options.mlflow_points)]
    for writers in (1, 8):
        for name, tool, points in tools:
            best = None
            for _ in range(options.rounds):
                folder = tempfile.mkdtemp(prefix="neo-tracking-")
                try:
                    row = tool(folder, points, writers)
                finally:
                    shutil.rmtree(folder, ignore_errors=True)
                best = row if best is None or row[1] < best[1] else best
            total = points // writers * writers
            print(f"| {name} | {writers} | {total} | {total / best[0]:,.0f} | {total / best[1]:,.0f} | {total - best[2]} |",
                  flush=True)
    folder = tempfile.mkdtemp(prefix="neo-tracking-")
    try:
        fill(bench, folder, options.runs, 1000)
        print(f"\n| {options.runs} runs of 1,000 points | seconds | memory in MB |\n|---|---|---|")
        for name in ("list", "chart"):
            said = json.loads(subprocess.check_output([bench, "tracking", name, folder], text=True))
            print(f"| {name} | {said['seconds']:.4f} | {said['memory']:.0f} |")
        if options.neo:
            served(str(pathlib.Path(options.neo).absolute()), bench, folder)
            start = time.perf_counter()
            subprocess.check_call(
                [options.neo, "export", "parquet", folder, "--to", f"{folder}/all.parquet", "--json"],
                stdout=subprocess.DEVNULL)
            print(f"| all points as one Parquet file | {time.perf_counter() - start:.2f} | |")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
