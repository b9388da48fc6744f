"""Measures the graph of neighbours against exact search: recall@10, time to build, questions a second.

Real vectors are MiniLM's of Cranfield's and Wikipedia's passages and questions. 100,000 are made of them by adding
noise: a real vector has then a neighbourhood of variants, as the passages of a large collection on few subjects have.
A million are clusters drawn from a generator; they prove that it works, and what it costs.
"""

import argparse
import json
import pathlib
import resource
import subprocess
import sys

import numpy


def sentences(path, key):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line)[key] for line in lines if line.strip()]


def texts(data):
    """Passages of about 100 words, and questions."""
    passages, questions = [], []
    sources = [data / "cranfield" / "corpus.jsonl"]
    whole = [t for path in sources if path.exists() for t in sentences(path, "text")]
    whole += [path.read_text() for path in sorted((data / "wikipedia").glob("*/documents/*.md"))]
    for text in whole:
        words = text.split()
        passages += [" ".join(words[first : first + 100]) for first in range(0, len(words), 100)]
    if (data / "cranfield").is_dir():
        questions += sentences(data / "cranfield" / "queries.jsonl", "text")
    for path in sorted((data / "wikipedia").glob("*/golden.jsonl")):
        questions += sentences(path, "question")
    return passages, questions


def unit(rows):
    return (rows / numpy.linalg.norm(rows, axis=1, keepdims=True)).astype("float32")


def real(options):
    kept = options.out / "real.npz"
    if not kept.exists():
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(options.model, device="cpu")
        passages, questions = texts(options.data)
        rows, queries = (
            model.encode(some, normalize_embeddings=True, show_progress_bar=False) for some in (passages, questions))
        numpy.savez(kept, rows=rows, queries=queries)
    loaded = numpy.load(kept)
    return unit(loaded["rows"]), unit(loaded["queries"])


def perturbed(options, count=100_000):
    rows, queries = real(options)
    generator = numpy.random.default_rng(7)
    chosen = generator.integers(0, len(rows), count)
    # Noise of half a vector's length: cosines of about 0.9 among the variants of one.
    noise = generator.standard_normal((count, rows.shape[1]), dtype="float32") * (0.5 / rows.shape[1] ** 0.5)
    return unit(rows[chosen] + noise), queries


def clustered(_, count=1_000_000):
    generator = numpy.random.default_rng(7)
    centres = unit(generator.standard_normal((2_000, 384), dtype="float32"))
    spread = 0.7 / 384**0.5

    def some(number):
        chosen = generator.integers(0, len(centres), number)
        return unit(centres[chosen] + generator.standard_normal((number, 384), dtype="float32") * spread)

    return numpy.concatenate([some(count // 10) for _ in range(10)]), some(200)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--neo-bench", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--data", type=pathlib.Path, default="../shared/data")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--million", action="store_true", help="also a million rows; tens of minutes and 8 GB")
    parser.add_argument("--least", type=float, default=0.95, help="the recall below which the exit code is 1")
    parser.add_argument("--breadths", type=int, nargs="*", default=[128])
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    sets = [("MiniLM's, of real passages", real), ("the same with noise", perturbed)]
    if options.million:
        sets.append(("clusters", clustered))
    print("| vectors | M, efConstruction, ef | recall@10 | build | questions/s, 1 thread | memory |")
    print("|---|---|---|---|---|---|")
    low = False
    for name, make in sets:
        rows, queries = make(options)
        rows.tofile(options.out / "rows.f32")
        queries.tofile(options.out / "queries.f32")
        del rows, queries
        for breadth in options.breadths:
            order = {"work": "graph", "folder": str(options.out), "seconds": 2, "breadth": breadth}
            done = subprocess.run(
                [options.neo_bench], input=json.dumps(order) + "\n", text=True, stdout=subprocess.PIPE, check=True)
            answer = json.loads(done.stdout)
            facts = answer["facts"]
            low = low or facts["recall"] < options.least
            # The greatest of all children so far, and the sets grow.
            memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            print(
                f"| {facts['rows']:,.0f} {name} | 16, 200, {breadth} | {facts['recall']:.3f} | "
                f"{facts['buildSeconds']:.1f} s | {answer['perSecond']:,.0f} | {memory:,.0f} MB |", flush=True)
    sys.exit(1 if low else 0)


if __name__ == "__main__":
    main()
