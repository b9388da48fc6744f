"""Writes BertCharacters+Table.swift: what BertNormalizer and BertPreTokenizer of the `tokenizers` package do to
each Unicode scalar. Asking the package itself, rather than a Unicode database, is what makes the two agree: it
uses Unicode 8 for categories and marks, and a newer version for lower case.

Usage: python generate_bert_characters.py > Sources/Encoders/Tokenizers/BertCharacters+Table.swift
"""
import tokenizers
from tokenizers import normalizers, pre_tokenizers

normalizer = normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=None, lowercase=True)
splitter = pre_tokenizers.BertPreTokenizer()
known: dict[str, str] = {}


def kind_of(normalized: str) -> str:
    """S, P or W for a normalised scalar: white space, punctuation, part of a word."""
    if normalized not in known:
        parts = [part for part, _ in splitter.pre_tokenize_str("a" + normalized + "b")]
        known[normalized] = {1: "W", 2: "S", 3: "P"}[len(parts)]
    return known[normalized]


def entry(scalar: int) -> tuple:
    """The kind of a scalar, and what is added to it or what it becomes."""
    if 0xAC00 <= scalar <= 0xD7A3:
        return ("W", 0)  # Hangul syllables are taken apart by arithmetic, not by table
    text = normalizer.normalize_str(chr(scalar))
    if text == "":
        return ("R", 0)
    if len(text) == 3 and text[0] == text[2] == " ":
        return ("C", ord(text[1]) - scalar)
    if len(text) == 1:
        kind = kind_of(text)
        return (kind, 0 if kind == "S" else ord(text) - scalar)
    assert all(kind_of(part) == "W" for part in text), hex(scalar)
    return ("M", tuple(map(ord, text)))


def base36(number: int) -> str:
    digits = ""
    sign = "-" if number < 0 else ""
    number = abs(number)
    while True:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
        if number == 0:
            return sign + digits


runs: list[list] = []
for scalar in range(0x110000):
    if 0xD800 <= scalar <= 0xDFFF:
        continue
    found = entry(scalar)
    if runs and runs[-1][1] == scalar - 1 and runs[-1][2] == found and found[0] != "M":
        runs[-1][1] = scalar
    else:
        runs.append([scalar, scalar, found])

records = []
end = 0
for first, last, (kind, value) in runs:
    if (kind, value) == ("W", 0):
        continue
    numbers = value if kind == "M" else (last - first, value)
    texts = [base36(first - end)] + [base36(number) for number in numbers]
    while kind != "M" and texts[-1] == "0" and len(texts) > 1:
        texts.pop()
    records.append(kind + ".".join(texts))
    end = last + 1

lines = [""]
for record in records:
    if len(lines[-1]) + len(record) > 114:
        lines.append("")
    lines[-1] += record

print("// Made by Tests/Peers/generate_bert_characters.py. Do not edit.")
print()
print("extension BertCharacters {")
print(f"    /// What tokenizers {tokenizers.__version__} does to each scalar; `init(table:)` says how it is written.")
print('    static let table = """')
for line in lines[:-1]:
    print("        " + line + "\\")
print("        " + lines[-1])
print('        """')
print("}")
