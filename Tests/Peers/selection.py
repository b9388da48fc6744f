"""What other code than ours says of a finished search, for `SelectionPeerTests`: the winner's cross-fitted score, and
which parameters matter.

    python selection.py --tables FOLDER --out FOLDER

The tables are those of `samplers.py`: every configuration of a space on every question.
"""

import argparse
import json
import pathlib
import warnings

import numpy
import optuna


def cross_fitted(scores, baseline, groups, resamples, draw):
    """BBC-CV (Tsamardinos, Greasidou, Borboudakis 2018): configurations are columns of a matrix of out-of-sample
    predictions; here of scores, and what is drawn are groups of rows."""
    matrix = numpy.array(scores).T
    names = sorted(set(groups))
    rows = {name: numpy.flatnonzero(numpy.array(groups) == name) for name in names}
    found = []
    while len(found) < resamples:
        drawn = draw.choice(len(names), len(names))
        left = [rows[name] for place, name in enumerate(names) if place not in set(drawn.tolist())]
        if not left:
            continue
        inside = numpy.concatenate([rows[names[place]] for place in drawn])
        outside = numpy.concatenate(left)
        best = int(numpy.argmax(numpy.round(matrix[inside].sum(axis=0), 9)))
        found.append((matrix[outside, best].mean(), matrix[outside, baseline].mean()))
    selected, other = numpy.array(found).T
    return [
        {
            "mean": float(values.mean()),
            "lower": float(numpy.quantile(values, 0.025)),
            "upper": float(numpy.quantile(values, 0.975)),
            "deviation": float(values.std()),
        }
        for values in (selected, other, selected - other)
    ]


def importances(table, chosen, seed):
    """Optuna's functional ANOVA; a parameter that is not active has a value of its own, as with us."""
    values = {p["name"]: [] for p in table["parameters"]}
    for configuration in table["configurations"]:
        for name in values:
            text = json.dumps(configuration.get(name))
            if text not in values[name]:
                values[name].append(text)
    varying = {name: levels for name, levels in values.items() if len(levels) > 1}
    distributions = {n: optuna.distributions.CategoricalDistribution(levels) for n, levels in varying.items()}
    study = optuna.create_study(direction="maximize")
    for place in chosen:
        configuration = table["configurations"][place]
        study.add_trial(
            optuna.trial.create_trial(
                params={name: json.dumps(configuration.get(name)) for name in varying},
                distributions=distributions,
                value=float(numpy.mean(table["scores"][place])),
            )
        )
    return optuna.importance.FanovaImportanceEvaluator(seed=seed).evaluate(study)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--tables", type=pathlib.Path, required=True)
    arguments.add_argument("--out", type=pathlib.Path, required=True)
    options = arguments.parse_args()
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    warnings.simplefilter("ignore")
    draw = numpy.random.default_rng(8)
    fitted, shares = [], []
    for path in sorted(options.tables.glob("*.json")):
        table = json.loads(path.read_text())
        count = len(table["configurations"])
        for trials in (24, count):
            chosen = [0] + (1 + draw.permutation(count - 1)[: trials - 1]).tolist()
            scores = [table["scores"][place] for place in chosen]
            for groups in (table["items"], [item.rsplit("-", 1)[0] for item in table["items"]]):
                found = cross_fitted(scores, 0, groups, 10_000, draw)
                names = ["selected", "baseline", "difference"]
                fitted.append({"table": table["name"], "chosen": chosen, "groups": groups} | dict(zip(names, found)))
        for trials in (50, 200, count):
            chosen = draw.permutation(count)[:trials].tolist()
            runs = [importances(table, chosen, seed) for seed in range(2)]
            shares.append({"table": table["name"], "chosen": chosen, "runs": runs})
        print(f"{table['name']}: cross-fitted, and importances", flush=True)
    options.out.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"optuna": optuna.__version__, "crossFitted": fitted, "importances": shares})
    (options.out / "selection.json").write_text(text)


if __name__ == "__main__":
    main()
