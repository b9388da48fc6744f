"""Sweeps configurations with context-grid, as `contextgrid run` does, and keeps the rankings.

Reads a JSON object from standard input (`corpus`: a folder, `questions`: its JSONL, `chunkers`, `indexes`, `embedder`,
`k`, `bundle`), prints one: seconds from the import to the written reports, and for each configuration the ranked
passages of each question as document and range of characters.
"""

import json
import sys
import time

start = time.perf_counter()
import contextgrid  # noqa: E402
from contextgrid.report.export import write_bundle  # noqa: E402

order = json.load(sys.stdin)
lab = contextgrid.Lab(corpus=contextgrid.Corpus.from_dir(order["corpus"]))
questions = contextgrid.read_jsonl(order["questions"])
# BM25 and vectors take different axes, so they are two grids over one cache.
runs, results = [], None
for index in order["indexes"]:
    embedder = None if index == "bm25" else order["embedder"]
    lab.grid(parser=order["parser"], chunker=order["chunkers"], embedder=embedder, index=index, k=order["k"])
    results = lab.run(questions, mode="factorial", headline="ndcg@10")
    if results.warnings:
        failed = [str(w) for w in results.warnings if "could not be run" in str(w)]
        if failed:
            sys.exit(f"contextgrid_peer: {failed[0]}")
    runs += results.runs
    write_bundle(results, f"{order['bundle']}-{index.split(':')[0]}")
seconds = time.perf_counter() - start

from contextgrid.pipeline import build  # noqa: E402

rows = []
for run in runs:
    # Built again, from the cache, for the ranges that the ids stand for.
    chunks = build(run.config, lab.corpus, cache=lab.cache).chunk_by_id()
    rows.append({
        "configuration": run.config.label,
        "chunker": run.config.chunker,
        "index": run.config.index,
        "chunks": run.chunk_count,
        "metrics": run.metrics,
        "rankings": {
            question: [[chunks[c].doc_id, chunks[c].char_start, chunks[c].char_end] for c in ranked]
            for question, ranked in run.run.items()
        },
    })
json.dump({"seconds": seconds, "version": contextgrid.__version__, "rows": rows}, sys.stdout)
