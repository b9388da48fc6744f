"""Logging and reading runs: Neo beside Trackio and MLflow, one run, in turn. Prints tables in Markdown.

    swift build -c release --product neo-bench
    python3 -m venv .venv/tracking-bench && .venv/tracking-bench/bin/pip install -r Benchmarks/tracking-requirements.txt
    .venv/tracking-bench/bin/python Benchmarks/tracking.py --neo-bench .build/release/neo-bench
"""

import argparse
import json
import math
import os
import pathlib
import shutil
import sqlite3
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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--neo-bench", default=".build/release/neo-bench")
    parser.add_argument("--neo", help="the program, to measure Parquet")
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
            start = time.perf_counter()
            subprocess.check_call(
                [options.neo, "export", "parquet", folder, "--to", f"{folder}/all.parquet", "--json"],
                stdout=subprocess.DEVNULL)
            print(f"| all points as one Parquet file | {time.perf_counter() - start:.2f} | |")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
