"""Writes numbers, right and wrong ones, and which of them presidio's recognizers take for personal data.

usage: sensitive.py --out FOLDER

Only those that go by form and check digits are asked; none needs a model. The texts are made here.
"""

import argparse
import json
import pathlib
import random

from presidio_analyzer import predefined_recognizers as known

parser = argparse.ArgumentParser()
parser.add_argument("--out", type=pathlib.Path, required=True)
out = parser.parse_args().out
out.mkdir(parents=True, exist_ok=True)
draw = random.Random(7)


def digits(count):
    return "".join(draw.choice("0123456789") for _ in range(count))


def luhn(body):
    total = sum(sum(divmod(2 * int(d), 10)) if i % 2 == 0 else int(d) for i, d in enumerate(reversed(body)))
    return body + str(-total % 10)


def iban(country, body):
    number = "".join(str(int(c, 36)) for c in body + country + "00")
    return f"{country}{98 - int(number) % 97:02}{body}"


def changed(number):
    """The same with another digit in one place."""
    place = draw.choice([i for i, c in enumerate(number) if c.isdigit() and i > 3])
    return number[:place] + str((int(number[place]) + draw.randint(1, 9)) % 10) + number[place + 1:]


def nhs(body):
    check = (11 - sum(int(d) * (10 - i) for i, d in enumerate(body)) % 11) % 11
    return body + str(check) if check < 10 else None


def aba(body):
    return next(body + str(c) for c in range(10)
                if sum(int(d) * w for d, w in zip(body + str(c), [3, 7, 1] * 3)) % 10 == 0)


made = {
    "paymentCard": [luhn("4" + digits(14)) for _ in range(60)] + [luhn("5" + draw.choice("12345") + digits(13)) for _ in range(60)],
    "iban": [iban("DE", digits(18)) for _ in range(40)] + [iban("GB", "WEST" + digits(14)) for _ in range(40)]
    + [iban("FR", digits(23)) for _ in range(40)],
    "nhsNumber": [n for n in (nhs(digits(9)) for _ in range(130)) if n],
    "bankRouting": [aba(draw.choice(["02", "11", "12", "31"]) + digits(6)) for _ in range(60)],
}
ask = {
    "paymentCard": (known.CreditCardRecognizer(), "Card {}"), "iban": (known.IbanRecognizer(), "Account {}"),
    "nhsNumber": (known.NhsRecognizer(), "NHS number {}"), "bankRouting": (known.AbaRoutingRecognizer(), "ABA routing {}"),
}
cases = []
for kind, numbers in made.items():
    recognizer, text = ask[kind]
    for number in numbers + [changed(n) for n in numbers]:
        line = text.format(number)
        found = any(r.score >= 0.5 and line[r.start:r.end] == number
                    for r in recognizer.analyze(line, recognizer.supported_entities, None))
        cases.append({"kind": kind, "text": line, "found": found})
(out / "sensitive.json").write_text(json.dumps(cases))
print(f"sensitive: {len(cases)} numbers, {sum(c['found'] for c in cases)} found by presidio")
