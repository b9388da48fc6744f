"""Measures Neo and its peers in turn, A B A B, on the same input, and prints a table of medians and ratios.

An absolute figure depends on the machine and on what else it does; the ratio of one run says something.
"""

import argparse
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import time

import numpy


class Neo:
    """The program `neo-bench`, which stays loaded."""

    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def measure(self, **order):
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit("bench: neo-bench ended")
        answer = json.loads(line)
        return answer["perSecond"], answer["check"]


def repeated(work, seconds):
    """Runs `work(round)`, which answers units and a check, for a while; answers units a second and the first check."""
    units, round_, first = 0, 0, None
    start = time.perf_counter()
    while True:
        done, check = work(round_)
        first = check if round_ == 0 else first
        units += done
        round_ += 1
        elapsed = time.perf_counter() - start
        if elapsed >= seconds:
            return units / elapsed, first


def in_turn(name, ours, peers, rounds, same=True):
    """Measures all in turn; prints a row for each peer."""
    ours_rates, peer_rates = [], {label: [] for label in peers}
    checks = {}
    for _ in range(rounds):
        rate, checks["neo"] = ours()
        ours_rates.append(rate)
        for label, work in peers.items():
            rate, checks[label] = work()
            peer_rates[label].append(rate)
    mine = statistics.median(ours_rates)
    for label, rates in peer_rates.items():
        theirs = statistics.median(rates)
        agreed = len(set(checks["neo"]) & set(checks[label]))
        note = f"{agreed} of {len(checks['neo'])} of the first query's hits the same" if same else ""
        print(f"| {name} | {mine:,.0f}/s | {label} {theirs:,.0f}/s | {mine / theirs:.2f} | {note} |", flush=True)


def flat(neo, folder, options):
    import faiss

    generator = numpy.random.default_rng(7)
    rows = generator.standard_normal((100_000, 384), dtype="float32")
    queries = generator.standard_normal((512, 384), dtype="float32")
    for vectors in (rows, queries):
        vectors /= numpy.linalg.norm(vectors, axis=1, keepdims=True)
    rows.tofile(folder / "rows.f32")
    queries.tofile(folder / "queries.f32")
    faiss.omp_set_num_threads(2)
    index = faiss.IndexFlatIP(384)
    index.add(rows)

    def peer(batch):
        def once(round_):
            first = round_ * batch % (len(queries) - batch + 1)
            _, ids = index.search(queries[first : first + batch], 10)
            return batch, ids[0].tolist()

        return lambda: repeated(once, options.seconds)

    def product(batch):
        def once(round_):
            first = round_ * batch % (len(queries) - batch + 1)
            scores = queries[first : first + batch] @ rows.T
            best = numpy.argpartition(-scores, 10, axis=1)[:, :10]
            return batch, best[0].tolist()

        return lambda: repeated(once, options.seconds)

    for storage in ("float32", "float16", "int8"):
        for batch in (1, 256):
            in_turn(
                f"flat 100,000 × 384, {storage}, {batch} at once, 2 threads",
                lambda: neo.measure(
                    work=f"flat:{storage}", folder=str(folder), seconds=options.seconds, batch=batch, tasks=2,
                    storage=storage),
                {f"faiss {faiss.__version__}": peer(batch)} | ({"numpy": product(batch)} if storage == "float32" else {}),
                options.rounds,
            )


def bm25(neo, folder, options):
    import bm25s

    data = pathlib.Path(options.data) / "cranfield"
    if not data.is_dir():
        print(f"bench: there is no {data}, so BM25 is not measured", file=sys.stderr)
        return

    def rows(name):
        with open(data / name, encoding="utf-8") as lines:
            return [json.loads(line) for line in lines if line.strip()]

    def terms(text):
        return "".join(c if c.isalnum() else " " for c in text.lower()).split()

    documents = [terms(row["title"] + " " + row["text"]) for row in rows("corpus.jsonl")]
    queries = [terms(row["text"]) for row in rows("queries.jsonl")]
    for copies in (1, 70):
        # Copies with some words exchanged, so that they are not all equal.
        generator = random.Random(7)
        words = sorted({word for document in documents for word in document})
        many = list(documents)
        for _ in range(copies - 1):
            many += [[w if generator.random() > 0.2 else generator.choice(words) for w in d] for d in documents]
        place = folder / f"bm25-{len(many)}"
        place.mkdir(exist_ok=True)
        with open(place / "bm25.json", "w", encoding="utf-8") as file:
            json.dump({"documents": many, "queries": queries}, file)
        peers = {}
        for backend in ("numpy", "numba"):
            peer = bm25s.BM25(method="lucene", k1=1.2, b=0.75, backend=backend)
            peer.index(many, show_progress=False)
            if backend == "numba":
                peer.activate_numba_scorer()

            def once(_, peer=peer):
                ids, _ = peer.retrieve(queries, k=10, show_progress=False, n_threads=0, sorted=True)
                return len(queries), [int(i) for i in ids[0]]

            once(0)
            peers[f"bm25s {bm25s.__version__} {backend}"] = lambda once=once: repeated(once, options.seconds)
        in_turn(
            f"BM25, {len(many):,} documents, 1 thread",
            lambda: neo.measure(work=f"bm25:{len(many)}", folder=str(place), seconds=options.seconds),
            peers, options.rounds,
        )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--neo-bench", required=True)
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--out", required=True)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("works", nargs="*", default=["flat", "bm25"])
    options = parser.parse_args()
    folder = pathlib.Path(options.out)
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    print("| work | neo | peer | ratio | |\n|---|---|---|---|---|")
    neo = Neo(options.neo_bench)
    for work in options.works:
        globals()[work](neo, folder, options)


if __name__ == "__main__":
    main()
