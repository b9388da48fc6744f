"""What Optuna's TPE finds on some problems, for the comparison with ours.

    python samplers.py --grids FOLDER… [--tables FOLDER…] --out FOLDER [--seeds 30] [--trials 80]

Every folder of `--grids` is a project that was searched by grid: its `results.json` is a table of configurations and
their scores. The other problems are functions, which the Swift test computes by itself; some of their values are
written down so that it can see that both mean the same. Folders of `--tables` are searched projects too, of which only
the table of all configurations and questions is wanted, as it is of the grids: races are replayed on it.
"""

import argparse
import concurrent.futures
import contextlib
import itertools
import json
import math
import pathlib
import random
import sqlite3
import warnings

import optuna


def parameter(name, domain, when=None):
    return {"name": name, "domain": domain} | ({"condition": {"parameter": when[0], "values": when[1]}} if when else {})


def choice(*values):
    return {"categorical": {"_0": list(values)}}


def steps(low, high):
    return {"integer": {"_0": [low, high], "step": 1}}


def real(low, high, log=False):
    return {"real": {"_0": [low, high], "log": log}}


def branin(p):
    x, y = p["x"], p["y"]
    return -(
        (y - 5.1 / (4 * math.pi**2) * x * x + 5 / math.pi * x - 6) ** 2
        + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x)
        + 10
    )


HARTMANN_A = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]]
HARTMANN_P = [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
    [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
    [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
]


def hartmann(p):
    return sum(
        alpha * math.exp(-sum(a * (p[f"x{d}"] - c) ** 2 for d, (a, c) in enumerate(zip(row, centre))))
        for alpha, row, centre in zip([1, 1.2, 3, 3.2], HARTMANN_A, HARTMANN_P)
    )


def mixed(p):
    """A learner with two kinds, each with settings of its own: the conditional problem."""
    if p["kind"] == "tree":
        return 0.9 - 0.002 * (p["depth"] - 9) ** 2 - 0.02 * (math.log10(p["leaf"]) - 1) ** 2
    bonus = {"linear": 0.0, "rbf": 0.07, "poly": 0.02}[p["kernel"]]
    c, gamma = math.log10(p["c"]), math.log10(p["gamma"])
    return 0.88 + bonus - 0.03 * (c + gamma - 0.5) ** 2 - 0.02 * (gamma + 1.5) ** 2


def company(p):
    """Words without an order, some of which help only together."""
    values = [p[f"p{d}"] for d in range(6)]
    score = sum(v == "c" for v in values)
    return float(score + (3 if values[0] == "b" and values[1] == "a" else 0) + (2 if values[4] == values[5] == "d" else 0))


def ackley(p):
    v = [p["x"] - 1.3, p["y"] + 2.1, (p["n"] - 17) / 5, math.log10(p["s"]) + 1]
    mean = sum(x * x for x in v) / len(v)
    waves = sum(math.cos(2 * math.pi * x) for x in v) / len(v)
    return -(-20 * math.exp(-0.2 * math.sqrt(mean)) - math.exp(waves) + 20 + math.e)


WORDS = ["a", "b", "c", "d"]
FUNCTIONS = [
    ("branin", branin, -0.39788735772973816, [parameter("x", real(-5, 10)), parameter("y", real(0, 15))]),
    ("hartmann", hartmann, 3.322368011415512, [parameter(f"x{d}", real(0, 1)) for d in range(6)]),
    (
        "conditional",
        mixed,
        0.95,
        [
            parameter("kind", choice("tree", "svm")),
            parameter("depth", steps(1, 20), ("kind", ["tree"])),
            parameter("leaf", real(1, 1000, True), ("kind", ["tree"])),
            parameter("kernel", choice("linear", "rbf", "poly"), ("kind", ["svm"])),
            parameter("c", real(0.001, 1000, True), ("kind", ["svm"])),
            parameter("gamma", real(0.0001, 1, True), ("kind", ["svm"])),
        ],
    ),
    ("company", company, 8.0, [parameter(f"p{d}", choice(*WORDS)) for d in range(6)]),
    (
        "ackley",
        ackley,
        0.0,
        [
            parameter("x", real(-8, 8)),
            parameter("y", real(-8, 8)),
            parameter("n", steps(0, 40)),
            parameter("s", real(0.0001, 10, True)),
        ],
    ),
]


def suggest(trial, parameters):
    values = {}
    for p in parameters:
        condition = p.get("condition")
        if condition and values.get(condition["parameter"]) not in condition["values"]:
            continue
        (kind, domain), name = next(iter(p["domain"].items())), p["name"]
        if kind == "categorical":
            # Optuna takes words and numbers, and nothing else, so the position stands for the value.
            values[name] = domain["_0"][trial.suggest_categorical(name, list(range(len(domain["_0"]))))]
        elif kind == "integer":
            values[name] = trial.suggest_int(name, *domain["_0"])
        else:
            values[name] = trial.suggest_float(name, *domain["_0"], log=domain["log"])
    return values


def key(values):
    return ";".join(f"{name}={json.dumps(value)}" for name, value in sorted(values.items()))


def number(value):
    """JSON of another program may say 1.0 where this one says 1."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def grids(folders):
    for folder in map(pathlib.Path, folders):
        results = json.loads((folder / "results.json").read_text())
        with contextlib.closing(sqlite3.connect(folder / ".neo" / "neo.db")) as journal:
            rows = journal.execute("SELECT definition FROM studies WHERE id LIKE ?", (results["study"] + "%",))
            space = json.loads(rows.fetchone()[0])["space"]
        table = {
            key({name: number(value) for name, value in trial["configuration"].items()}): trial["score"]["value"]
            for trial in results["trials"]
        }
        yield folder.name, space, table


def write_tables(folders, out):
    """Every configuration on every question: what races are replayed on."""
    out.mkdir(parents=True, exist_ok=True)
    for folder in map(pathlib.Path, folders):
        study = json.loads((folder / "results.json").read_text())["study"]
        with contextlib.closing(sqlite3.connect(folder / ".neo" / "neo.db")) as journal:
            study, definition = journal.execute(
                "SELECT id, definition FROM studies WHERE id LIKE ?", (study + "%",)
            ).fetchone()
            definition = json.loads(definition)
            trials = journal.execute(
                "SELECT number, configuration FROM trials WHERE study = ? AND state = 'complete' ORDER BY number", (study,)
            ).fetchall()
            rows = journal.execute("SELECT trial, item, metrics FROM measurements WHERE study = ?", (study,))
            scores = {(trial, item): json.loads(metrics)[definition["objective"]] for trial, item, metrics in rows}
        table = {
            "name": folder.name,
            "parameters": definition["space"],
            "items": definition["search"],
            "configurations": [json.loads(configuration) for _, configuration in trials],
            "scores": [[scores[number, item] for item in definition["search"]] for number, _ in trials],
        }
        (out / f"{folder.name}.json").write_text(json.dumps(table))


def quieten():
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)


def run(problem, seed, trials):
    quieten()
    functions = {name: f for name, f, _, _ in FUNCTIONS}
    sampler = optuna.samplers.TPESampler(multivariate=True, group=True, seed=seed)
    study = optuna.create_study(direction="maximize", sampler=sampler)

    def objective(trial):
        values = suggest(trial, problem["parameters"])
        if problem["table"]:
            return problem["table"][key({name: number(value) for name, value in values.items()})]
        return functions[problem["name"]](values)

    study.optimize(objective, n_trials=trials)
    return problem["optimum"] - study.best_value


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--grids", nargs="*", default=[])
    arguments.add_argument("--tables", nargs="*", default=[])
    arguments.add_argument("--out", type=pathlib.Path, required=True)
    arguments.add_argument("--seeds", type=int, default=30)
    arguments.add_argument("--trials", type=int, default=80)
    options = arguments.parse_args()
    write_tables(options.grids + options.tables, options.out / "tables")
    problems = [
        {"name": name, "parameters": parameters, "table": table, "optimum": max(table.values()), "samples": []}
        for name, parameters, table in grids(options.grids)
    ]
    draw = random.Random(7)
    quieten()
    for name, function, optimum, parameters in FUNCTIONS:
        study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=1))
        samples = []
        for _ in range(10):
            values = suggest(study.ask(), parameters)
            samples.append({"values": values, "score": function(values)})
        problems.append(
            {"name": name, "parameters": parameters, "table": {}, "optimum": optimum, "samples": samples}
        )
    jobs = list(itertools.product(range(len(problems)), range(options.seeds)))
    draw.shuffle(jobs)
    regrets = {}
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        found = {pool.submit(run, problems[p], seed, options.trials): (p, seed) for p, seed in jobs}
        for future in concurrent.futures.as_completed(found):
            regrets[found[future]] = future.result()
    for position, problem in enumerate(problems):
        problem["regrets"] = [regrets[position, seed] for seed in range(options.seeds)]
        mean = sum(problem["regrets"]) / options.seeds
        print(f"{problem['name']}: Optuna's mean regret after {options.trials} trials {mean:.5f}", flush=True)
    options.out.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"optuna": optuna.__version__, "trials": options.trials, "problems": problems})
    (options.out / "samplers.json").write_text(text)


if __name__ == "__main__":
    main()
