"""Prediction-powered means and kappas from other code than ours, for `AuditPeerTests`.

    python audit.py --out FOLDER
"""

import argparse
import json
import pathlib

import numpy
import ppi_py
import scipy.stats
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa


def sample(draw, labels, others, scale, skill):
    """People's labels and a judge's scores, which follow the labels with some skill."""
    truth = draw.choice(scale, labels + others, p=numpy.linspace(1, 3, len(scale)) / numpy.linspace(1, 3, len(scale)).sum())
    guess = draw.choice(scale, labels + others)
    judged = numpy.where(draw.random(labels + others) < skill, truth, guess)
    return truth, judged


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--out", type=pathlib.Path, required=True)
    options = arguments.parse_args()
    draw = numpy.random.default_rng(7)
    cases = []
    for scale in [[0.0, 1.0], [0.0, 0.5, 1.0]]:
        for labels, others in [(30, 100), (40, 60), (60, 1000), (100, 30)]:
            for skill in [0.0, 0.4, 0.8, 0.95]:
                truth, judged = sample(draw, labels, others, scale, skill)
                y, f, u = truth[:labels], judged[:labels], judged[labels:]
                low, high = ppi_py.ppi_mean_ci(y, f, u, alpha=0.05)
                z = scipy.stats.norm.ppf(0.975)
                first, second = (y > 0.5).astype(int), (f > 0.5).astype(int)
                table = numpy.array([[((first == a) & (second == b)).sum() for b in (0, 1)] for a in (0, 1)])
                kappa = cohens_kappa(table)
                cases.append(
                    {
                        "labels": y.tolist(),
                        "judged": f.tolist(),
                        "unlabelled": u.tolist(),
                        "estimate": float((low[0] + high[0]) / 2),
                        "error": float((high[0] - low[0]) / 2 / z),
                        "kappa": float(cohen_kappa_score(first, second)),
                        "kappaLower": float(kappa.kappa_low),
                        "kappaUpper": float(kappa.kappa_upp),
                    }
                )
    coverage = []
    for labels, others, skill in [(30, 70, 0.8), (30, 70, 0.3), (50, 200, 0.9), (100, 400, 0.9)]:
        scale = [0.0, 0.5, 1.0]
        weights = numpy.linspace(1, 3, 3) / numpy.linspace(1, 3, 3).sum()
        mean = float((numpy.array(scale) * weights).sum())
        samples = []
        for _ in range(500):
            truth, judged = sample(draw, labels, others, scale, skill)
            low, high = ppi_py.ppi_mean_ci(truth[:labels], judged[:labels], judged[labels:], alpha=0.05)
            samples.append(
                {
                    "labels": truth[:labels].tolist(),
                    "judged": judged[:labels].tolist(),
                    "unlabelled": judged[labels:].tolist(),
                    "ends": [float(low[0]), float(high[0])],
                }
            )
        coverage.append({"labelled": labels, "others": others, "skill": skill, "truth": mean, "samples": samples})
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "audit.json").write_text(json.dumps({"cases": cases, "coverage": coverage}))


if __name__ == "__main__":
    main()
