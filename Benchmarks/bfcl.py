"""How well a model of this machine calls tools, by the way in which its calls are read, on questions of the Berkeley
Function Calling Leaderboard (PyPI `bfcl-eval`), judged by that package's own checker.

    python bfcl.py --neo PATH --neo-bench PATH --out FOLDER [--model NAME] [--count 40]

Three ways of reading: `native` takes the protocol's field of calls alone; `text` also calls that stand in the same answer's
text; `repaired` brings arguments into their schema's form, and tells the model up to twice what is wrong with a call.
Answers are kept in FOLDER, one a line, so that a run that was stopped goes on.
"""

import argparse
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import types

CATEGORIES = ["simple_python", "multiple", "parallel", "irrelevance"]
WAYS = ["native", "text", "repaired"]
TYPES = {"dict": "object", "float": "number", "tuple": "array", "any": None}


def checker():
    """The package's checker. It reads one setting of a table that would load every client there is: whether dots in
    names were replaced, which chat completions demand."""
    table = types.ModuleType("bfcl_eval.constants.model_config")
    table.MODEL_CONFIG_MAPPING = {"neo": types.SimpleNamespace(underscore_to_dot=True)}
    sys.modules[table.__name__] = table
    from bfcl_eval.constants.enums import Language
    from bfcl_eval.eval_checker.ast_eval.ast_checker import ast_checker

    return lambda tools, calls, answer, category: ast_checker(tools, calls, answer, Language.PYTHON, category, "neo")


def schema(described):
    """A JSON Schema of what the questions call a type."""
    if not isinstance(described, dict):
        return described
    made = {}
    for key, value in described.items():
        if key == "type" and isinstance(value, str):
            value = TYPES.get(value, value)
            if value is None:
                continue
        elif key == "properties":
            value = {name: schema(inner) for name, inner in value.items()}
        elif key in ("items", "additionalProperties"):
            value = schema(value)
        made[key] = value
    return made


def questions(folder, category, count, seed):
    def lines(path):
        return [json.loads(line) for line in path.read_text().splitlines() if line]

    name = f"BFCL_v4_{category}.json"
    drawn = random.Random(f"{seed} {category}").sample(lines(folder / name), count)
    path = folder / "possible_answer" / name
    answers = {line["id"]: line["ground_truth"] for line in lines(path)} if path.exists() else {}
    for question in sorted(drawn, key=lambda question: int(question["id"].rsplit("_", 1)[1])):
        tools = [
            {
                "name": re.sub(r"\.", "_", tool["name"]), "description": tool["description"],
                "parameters": schema(tool["parameters"]),
            }
            for tool in question["function"]
        ]
        [message] = question["question"][0]
        yield {
            "id": question["id"], "category": category, "prompt": message["content"], "tools": tools,
            "functions": question["function"], "answer": answers.get(question["id"]),
        }


def is_right(check, question, calls):
    if question["category"] == "irrelevance":
        return not calls
    try:
        read = [{call["name"]: json.loads(call["arguments"])} for call in calls]
        if not all(isinstance(arguments, dict) for call in read for arguments in call.values()):
            return False
        # A wrong name of a call is wrong; the checker does not expect it.
        return check(question["functions"], read, question["answer"], question["category"])["valid"]
    except (ValueError, KeyError, TypeError):
        return False


def ask(options, asked, path):
    done = {json.loads(line)["id"] for line in path.read_text().splitlines()} if path.exists() else set()
    left = [question for question in asked if question["id"] not in done]
    if not left:
        return
    started = subprocess.run(
        [options.neo, "models", "start", options.model, "--json"], check=True, stdout=subprocess.PIPE, text=True)
    server = json.loads(started.stdout)
    environment = os.environ | {"NEO_BFCL_KEY": pathlib.Path(server["key_file"]).read_text().strip()}
    bench = subprocess.Popen(
        [options.neo_bench, "tools", server["url"], options.model, "NEO_BFCL_KEY"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
    with path.open("a") as kept:
        for number, question in enumerate(left, 1):
            order = {key: question[key] for key in ("id", "prompt", "tools")}
            bench.stdin.write(json.dumps(order) + "\n")
            bench.stdin.flush()
            line = bench.stdout.readline()
            if not line:
                sys.exit(f"bfcl: the client ended at {question['id']}")
            kept.write(line)
            kept.flush()
            print(f"{number} of {len(left)}", end="\r", file=sys.stderr)
    bench.stdin.close()
    bench.wait()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--neo", required=True)
    parser.add_argument("--neo-bench", required=True)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--model", default="qwen2.5-coder-1.5b-instruct")
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--failures", action="store_true", help="also print what was wrong when all was repaired")
    options = parser.parse_args()
    import bfcl_eval

    data = pathlib.Path(bfcl_eval.__file__).parent / "data"
    asked = [
        question for category in CATEGORIES for question in questions(data, category, options.count, options.seed)
    ]
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / f"bfcl-{options.model}-{options.seed}.jsonl"
    ask(options, asked, path)
    answers = {line["id"]: line for line in map(json.loads, path.read_text().splitlines())}
    check = checker()
    print("| read | " + " | ".join(CATEGORIES) + " | all |")
    print("|---" * (len(CATEGORIES) + 2) + "|")
    for way in WAYS:
        right = {
            category: sum(
                is_right(check, question, answers[question["id"]][way])
                for question in asked if question["category"] == category)
            for category in CATEGORIES
        }
        print(f"| {way} | " + " | ".join(map(str, right.values())) + f" | {sum(right.values())} of {len(asked)} |")
    rounds = [answers[question["id"]]["rounds"] for question in asked]
    print(f"{sum(count > 0 for count in rounds)} answers were asked for again, {sum(rounds)} times in all")
    if options.failures:
        for question in asked:
            line = answers[question["id"]]
            if not is_right(check, question, line["repaired"]):
                print(json.dumps({"answer": question["answer"], **line}))


if __name__ == "__main__":
    main()
