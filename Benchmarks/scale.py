"""Measures what a project costs: 3 MB of Markdown in three chunkings, and a collection at 1, 4 and 16 times its size."""

import argparse
import json
import os
import pathlib
import random
import re
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request

PORT = 9143


def search(neo, folder, golden, documents, encoder, space, trials, cold=True):
    """Seconds on the clock, of processor time, megabytes at most, and what results.json says."""
    if cold:
        shutil.rmtree(folder / ".neo", ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(golden, folder / "golden.jsonl")
    project = {
        "kind": "rag", "documents": documents, "golden": "golden.jsonl", "encoder": encoder,
        "search": {"trials": trials, "sampler": "grid", "seed": 1}, "space": space}
    (folder / "neo.yaml").write_text(json.dumps(project))
    start = time.perf_counter()
    child = subprocess.Popen(
        [neo, "search", str(folder), "--quiet", "--allow-fixed-k"], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    elapsed = time.perf_counter() - start
    if status:
        sys.exit(f"scale: neo search {folder} failed")
    results = json.loads((folder / "results.json").read_text())
    return elapsed, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, results


def megabytes(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def markdown(options):
    """3 MB of Markdown, three chunkings, nothing cached; beside it what sentence-transformers encodes a second."""
    checkouts = pathlib.Path(".build/checkouts")
    files = sorted(checkouts.glob("**/*.md"))
    size = sum(path.stat().st_size for path in files) / 1e6
    folder = options.out / "markdown"
    documents = [f"{checkouts.resolve()}/**/*.md"]
    golden = pathlib.Path("examples/swift-docs/golden.jsonl")
    structure = {"chunker": "structure", "chunk.size": [256, 128], "retriever": "dense"}
    tokens = {"chunker": "tokens", "chunk.size": 256, "chunk.overlap": 32, "retriever": "dense"}
    first = search(options.neo, folder, golden, documents, options.encoder, structure, 2)
    second = search(options.neo, folder, golden, documents, options.encoder, tokens, 1, cold=False)
    elapsed, processor = first[0] + second[0], first[1] + second[1]
    rate = reference(options, files)
    print(f"| {len(files)} Markdown files, {size:.1f} MB, 3 chunkings, cold | {elapsed:.0f} s | "
          f"{processor:.0f} s of processor time, {max(first[2], second[2]):.0f} MB; sentence-transformers encodes "
          f"{rate:,.0f} tokens/s here |", flush=True)


def reference(options, files):
    """Tokens that sentence-transformers encodes a second, of passages as long as ours."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(options.model, device="cpu")
    words = " ".join(path.read_text(errors="ignore") for path in files[:60]).split()
    passages = [" ".join(words[first : first + 130]) for first in range(0, 130 * 200, 130)]
    tokens = sum(min(len(ids), model.max_seq_length) for ids in model.tokenizer(passages)["input_ids"])
    rates = []
    for _ in range(2):
        start = time.perf_counter()
        model.encode(passages, batch_size=32, show_progress_bar=False)
        rates.append(tokens / (time.perf_counter() - start))
    return statistics.median(rates)


def varied(rows, times):
    """Documents that are really different: each variant exchanges a third of the words for others of the collection."""
    generator = random.Random(7)
    vocabulary = sorted({word for row in rows for word in row["text"].split()})
    result = list(rows)
    for copy in range(1, times):
        for row in rows:
            words = [w if generator.random() > 1 / 3 else generator.choice(vocabulary) for w in row["text"].split()]
            result.append({**row, "_id": f"{row['_id']}-{copy}", "text": " ".join(words)})
    return result


def growth(options):
    source = options.data / "cranfield"
    if not source.is_dir():
        print(f"scale: there is no {source}, so growth is not measured", file=sys.stderr)
        return
    with open(source / "corpus.jsonl", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    rows = [row for row in rows if (row["title"] + row["text"]).strip()]
    queries = [json.loads(line)["text"] for line in open(source / "queries.jsonl", encoding="utf-8") if line.strip()]
    print("\n| documents | retriever | parsed | cold search, 1 trial | the same, cached | a question | memory: search; "
          "service | on disk |\n|---|---|---|---|---|---|---|---|")
    for times in (1, 4, 16):
        folder = options.out / f"growth-{times}"
        shutil.rmtree(folder, ignore_errors=True)
        beir = options.out / f"growth-{times}-beir"
        shutil.rmtree(beir, ignore_errors=True)
        (beir / "qrels").mkdir(parents=True)
        shutil.copy(source / "queries.jsonl", beir)
        shutil.copy(source / "qrels" / "test.tsv", beir / "qrels")
        with open(beir / "corpus.jsonl", "w", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in varied(rows, times))
        subprocess.run([options.neo, "import", str(beir), str(folder), "--quiet"], check=True, stdout=subprocess.DEVNULL)
        golden = options.out / f"growth-{times}.jsonl"
        shutil.copy(folder / "golden.jsonl", golden)
        # Encoding grows with the text and with nothing else: it is measured up to 4 times, or as far as one asks.
        kinds = [("bm25", "none")] + ([("hybrid", options.encoder)] if times <= options.encode_up_to else [])
        for retriever, encoder in kinds:
            space = {"chunker": "structure", "chunk.size": 256, "retriever": retriever}
            space |= {"bm25.k1": 1.2, "bm25.b": 0.75, "bm25.stemming": True, "bm25.stop_words": True}
            if retriever == "hybrid":
                space |= {"fusion.k": 60, "fusion.dense_weight": 0.5}
            shutil.rmtree(folder / ".neo", ignore_errors=True)
            work = folder.with_name(folder.name + "-" + retriever)
            documents = [str((folder / "corpus.jsonl").resolve())]
            cold = search(options.neo, work, golden, documents, encoder, space, 1)
            disk = megabytes(work / ".neo")
            (work / ".neo" / "neo.db").unlink()
            warm = search(options.neo, work, golden, documents, encoder, space, 1, cold=False)
            question, memory = served(options.neo, work, queries[:100])
            print(f"| {len(rows) * times:,} | {retriever} | {cold[3]['timings']['phases']['reading']:.1f} s | "
                  f"{cold[0]:.1f} s | {warm[0]:.1f} s | {question:.1f} ms | {cold[2]:.0f} MB; {memory:.0f} MB | "
                  f"{disk:.1f} MB |", flush=True)


def served(neo, folder, queries):
    """Milliseconds a question, median, and the megabytes that the service takes."""
    server = subprocess.Popen(
        [neo, "serve", str(folder), "--port", str(PORT), "--quiet", "--requests-per-minute", "1000000"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(1200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/readyz", timeout=5).read()
                break
            except OSError:
                time.sleep(0.1)
        times = []
        for query in queries:
            body = json.dumps({"query": query}).encode()
            request = urllib.request.Request(
                f"http://127.0.0.1:{PORT}/v1/retrieve", body, {"content-type": "application/json"})
            start = time.perf_counter()
            urllib.request.urlopen(request, timeout=60).read()
            times.append((time.perf_counter() - start) * 1000)
        status = pathlib.Path(f"/proc/{server.pid}/status").read_text()
        return statistics.median(times), int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024
    finally:
        server.terminate()
        server.wait()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--neo", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--data", type=pathlib.Path, default="../shared/data")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--encoder", default="all-minilm-l6-v2")
    parser.add_argument("--encode-up-to", type=int, default=1, help="the largest multiple that is also encoded")
    parser.add_argument("works", nargs="*", default=["markdown", "growth"])
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    options.out = options.out.resolve()
    for work in options.works:
        globals()[work](options)


if __name__ == "__main__":
    main()
