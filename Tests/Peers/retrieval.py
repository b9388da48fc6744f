"""Writes what other tools make of the same input; the tests of Retrieval compare when NEO_PEERS_DIR names the folder.

    pip install -r retrieval-requirements.txt
    python retrieval.py --data ../shared/data/cranfield --out DIR
    NEO_PEERS_DIR=DIR swift test --filter RetrievalTests

Files that begin with `retrieval-`: scores of bm25s and of BM25F on Cranfield, metrics of trec_eval on random runs,
inner products of numpy and FAISS on random vectors, stems of PyStemmer.
"""

import argparse
import collections
import json
import math
import pathlib
import re

import bm25s
import faiss
import numpy
import Stemmer

import retrieval_runs

DEPTH = 100


def rows(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def tokens(text):
    return re.findall(r"[a-z0-9]+", text.lower())


def write(folder, name, content):
    (folder / name).write_text(json.dumps(content))
    print(f"wrote {name}")


def best_first(scores, base=0.0):
    """Pairs of place and score of the best documents; those that only have what all have are left out."""
    order = numpy.lexsort((numpy.arange(len(scores)), -scores))[:DEPTH]
    return [[int(place), float(scores[place])] for place in order if scores[place] > base]


def bm25(data):
    documents = [tokens(f"{row['title']} {row['text']}") for row in rows(data / "corpus.jsonl")]
    queries = [tokens(row["text"]) for row in rows(data / "queries.jsonl")]
    queries += [["wing", "wing", "flow"], ["notinthecorpus"], ["notinthecorpus", "shock"]]
    settings = []
    lucene = [("lucene", k1, b) for k1, b in ((1.5, 0.75), (0.9, 0.4), (2.0, 1.0), (1.2, 0.0))]
    names = ("robertson", "atire", "bm25l", "bm25+")
    others = [(method, k1, b) for method in names for k1, b in ((1.2, 0.75), (2.0, 0.3))]
    for method, k1, b in lucene + others:
        index = bm25s.BM25(k1=k1, b=b, method=method)
        index.index(documents, show_progress=False)
        best = []
        for query in queries:
            known = [word for word in query if word in index.vocab_dict]
            scores = index.get_scores(known) if known else numpy.zeros(len(documents), dtype="float32")
            base = 0.0
            if known and method in ("bm25l", "bm25+"):
                # Every document has this for terms that it lacks.
                base = float(index.nonoccurrence_array[[index.vocab_dict[word] for word in known]].sum()) + 1e-5
            best.append(best_first(scores, base))
        settings.append({"method": method, "k1": k1, "b": b, "best": best})
    return {"documents": documents, "queries": queries, "settings": settings}


def bm25f(data):
    """BM25 with fields as the papers have it, term by term: S. Robertson, H. Zaragoza, M. Taylor, CIKM 2004, with the
    length norm of each field's own of H. Zaragoza et al., TREC-13."""
    corpus = rows(data / "corpus.jsonl")
    fields = [[tokens(row["text"]) for row in corpus], [tokens(row["title"]) for row in corpus]]
    queries = [tokens(row["text"]) for row in rows(data / "queries.jsonl")]
    counts = [[collections.Counter(document) for document in field] for field in fields]
    holders = collections.Counter(
        word for document in range(len(corpus)) for word in set().union(*(field[document] for field in fields)))
    settings = []
    tried = (1.2, (1.0, 2.0), (0.75, 0.75)), (0.9, (1.0, 0.5), (0.4, 0.9)), (2.0, (0.0, 3.0), (0.7, 0.0))
    for k1, weights, bs in tried:
        norms = []
        for field, b in zip(fields, bs):
            mean = sum(map(len, field)) / len(field)
            norms.append([1 - b + b * len(document) / mean for document in field])
        best = []
        for query in queries:
            scores = numpy.zeros(len(corpus))
            for word in query:
                idf = math.log(1 + (len(corpus) - holders[word] + 0.5) / (holders[word] + 0.5))
                for document in range(len(corpus)):
                    frequency = sum(
                        weight * count[document][word] / norm[document]
                        for weight, count, norm in zip(weights, counts, norms) if count[document][word])
                    scores[document] += idf * frequency / (k1 + frequency)
            best.append(best_first(scores))
        settings.append({"k1": k1, "weights": weights, "bs": bs, "best": best})
    return {"fields": fields, "queries": queries, "settings": settings}


def flat(folder, dimension=384, count=5000, queries=64, seed=11):
    draw = numpy.random.default_rng(seed)
    vectors = []
    for size in (count, queries):
        block = draw.standard_normal((size, dimension)).astype("float32")
        vectors.append(block / numpy.linalg.norm(block, axis=1, keepdims=True))
    for block, name in zip(vectors, ("rows", "queries")):
        (folder / f"retrieval-flat-{name}.f32").write_bytes(block.astype("<f4").tobytes())
    index = faiss.IndexFlatIP(dimension)
    index.add(vectors[0])
    faiss_scores, faiss_ids = index.search(vectors[1], DEPTH)
    products = vectors[1].astype("float64") @ vectors[0].astype("float64").T
    numpy_ids = numpy.argsort(-products, axis=1, kind="stable")[:, :DEPTH]
    return {
        "dimension": dimension,
        "faiss": {"chunks": faiss_ids.tolist(), "scores": faiss_scores.tolist()},
        "numpy": {
            "chunks": numpy_ids.tolist(),
            "scores": numpy.take_along_axis(products, numpy_ids, axis=1).tolist(),
        },
    }


def stems(data):
    """The words of Cranfield in every language; and, with letters changed, words beyond ASCII."""
    words = {word for row in rows(data / "corpus.jsonl") for word in tokens(row["text"])}
    accents = str.maketrans("aeiouncsyt", "äéíõúñçšýţ")
    cyrillic = str.maketrans("abcdefghijklmnopqrstuvwxyz", "абцдефгхийклмнопярстувшьыз")
    greek = str.maketrans("abcdefghijklmnopqrstuvwxyz", "αβκδεφγηιξκλμνοπθρστυβωχψζ")
    plain = sorted(words) + ["", "don't", "it's", "o'", "'s'", "generously"]
    changed = plain + [word.translate(table) for table in (accents, cyrillic, greek) for word in plain[::5]]
    result = []
    for language in Stemmer.algorithms():
        sample = changed if language in ("english", "porter") else changed[::4]
        result.append({"language": language, "words": sample, "stems": Stemmer.Stemmer(language).stemWords(sample)})
    return result


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True, help="Cranfield in BEIR's layout")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    write(given.out, "retrieval-bm25.json", bm25(given.data))
    write(given.out, "retrieval-bm25f.json", bm25f(given.data))
    write(given.out, "retrieval-runs.json", retrieval_runs.cases(1000, seed=20261121))
    write(given.out, "retrieval-flat.json", flat(given.out))
    write(given.out, "retrieval-stems.json", stems(given.data))
