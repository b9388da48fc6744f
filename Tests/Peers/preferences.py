"""Ratings from arena-rank, for `BradleyTerryTests`.

    python preferences.py --out FILE

Needs `arena-rank`. The comparisons are made here; `Tests/StatisticsTests/Fixtures/preferences.json` is what it wrote with
arena-rank 0.1.1. The bounds of the optimiser are set lower than arena-rank's own, so that its last digits are those of
the likelihood and not of where it stopped.
"""

import argparse
import collections
import json

import numpy
import pandas

from arena_rank.models.bradley_terry import BradleyTerry
from arena_rank.models.contextual_bradley_terry import ContextualBradleyTerry
from arena_rank.utils.data_utils import ContextualPairDataset, PairDataset

# The example of Wikipedia's article on the model: how often the one in the row beat the one in the column.
WIKIPEDIA = {("A", "B"): 2, ("A", "D"): 1, ("B", "A"): 3, ("B", "C"): 5, ("C", "B"): 3, ("C", "D"): 1,
             ("D", "A"): 4, ("D", "C"): 3}


def made(names, strengths, count, advantage, ties, seed):
    """Comparisons drawn from the model."""
    rng = numpy.random.default_rng(seed)
    rows = []
    for _ in range(count):
        first, second = rng.choice(len(names), 2, replace=False)
        chance = 1 / (1 + numpy.exp(-(strengths[first] - strengths[second] + advantage)))
        winner = "tie" if rng.random() < ties else ("model_a" if rng.random() < chance else "model_b")
        rows.append((names[first], names[second], winner))
    return rows


def plain(rows):
    frame = pandas.DataFrame(rows, columns=["model_a", "model_b", "winner"])
    data = PairDataset.from_pandas(frame)
    model = BradleyTerry(len(data.competitors), gtol=1e-14, ftol=0.0)
    return model.compute_ratings_and_cis(data)


def with_position(rows):
    frame = pandas.DataFrame(rows, columns=["model_a", "model_b", "winner"])
    frame["first"] = 1.0
    data = ContextualPairDataset.from_pandas(frame, ["first"], reweighted=False, normalize_features=False)
    model = ContextualBradleyTerry(len(data.competitors), 1, reg=0.0, gtol=1e-14, ftol=0.0)
    return model.compute_ratings_and_cis(data)


def told(result):
    out = {key: [float(x) for x in result[key]] for key in ("ratings", "rating_lower", "rating_upper")}
    if "coeffs" in result:
        out["position"] = float(result["coeffs"][0])
    return {"competitors": list(result["competitors"]), **out}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", required=True)
    out = parser.parse_args().out
    wikipedia = [(a, b, "model_a") for (a, b), count in WIKIPEDIA.items() for _ in range(count)]
    sets = {
        "wikipedia": wikipedia,
        "two releases": made(["1", "2"], [0, 0.4], 80, 0.0, 0.2, 1),
        "six, first preferred": made(list("abcdef"), [0, 0.2, 0.5, 0.5, 1.1, -0.7], 900, 0.35, 0.15, 2),
        "few": made(list("xyz"), [0, 0, 0.3], 40, 0.0, 0.3, 3),
    }
    cases = []
    for name, rows in sets.items():
        counts = collections.Counter(rows)
        case = {"name": name, "plain": told(plain(rows))}
        # In Wikipedia's table the winner stands first: being first would explain all of it.
        if name != "wikipedia":
            case["position"] = told(with_position(rows))
        case["counts"] = [[*row, count] for row, count in sorted(counts.items())]
        cases.append(case)
    with open(out, "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]")
        file.write("\n")


if __name__ == "__main__":
    main()
