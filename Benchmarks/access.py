"""Measures what keys, limits, access lists and the audit log cost a request, and whether the time of an answer tells that there are
hidden documents: three times `neo serve`, in turn, over the same documents that the client sees. CPU is the process's own, by
request; times are those of a client with one connection."""

import argparse
import http.client
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

TICKS = os.sysconf("SC_CLK_TCK")


def project(folder, data, rules, hidden=False):
    (folder / "docs").mkdir(parents=True)
    corpus = (data / "corpus.jsonl").read_text(encoding="utf-8")
    (folder / "docs/corpus.jsonl").write_text(corpus, encoding="utf-8")
    if hidden:
        rows = [json.loads(line) for line in corpus.splitlines()]
        (folder / "docs/hidden.jsonl").write_text(
            "".join(json.dumps({**row, "_id": "hidden-" + row["_id"]}) + "\n" for row in rows), encoding="utf-8")
    (folder / "neo.yaml").write_text(
        "name: bench\ndocuments: ['docs/*.jsonl']\nencoder: none\n"
        + ("access: {documents: [{match: 'docs/hidden.jsonl', groups: [few]}, {match: '**', groups: [everyone]}]}\n"
           if rules else ""))
    return folder


def key(neo, folder):
    made = subprocess.run(
        [neo, "access", "keys", "add", "bench", str(folder), "--scopes", "retrieve", "--per-minute", "100000000",
         "--per-day", "1000000000", "--json"], check=True, capture_output=True, text=True)
    return {"authorization": "Bearer " + json.loads(made.stdout)["key"]}


def cpu(process):
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def serve(neo, folder):
    process = subprocess.Popen(
        [neo, "serve", str(folder), "--port", "0", "--json", "--log", "errors", "--requests-per-minute", "0"],
        stdout=subprocess.PIPE, text=True)
    text = ""
    for line in process.stdout:
        text += line
        if line.startswith("}"):
            break
    else:
        sys.exit("access: a server did not start")
    return process, int(json.loads(text)["url"].rsplit(":", 1)[1].strip("/"))


def round_of(process, port, texts, headers):
    connection = http.client.HTTPConnection("127.0.0.1", port)
    times, before = [], cpu(process)
    for text in texts:
        body = json.dumps({"query": text, "limit": 10})
        start = time.perf_counter()
        connection.request("POST", "/v1/retrieve", body, {"content-type": "application/json", **headers})
        response = connection.getresponse()
        reply = response.read()
        times.append(time.perf_counter() - start)
        if response.status != 200:
            sys.exit(f"access: {response.status} {reply[:200]}")
    # What is written beside the requests counts, too.
    time.sleep(0.5)
    return statistics.median(times) * 1000, (cpu(process) - before) / len(texts) * 1000


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--neo", required=True)
    parser.add_argument("--data", required=True, help="a collection in BEIR's layout")
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    data = pathlib.Path(options.data)
    with open(data / "corpus.jsonl", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"].split(" . ")[0][:200].strip() for line in lines]
    texts = [text for text in texts if len(text) > 20][: options.questions]
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        folders = [project(place / "plain", data, False), project(place / "guarded", data, True),
                   project(place / "hidden", data, True, hidden=True)]
        headers = [{}] + [key(options.neo, folder) for folder in folders[1:]]
        servers = [(*serve(options.neo, folder), own) for folder, own in zip(folders, headers)]
        try:
            for process, port, own in servers:
                round_of(process, port, texts[:50], own)
            medians, costs = ([], [], []), ([], [], [])
            for _ in range(options.rounds):
                for side, (process, port, own) in enumerate(servers):
                    median, cost = round_of(process, port, texts, own)
                    medians[side].append(median)
                    costs[side].append(cost)
            log = subprocess.run(
                [options.neo, "access", "log", str(folders[1]), "--verify", "--json"], check=True, capture_output=True, text=True)
        finally:
            for process, _, _ in servers:
                process.terminate()
                process.wait()
        times = [statistics.median(side) for side in medians]
        cpus = [statistics.median(side) for side in costs]
        print("| | median, ms | CPU a request, ms |")
        print("|---|---|---|")
        for name, median, cost in zip(
                ("without", "keys, limits, access lists and log", "the same, and as many hidden documents"), times, cpus):
            print(f"| {name} | {median:.3f} ({median - times[0]:+.3f}) | {cost:.3f} ({cost / cpus[0] - 1:+.1%}) |")
        print(f"\n{options.rounds} rounds of {len(texts)} questions each, in turn; {json.loads(log.stdout)['rows']} rows in the log.")


if __name__ == "__main__":
    main()
