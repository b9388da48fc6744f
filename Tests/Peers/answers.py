"""Scores of answers from other code than ours, for `AnswerMetricsPeerTests`.

    python answers.py --out FOLDER [--golden FILE.jsonl ...]

ROUGE-L is that of `rouge-score`, exact match and F1 are those of SQuAD's script as `torchmetrics` carries it. Besides
written pairs there are random ones, of words and signs that are easily handled in another way, and, where golden sets are
given, their answers beside their quotes.
"""

import argparse
import importlib
import json
import pathlib
import random

from rouge_score import rouge_scorer

# The module's name is also that of its function.
squad = importlib.import_module("torchmetrics.functional.text.squad")

PAIRS = [
    ("The cat sat on the mat.", ["the cat sat on the mat"]),
    ("A moka pot wants a fine grind.", ["fine", "a fine grind"]),
    ("two minutes at eighty degrees", ["Two minutes, at 80 degrees"]),
    ("It is off by default.", ["It is on by default."]),
    ("", ["something"]),
    ("the", ["a", "an apple"]),
    ("state-of-the-art", ["state of the art", "stateoftheart"]),
    ("Ärger über Straßen", ["ärger ÜBER strassen", "ÄRGER ÜBER STRASSEN"]),
    ("l’a b–the c", ["l’ b– c"]),
    ("the\u00a0end\u2003of\u3000it", ["end of it"]),
    ("running runners ran easily", ["run runner ran easy"]),
    ("42 000,5", ["42000.5", "42 0005"]),
    ("snake_case_name", ["snakecasename", "snake case name"]),
    ("b b b a", ["a b", "b b"]),
    ("茶を飲む", ["茶を飲む"]),
    ("\u00bd the \u0661", ["\u00bd \u0661"]),
]

WORDS = (
    "a an the The cat cats running ran tree-top over_under 3 3.5 1,000 Ünder naïve don't don’t can not İstanbul Kelvin "
    "\u212a \u00bd state–of relational flies dies happy sky skies generously argument arguments news is was 茶 . ! ( ) "
    "e\u0301 fly the\u0301 \u00a0 \u2028 \u0085 \x1c"
).split(" ")


def pairs(golden):
    yield from PAIRS
    draw = random.Random(11)
    for _ in range(600):
        texts = [" ".join(draw.choices(WORDS, k=draw.randrange(0, 14))) for _ in range(draw.randrange(2, 5))]
        yield texts[0], texts[1:]
    for path in filter(pathlib.Path.exists, golden):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            quotes = [e["quote"] for e in row.get("evidence", []) if "quote" in e]
            if quotes and row.get("answers"):
                yield " ".join(quotes), row["answers"]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--out", type=pathlib.Path, required=True)
    arguments.add_argument("--golden", type=pathlib.Path, nargs="*", default=[])
    options = arguments.parse_args()
    plain = rouge_scorer.RougeScorer(["rougeL"], use_stemmer=False)
    stemmed = rouge_scorer.RougeScorer(["rougeL"], use_stemmer=True)
    rows = [
        {
            "answer": answer,
            "golden": golden,
            "exact": max(float(squad._compute_exact_match_score(answer, g)) for g in golden),
            "f1": max(float(squad._compute_f1_score(answer, g)) for g in golden),
            "rougeL": plain.score_multi(golden, answer)["rougeL"].fmeasure,
            "stemmed": stemmed.score_multi(golden, answer)["rougeL"].fmeasure,
        }
        for answer, golden in pairs(options.golden)
    ]
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "answers.json").write_text(json.dumps(rows))


if __name__ == "__main__":
    main()
