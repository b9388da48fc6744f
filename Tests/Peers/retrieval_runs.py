"""Random runs with ties, and what trec_eval makes of them (through pytrec_eval-terrier).

    python retrieval_runs.py FILE [--runs 30] [--seed 7]

writes what the ordinary tests read: Tests/RetrievalTests/Fixtures/ranking-metrics.json.
"""

import argparse
import json
import pathlib
import random

import pytrec_eval

# trec_eval's name of a measure, and ours.
CUTOFFS = (1, 3, 5, 10, 100)
FAMILIES = {"success": "hit", "recall": "recall", "P": "precision", "map_cut": "map", "ndcg_cut": "ndcg"}
WHOLE = {"recip_rank": "mrr", "map": "map", "ndcg": "ndcg"}
IDS = ["a", "b", "aa", "B", "10", "9", "é", "z/1.md", "中", "doc"] + [f"d{number}" for number in range(40)]


def random_case(draw):
    """Few different scores, so that ties are common; grades from -1 to 3; also empty and hopeless cases."""
    judged = draw.sample(IDS, draw.randint(1, 25))
    found = draw.sample(IDS, draw.randint(1, len(IDS)))
    levels = [draw.choice([draw.random(), draw.randint(-3, 3), 1 + draw.random() * 1e-9]) for _ in range(6)]
    lowest, highest = draw.choice([(-1, 3), (0, 1), (-1, 0), (1, 1)])
    qrels = {name: draw.randint(lowest, highest) for name in judged}
    if max(qrels.values()) < 0:
        qrels[judged[0]] = 0  # with negative grades only, trec_eval never returns
    return qrels, {name: float(draw.choice(levels)) for name in found}


def expected(qrels, run):
    names = {f"{family}.{','.join(map(str, CUTOFFS))}" for family in FAMILIES} | set(WHOLE)
    values = pytrec_eval.RelevanceEvaluator({"q": qrels}, names).evaluate({"q": run})["q"]
    ours = {f"{FAMILIES[family]}@{k}": values[f"{family}_{k}"] for family in FAMILIES for k in CUTOFFS}
    return ours | {WHOLE[name]: values[name] for name in WHOLE}


def cases(count, seed):
    draw = random.Random(seed)
    result = []
    for _ in range(count):
        qrels, run = random_case(draw)
        result.append({"qrels": qrels, "run": run, "metrics": expected(qrels, run)})
    return result


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    rows = ",\n".join(json.dumps(case, sort_keys=True) for case in cases(given.runs, given.seed))
    given.file.write_text(f"[\n{rows}\n]\n")
