"""Writes what evidently says of pairs of samples: drift of numbers, categories, vectors and texts.

    python drift.py --out FOLDER             larger samples, for `make test-peers`
    python drift.py --fixture FILE           the small ones that are kept in Tests/StatisticsTests/Fixtures
"""

import argparse
import json
import pathlib
import random

import numpy as np
import pandas as pd
from evidently.legacy.calculations.stattests import (
    jensenshannon_stat_test,
    ks_stat_test,
    psi_stat_test,
    wasserstein_stat_test,
)
from evidently.legacy.core import ColumnType
from evidently.legacy.metrics.data_drift.embedding_drift_methods import distance
from evidently.legacy.utils.data_drift_utils import calculate_text_drift_score


def numbers(name, reference, current):
    frames = pd.Series(reference, dtype=float), pd.Series(current, dtype=float)

    def score(test):
        return float(test(*frames, ColumnType.Numerical, None).drift_score)

    return {
        "name": name,
        "reference": reference,
        "current": current,
        "psi": score(psi_stat_test),
        "jensen_shannon": score(jensenshannon_stat_test),
        "ks": score(ks_stat_test),
        "wasserstein": score(wasserstein_stat_test),
    }


def categories(name, reference, current):
    frames = pd.Series(reference), pd.Series(current)

    def score(test):
        return float(test(*frames, ColumnType.Categorical, None).drift_score)

    return {
        "name": name,
        "reference": reference,
        "current": current,
        "psi": score(psi_stat_test),
        "jensen_shannon": score(jensenshannon_stat_test),
    }


def vectors(name, reference, current):
    score, _, _ = distance(dist="euclidean", bootstrap=False)(pd.DataFrame(current), pd.DataFrame(reference))
    return {"name": name, "reference": reference, "current": current, "distance": float(score)}


TOPICS = [
    "server shutdown signal request connection timeout handler stream body header route middleware".split(),
    "database row column index query transaction migration schema lock journal page cache".split(),
]
COMMON = "how do i what is when the a to of for with can which does it my set get use".split()


def texts(name, counts, mixed, seed):
    """Questions about the first topic, then about both; `mixed` is the share of the second one."""
    source = random.Random(seed)

    def text(topic):
        words = [source.choice(COMMON) for _ in range(4)] + [source.choice(TOPICS[topic]) for _ in range(4)]
        source.shuffle(words)
        return " ".join(words)

    reference = [text(0) for _ in range(counts)]
    current = [text(1 if source.random() < mixed else 0) for _ in range(counts)]
    area, _ = calculate_text_drift_score(pd.Series(reference), pd.Series(current), bootstrap=False)
    return {"name": name, "reference": reference, "current": current, "area": float(area)}


def rounded(values):
    return [round(float(value), 4) for value in values]


def cases(size):
    random_numbers = np.random.default_rng(7)
    draw = {
        "same": (random_numbers.normal(0, 1, size), random_numbers.normal(0, 1, size)),
        "shifted": (random_numbers.normal(0, 1, size), random_numbers.normal(0.5, 1, size // 2)),
        "wider": (random_numbers.normal(0, 1, size), random_numbers.normal(0, 2, size)),
        "skewed": (random_numbers.gamma(2, 1, size), random_numbers.gamma(3, 1, size + 17)),
        "counts": (random_numbers.poisson(3, size), random_numbers.poisson(4, size)),
        "apart": (random_numbers.uniform(0, 1, size), random_numbers.uniform(2, 3, size)),
        "few": (random_numbers.normal(0, 1, 31), random_numbers.normal(1, 1, 30)),
    }
    words = ["how", "what", "why", "when", "where"]
    return {
        "numbers": [numbers(name, rounded(left), rounded(right)) for name, (left, right) in draw.items()],
        "categories": [
            categories(
                "kinds",
                random_numbers.choice(words, size, p=[0.4, 0.3, 0.1, 0.1, 0.1]).tolist(),
                random_numbers.choice(words[:4], size, p=[0.2, 0.3, 0.3, 0.2]).tolist(),
            )
        ],
        "vectors": [
            vectors(
                "centroids",
                [rounded(row) for row in random_numbers.normal(0, 1, (size // 5, 8))],
                [rounded(row) for row in random_numbers.normal(0.1, 1, (size // 5 + 3, 8))],
            )
        ],
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--fixture", type=pathlib.Path)
    arguments = parser.parse_args()
    if arguments.fixture:
        arguments.fixture.write_text(json.dumps(cases(120)) + "\n")
    if arguments.out:
        arguments.out.mkdir(parents=True, exist_ok=True)
        found = cases(900)
        found["texts"] = [
            texts("same", 1500, 0, 1),
            texts("slightly", 1500, 0.2, 2),
            texts("half", 1500, 0.5, 3),
            texts("apart", 600, 1, 4),
        ]
        (arguments.out / "drift.json").write_text(json.dumps(found) + "\n")


main()
