#!/usr/bin/env python3
"""Would a portfolio help: a short list of configurations that did well on other data, tried right after the default?

    Benchmarks/portfolio.py .build/peers/samplers/tables/*.json

Each table (as `Tests/Peers/samplers.py` writes them) holds every configuration of a grid on every question of one set. One
after the other is left out; on the others a portfolio is chosen greedily, each time the configuration that lowers the mean
regret of the best so far most (the average distance to the minimum of Feurer et al., "Auto-sklearn 2.0", JMLR 23, 2022),
and what it leaves on the table that was left out stands beside as many trials of greedy and of random search.
"""

import json
import pathlib
import random
import statistics
import sys

SIZES = [1, 2, 3, 4, 6, 8]


def key(values):
    return json.dumps(values, sort_keys=True)


class Table:
    def __init__(self, path):
        data = json.loads(pathlib.Path(path).read_text())
        self.name = data["name"]
        self.parameters = data["parameters"]
        self.values = {
            key(configuration): statistics.fmean(scores)
            for configuration, scores in zip(data["configurations"], data["scores"])
        }
        self.configurations = {key(c): c for c in data["configurations"]}
        self.default = key(data["configurations"][0])
        best = max(self.values.values())
        self.regret = {name: best - value for name, value in self.values.items()}

    def variants(self, base):
        """By parameter, the configurations with another value of it, as Neo's greedy sampler makes them: what becomes active
        has its first value."""
        start = self.configurations[base]
        for parameter in self.parameters:
            if parameter["name"] not in start:
                continue
            round_ = []
            for value in parameter["domain"]["categorical"]["_0"]:
                values, kept = {**start, parameter["name"]: value}, {}
                for other in self.parameters:
                    condition = other.get("condition")
                    if condition is None or kept.get(condition["parameter"]) in condition["values"]:
                        name = other["name"]
                        kept[name] = values.get(name, other["domain"]["categorical"]["_0"][0])
                if key(kept) != base:
                    round_.append(key(kept))
            yield parameter["name"], round_

    def greedy(self, seeds, trials):
        """The best regret after each of the trials of a greedy search that begins with default and seeds."""
        tried = [self.default] + [seed for seed in seeds if seed != self.default]
        base = min(tried, key=lambda name: self.regret[name])
        start = None
        while len(tried) <= trials and base != start:
            start = base
            for parameter in self.parameters:
                for round_ in [found for name, found in self.variants(base) if name == parameter["name"]]:
                    tried += [other for other in round_ if other not in tried]
                    base = min([base, *round_], key=lambda name: self.regret[name])
        return [min(self.regret[name] for name in tried[: n + 1]) for n in range(min(trials, len(tried) - 1) + 1)]

    def random(self, trials, seeds=200):
        names = list(self.values)
        curves = []
        for seed in range(seeds):
            drawn = [self.default] + random.Random(seed).sample(names, trials)
            curves.append([min(self.regret[n] for n in drawn[: k + 1]) for k in range(trials + 1)])
        return [statistics.fmean(column) for column in zip(*curves)]


def portfolio(tables, size):
    """Greedy: the configuration that lowers the mean regret of the best of default and portfolio most; of equal ones the
    one that is better on average."""
    common = set.intersection(*(set(table.values) for table in tables))
    chosen, least = [], [table.regret[table.default] for table in tables]
    for _ in range(size):
        def cost(name):
            regrets = [table.regret[name] for table in tables]
            return (statistics.fmean(map(min, zip(least, regrets))), statistics.fmean(regrets), name)

        best = min(common - set(chosen), key=cost)
        chosen.append(best)
        least = [min(old, table.regret[best]) for old, table in zip(least, tables)]
    return chosen


def main():
    tables = [Table(path) for path in sys.argv[1:]]
    print("regret on the table left out: default | by size: portfolio, greedy, random | 24 trials: greedy, seeded greedy")
    for table in tables:
        others = [other for other in tables if other is not table]
        chosen = portfolio(others, max(SIZES))
        greedy, chance = table.greedy([], 24), table.random(24)
        cells = []
        for size in SIZES:
            own = min(table.regret[name] for name in [table.default, *chosen[:size]])
            cells.append(f"{size}: {own:.4f} {greedy[min(size, len(greedy) - 1)]:.4f} {chance[size]:.4f}")
        seeded = table.greedy(chosen[:3], 24)
        print(
            f"{table.name} | {table.regret[table.default]:.4f} | {' | '.join(cells)} | "
            f"24: {greedy[-1]:.4f} {seeded[-1]:.4f}"
        )
        for name in chosen[:3]:
            print("    ", name)


if __name__ == "__main__":
    main()
