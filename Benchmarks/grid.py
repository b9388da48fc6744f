"""Measures a search of the same six configurations with `neo search` and with context-grid: time and quality.

BM25, dense and hybrid, each over windows of 256 and of 128 tokens, nothing cached, MiniLM on both sides: context-grid
asks a server of sentence-transformers on loopback, which is loaded before the clock starts. Quality is computed here,
by one program for both, from the rankings alone.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request

import pytrec_eval

OVERLAP = 32
SIZES = (256, 128)
RETRIEVERS = ("bm25", "dense", "hybrid")
BUDGET = 4000
TEI_PORT, NEO_PORT = 9141, 9142


def rows(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def post(url, body):
    request = urllib.request.Request(url, json.dumps(body).encode(), {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as reply:
        return json.load(reply)


def wait(url):
    for _ in range(600):
        try:
            with urllib.request.urlopen(url, timeout=2) as reply:
                if reply.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    sys.exit(f"grid: {url} does not answer")


class Cranfield:
    """Whole documents are relevant, in grades: nDCG@10 as trec_eval computes it, a document where its best passage is."""

    name, measure = "Cranfield", "nDCG@10"

    def __init__(self, data):
        self.source = data / "cranfield"
        documents = rows(self.source / "corpus.jsonl")
        self.texts = {f"{row['_id']}.txt": f"{row['title']}\n\n{row['text']}".strip() for row in documents}
        self.texts = {name: text for name, text in self.texts.items() if text}
        self.qrels = {}
        for line in (self.source / "qrels" / "test.tsv").read_text().splitlines()[1:]:
            query, document, grade = line.split("\t")
            self.qrels.setdefault(query, {})[f"{document}.txt"] = int(grade)
        self.questions = {row["_id"]: row["text"] for row in rows(self.source / "queries.jsonl")}
        self.questions = {id: text for id, text in self.questions.items() if id in self.qrels}

    def anchors(self, question):
        """context-grid scores quotes; a document stands for itself by how it begins."""
        return [
            {"source_id": name, "quote": self.texts[name].split("\n")[0][:80], "grade": grade}
            for name, grade in self.qrels[question].items() if name in self.texts]

    def quality(self, rankings):
        run = {}
        for question, passages in rankings.items():
            ranked = list(dict.fromkeys(document for document, _, _ in passages))
            run[question] = {name: float(len(ranked) - rank) for rank, name in enumerate(ranked)}
        scores = pytrec_eval.RelevanceEvaluator(self.qrels, {"ndcg_cut_10"}).evaluate(run)
        return sum(score["ndcg_cut_10"] for score in scores.values()) / len(self.qrels)


class Wikipedia:
    """Quotes are the evidence: what share of them stands in the first so many characters of the passages."""

    measure = f"quotes in the first {BUDGET:,} characters"

    def __init__(self, data, subject):
        self.name, self.source = f"Wikipedia, {subject}", data / "wikipedia" / subject
        self.texts = {path.name: path.read_text() for path in (self.source / "documents").glob("*.md")}
        self.questions, self.evidence = {}, {}
        for row in rows(self.source / "golden.jsonl"):
            places = [
                (e["document"], self.texts[e["document"]].find(e["quote"]), len(e["quote"]))
                for e in row["evidence"] if e["document"] in self.texts]
            places = [(name, start, start + length) for name, start, length in places if start >= 0]
            if places:
                self.questions[row["id"]], self.evidence[row["id"]] = row["question"], places

    def anchors(self, question):
        return [
            {"source_id": name, "quote": self.texts[name][start:end], "grade": 1}
            for name, start, end in self.evidence[question]]

    def quality(self, rankings):
        shares = []
        for question, places in self.evidence.items():
            read, left = set(), BUDGET
            for name, start, end in rankings.get(question, []):
                # Text that stands in two passages is read twice.
                read.update((name, place) for place in range(start, min(end, start + left)))
                left -= min(end - start, left)
            wanted = {(name, place) for name, start, end in places for place in range(start, end)}
            shares.append(len(wanted & read) / len(wanted))
        return statistics.mean(shares)


class Neo:
    def __init__(self, program, folder, collection):
        self.program, self.folder, self.collection = program, folder, collection
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "documents").mkdir(parents=True)
        for name, text in collection.texts.items():
            (folder / "documents" / name).write_text(text)
        with open(folder / "golden.jsonl", "w", encoding="utf-8") as file:
            for id, text in collection.questions.items():
                row = {"id": id, "question": text}
                if isinstance(collection, Cranfield):
                    row["relevant"] = {
                        name: grade for name, grade in collection.qrels[id].items() if name in collection.texts}
                else:
                    row["evidence"] = [
                        {"document": name, "quote": collection.texts[name][start:end]}
                        for name, start, end in collection.evidence[id]]
                file.write(json.dumps(row) + "\n")

    def search(self, retrievers, sizes, encoder, cold):
        """Seconds from the start of the process to its end."""
        if cold:
            shutil.rmtree(self.folder / ".neo", ignore_errors=True)
        space = {
            "chunker": "tokens", "chunk.size": list(sizes), "chunk.overlap": OVERLAP, "retriever": list(retrievers),
            "bm25.k1": 1.2, "bm25.b": 0.75, "bm25.stemming": True, "bm25.stop_words": True}
        if "hybrid" in retrievers:
            space |= {"fusion.k": 60, "fusion.dense_weight": 0.5}
        trials = len(retrievers) * len(sizes)
        project = {
            "kind": "rag", "documents": ["documents/*"], "golden": "golden.jsonl", "encoder": encoder,
            "search": {"trials": trials, "sampler": "grid", "seed": 1}, "space": space}
        (self.folder / "neo.yaml").write_text(json.dumps(project))
        start = time.perf_counter()
        subprocess.run(
            [self.program, "search", str(self.folder), "--quiet", "--allow-fixed-k"], check=True,
            stdout=subprocess.DEVNULL)
        return time.perf_counter() - start

    def rankings(self, retriever, size, encoder):
        """The passages of every question as the service gives them, vectors from the cache."""
        self.search([retriever], [size], encoder, cold=False)
        server = subprocess.Popen(
            [self.program, "serve", str(self.folder), "--port", str(NEO_PORT), "--quiet", "--requests-per-minute",
             "1000000"], stdout=subprocess.DEVNULL)
        try:
            wait(f"http://127.0.0.1:{NEO_PORT}/readyz")
            result = {}
            for id, text in self.collection.questions.items():
                reply = post(f"http://127.0.0.1:{NEO_PORT}/v1/retrieve", {"query": text, "limit": 30})
                result[id] = [self.place(passage) for passage in reply["passages"]]
            return result
        finally:
            server.terminate()
            server.wait()

    def place(self, passage):
        """The service counts bytes; context-grid counts characters."""
        name = pathlib.PurePath(passage["document"]).name
        text = self.collection.texts[name].encode()
        start = len(text[: passage["start_idx"]].decode(errors="ignore"))
        return name, start, start + len(text[passage["start_idx"] : passage["end_idx"]].decode(errors="ignore"))


def context_grid(folder, collection, retrievers):
    questions = folder / "questions.jsonl"
    with open(questions, "w", encoding="utf-8") as file:
        for id, text in collection.questions.items():
            file.write(json.dumps({"id": id, "question": text, "anchors": collection.anchors(id)}) + "\n")
    order = {
        "corpus": str(folder / "documents"), "questions": str(questions), "bundle": str(folder / "context-grid"),
        "parser": "text", "indexes": list(retrievers), "k": 30,
        "chunkers": [f"fixed:{size},overlap={OVERLAP}" for size in SIZES],
        "embedder": f"tei:all-MiniLM-L6-v2,api_base=http://127.0.0.1:{TEI_PORT},batch_size=128,timeout=900,query_prefix="}
    peer = pathlib.Path(__file__).with_name("contextgrid_peer.py")
    done = subprocess.run(
        [sys.executable, str(peer)], input=json.dumps(order), stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def measure(collection, options):
    folder = options.out / collection.name.lower().replace(", ", "-")
    neo = Neo(options.neo, folder, collection)
    times = {"BM25 alone": ([], []), "all six": ([], [])}
    for _ in range(options.rounds):
        for label, retrievers, encoder in (("BM25 alone", ["bm25"], "none"), ("all six", RETRIEVERS, options.encoder)):
            times[label][0].append(neo.search(retrievers, SIZES, encoder, cold=True))
            theirs = context_grid(folder, collection, retrievers)
            times[label][1].append(theirs["seconds"])
    for label, (ours, peer) in times.items():
        ours, peer = statistics.median(ours), statistics.median(peer)
        print(f"| {collection.name}, {label} | {ours:.1f} s | {peer:.1f} s | {peer / ours:.1f} |", flush=True)
    quality = []
    for row in theirs["rows"]:
        size = int(row["chunker"].split(":")[1].split(",")[0])
        ours = collection.quality(neo.rankings(row["index"], size, options.encoder))
        quality.append(
            f"| {collection.name}, {row['index']}, {size} | {ours:.3f} | {collection.quality(row['rankings']):.3f} | "
            f"{collection.measure} |")
    return quality


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--neo", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--data", type=pathlib.Path, default="../shared/data")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--encoder", default="all-minilm-l6-v2")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--collections", nargs="*", default=["cranfield", "law", "finance", "maths"])
    options = parser.parse_args()
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    server = subprocess.Popen(
        [sys.executable, str(pathlib.Path(__file__).with_name("tei_server.py")), options.model, str(TEI_PORT)])
    try:
        wait(f"http://127.0.0.1:{TEI_PORT}/")
        print("| search of six configurations | neo | context-grid 0.9.5 | ratio |\n|---|---|---|---|")
        quality = []
        for name in options.collections:
            collection = Cranfield(options.data) if name == "cranfield" else Wikipedia(options.data, name)
            quality += measure(collection, options)
        print("\n| quality of each configuration | neo | context-grid | measure |\n|---|---|---|---|")
        print("\n".join(quality))
    finally:
        server.terminate()


if __name__ == "__main__":
    main()
