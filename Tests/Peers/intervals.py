"""Intervals from other code than ours, for `IntervalPeerTests`.

    python intervals.py --out FOLDER

The variance and its degrees of freedom are computed as the paper writes them, with the square roots of matrices that
ours does without; scipy's bootstrap is what they stand beside.
"""

import argparse
import json
import pathlib
import warnings

import numpy
import scipy.linalg
import scipy.stats


def clustered_variance(values, groups):
    """CR2 of an intercept and Bell and McCaffrey's degrees of freedom, by full matrices."""
    count = len(values)
    names = sorted(set(groups))
    design = numpy.ones((count, 1))
    bread = numpy.linalg.inv(design.T @ design)
    hat = design @ bread @ design.T
    residuals = values - values.mean()
    variance, vectors = 0.0, []
    for name in names:
        rows = numpy.array([g == name for g in groups])
        block = numpy.eye(rows.sum()) - hat[numpy.ix_(rows, rows)]
        root = scipy.linalg.fractional_matrix_power(block, -0.5).real
        score = (bread @ design[rows].T @ root @ residuals[rows])[0]
        variance += score * score
        vectors.append((numpy.eye(count) - hat)[:, rows] @ root @ design[rows] @ bread[:, 0])
    products = numpy.array(vectors) @ numpy.array(vectors).T
    freedom = numpy.trace(products) ** 2 / (products**2).sum()
    return variance, freedom


def cautious_freedom(values, groups, freedom):
    names = sorted(set(groups))
    standardised = []
    for name in names:
        own = values[[g == name for g in groups]]
        standardised.append((own - values.mean()).sum() / numpy.sqrt(len(own)))
    # scipy centres; the residuals are not centred group by group, so the moments are taken as they are.
    s = numpy.array(standardised)
    kurtosis = (s**4).mean() / (s**2).mean() ** 2
    return max(1.0, 2 * freedom / (max(kurtosis, 3) - 1))


def difference_interval(values, groups):
    variance, freedom = clustered_variance(values, groups)
    t = scipy.stats.t.ppf(0.975, cautious_freedom(values, groups, freedom))
    half = t * numpy.sqrt(variance)
    return [max(-1, values.mean() - half), min(1, values.mean() + half)]


def mean_interval(values, groups):
    """Where the distance is t standard errors of the limit, found by halving and not by a formula."""
    variance, freedom = clustered_variance(values, groups)
    mean, clusters = values.mean(), len(set(groups))
    factor = variance / (mean * (1 - mean))
    plain = scipy.stats.t.ppf(0.975, freedom)
    cautious = scipy.stats.t.ppf(0.975, cautious_freedom(values, groups, freedom))

    def misses(limit):
        spread = limit * (1 - limit)
        return (mean - limit) ** 2 > min(cautious**2 * factor, plain**2 * max(factor, 1 / clusters)) * spread

    def end(inside, outside):
        if not misses(outside):
            return outside
        for _ in range(100):
            middle = (inside + outside) / 2
            inside, outside = (inside, middle) if misses(middle) else (middle, outside)
        return inside

    return [end(mean, 0.0), end(mean, 1.0)]


def sample(draw, clusters, largest):
    """Questions that are answered wholly, in part or not, in groups that are easy or hard together."""
    values, groups = [], []
    for name in range(clusters):
        ease = draw.beta(6, 2)
        for _ in range(draw.integers(1, largest + 1)):
            u = draw.random()
            values.append(1.0 if u < 0.75 * ease else 0.0 if u < 0.75 else float(draw.choice([0.315, 0.43, 0.5, 0.63])))
            groups.append(f"g{name}")
    return numpy.array(values), groups


def bootstraps(values, groups, seed):
    """scipy's percentile and BCa intervals, whole groups drawn."""
    names = sorted(set(groups))
    sums = numpy.array([sum(v for v, g in zip(values, groups) if g == name) for name in names])
    counts = numpy.array([groups.count(name) for name in names], float)

    def mean(s, n, axis=-1):
        return s.sum(axis) / n.sum(axis)

    found = {}
    for method in ("percentile", "BCa"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            interval = scipy.stats.bootstrap(
                (sums, counts), mean, paired=True, method=method, n_resamples=999, rng=numpy.random.default_rng(seed)
            ).confidence_interval
        found[method] = [float(interval.low), float(interval.high)]
    return found


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--out", type=pathlib.Path, required=True)
    options = arguments.parse_args()
    draw = numpy.random.default_rng(5)
    cases = []
    for clusters, largest in [(5, 8), (12, 5), (30, 3), (40, 1), (100, 2)]:
        for _ in range(4):
            values, groups = sample(draw, clusters, largest)
            other = numpy.where(draw.random(len(values)) < 0.7, values, sample(draw, len(values), 1)[0])
            cases.append(
                {
                    "values": values.tolist(),
                    "other": other.tolist(),
                    "groups": groups,
                    "mean": mean_interval(values, groups),
                    "difference": difference_interval(values - other, groups),
                }
            )
    truth = 0.75 * 0.75 + 0.25 * numpy.mean([0.315, 0.43, 0.5, 0.63])
    coverage = []
    for clusters, largest in [(6, 12), (15, 5), (30, 3), (40, 1), (60, 2)]:
        samples = []
        for run in range(400):
            values, groups = sample(draw, clusters, largest)
            samples.append({"values": values.tolist(), "groups": groups} | bootstraps(values, groups, run))
        coverage.append({"clusters": clusters, "largest": largest, "truth": float(truth), "samples": samples})
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "intervals.json").write_text(
        json.dumps({"scipy": scipy.__version__, "cases": cases, "coverage": coverage})
    )


if __name__ == "__main__":
    main()
