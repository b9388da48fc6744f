"""Measures `neo serve` and a FastAPI server of the usual parts in turn: hybrid retrieval, distinct questions, no cache."""

import argparse
import http.client
import json
import pathlib
import statistics
import subprocess
import sys
import threading
import time


def questions(folder):
    """1,000 distinct questions: those of the collection, and the first sentences of its documents."""
    found = []
    for name in ("queries.jsonl", "corpus.jsonl"):
        with open(folder / name, encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line)["text"].split(" . ")[0][:200].strip()
                if len(text) > 20 and text not in found:
                    found.append(text)
    return found[:1000]


def load(port, texts, clients):
    """Every client has one connection; answers questions a second, the 99th percentile in ms, and the first reply."""
    times, replies, lock = [], {}, threading.Lock()
    work = iter(enumerate(texts))

    def client():
        connection = http.client.HTTPConnection("127.0.0.1", port)
        while True:
            with lock:
                item = next(work, None)
            if item is None:
                return
            body = json.dumps({"query": item[1], "limit": 10})
            start = time.perf_counter()
            connection.request("POST", "/v1/retrieve", body, {"content-type": "application/json"})
            response = connection.getresponse()
            reply = response.read()
            elapsed = time.perf_counter() - start
            if response.status != 200:
                sys.exit(f"serve: {response.status} {reply[:200]}")
            with lock:
                times.append(elapsed)
                replies[item[0]] = [p["document"] for p in json.loads(reply)["passages"]]

    start = time.perf_counter()
    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    total = time.perf_counter() - start
    return len(texts) / total, sorted(times)[int(len(times) * 0.99)] * 1000, replies


def wait(port):
    for _ in range(1200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.25)
    sys.exit("serve: a server did not start")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--neo", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--project", required=True, help="the collection as `neo import` made it")
    parser.add_argument("--data", required=True, help="the collection itself")
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    data = pathlib.Path(options.data)
    texts = questions(data)[: options.questions]
    servers = [
        subprocess.Popen([options.neo, "serve", options.project, "--port", "9131", "--quiet",
                          "--requests-per-minute", "1000000"], stdout=subprocess.DEVNULL),
        subprocess.Popen([sys.executable, str(pathlib.Path(__file__).with_name("peer_server.py")), options.model,
                          str(data / "corpus.jsonl"), "9132"]),
    ]
    try:
        for port in (9131, 9132):
            wait(port)
            load(port, texts[:20], 2)
        print("| clients | neo | FastAPI + sentence-transformers + FAISS + bm25s | ratio | p99 ms | top 10 the same |")
        print("|---|---|---|---|---|---|")
        for clients in (1, 8, 32):
            rates, tails, shared = {9131: [], 9132: []}, {9131: [], 9132: []}, 0
            for _ in range(options.rounds):
                found = {}
                for port in (9131, 9132):
                    rate, tail, found[port] = load(port, texts, clients)
                    rates[port].append(rate)
                    tails[port].append(tail)
                shared = statistics.mean(
                    len(set(found[9131][i]) & set(found[9132][i])) / 10 for i in range(len(texts)))
            ours, theirs = (statistics.median(rates[port]) for port in (9131, 9132))
            tail = [statistics.median(tails[port]) for port in (9131, 9132)]
            print(f"| {clients} | {ours:.0f}/s | {theirs:.0f}/s | {ours / theirs:.1f} | {tail[0]:.0f} and {tail[1]:.0f} "
                  f"({tail[0] / tail[1]:.2f}) | {shared:.0%} |", flush=True)
    finally:
        for server in servers:
            server.terminate()


if __name__ == "__main__":
    main()
