"""Verdicts of PyPI's jsonschema on random values and schemas, for `JSONSchemaPeerTests`.

    python schemas.py --out FOLDER
"""

import argparse
import importlib.metadata
import json
import pathlib
import random

import jsonschema

NAMES = ["a", "b", "c"]
SCALARS = [None, True, False, 0, 1, 2, 1.5, -1, "", "x", "yes"]


def value(rng, depth=0):
    kind = rng.random()
    if depth > 2 or kind < 0.5:
        return rng.choice(SCALARS)
    if kind < 0.7:
        return [value(rng, depth + 1) for _ in range(rng.randrange(4))]
    return {name: value(rng, depth + 1) for name in NAMES if rng.random() < 0.5}


def schema(rng, depth=0):
    if rng.random() < 0.05:
        return rng.random() < 0.5
    rules = {}
    types = ["null", "boolean", "integer", "number", "string", "array", "object"]
    if rng.random() < 0.5:
        rules["type"] = rng.choice(types) if rng.random() < 0.8 else rng.sample(types, 2)
    if rng.random() < 0.1:
        rules["enum"] = [value(rng, 2) for _ in range(3)]
    if rng.random() < 0.1:
        rules["const"] = value(rng, 1)
    if rng.random() < 0.2:
        rules["minimum"] = rng.choice([0, 1, 1.5])
    if rng.random() < 0.2:
        rules["maximum"] = rng.choice([0, 1, 1.5])
    if rng.random() < 0.2:
        rules["minItems"] = rng.randrange(3)
    if rng.random() < 0.2:
        rules["maxItems"] = rng.randrange(3)
    if rng.random() < 0.2:
        rules["required"] = rng.sample(NAMES, 2)
    if depth < 3:
        if rng.random() < 0.4:
            rules["properties"] = {name: schema(rng, depth + 1) for name in NAMES if rng.random() < 0.6}
        if rng.random() < 0.2:
            rules["additionalProperties"] = schema(rng, depth + 1) if rng.random() < 0.5 else False
        if rng.random() < 0.4:
            rules["items"] = schema(rng, depth + 1)
        if rng.random() < 0.2:
            rules["anyOf"] = [schema(rng, depth + 1) for _ in range(rng.randrange(1, 4))]
    rules["description"] = "passed over"
    return rules


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=pathlib.Path, required=True)
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    rng = random.Random(7)
    cases = []
    for _ in range(5_000):
        rules, instance = schema(rng), value(rng)
        valid = jsonschema.Draft202012Validator(rules).is_valid(instance)
        cases.append({"schema": rules, "value": instance, "valid": valid})
    (out / "schemas.json").write_text(json.dumps(cases))
    print(f"schemas: jsonschema {importlib.metadata.version('jsonschema')} finds {sum(c['valid'] for c in cases)} of {len(cases)} valid")


if __name__ == "__main__":
    main()
