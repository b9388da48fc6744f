"""Writes what sentence-transformers and tokenizers make of varied texts, for EncodersTests to compare with.

Usage:
    python encoder_equals_sentence_transformers.py --model MODEL_FOLDER --output PEERS_FOLDER
    NEO_PEERS_DIR=PEERS_FOLDER swift test --filter EncoderPeerTests

Writes PEERS_FOLDER/encoder/{model (a link), texts.json, vectors.f32, tokens.json, pairs.json}. `--speed N` also prints how
many passages a second sentence-transformers encodes.
Needs: sentence-transformers, torch==2.13.0, tokenizers.
"""
import argparse
import json
import os
import pathlib
import random
import time

WORDS = """the a of and to in is that for actor isolation await async throws function compiler memory protocol
generic closure naïve café Zürich Ångström résumé Straße łódź İstanbul ΑΒΓΔ σίσυφος москва 東京 北京市 서울 ภาษาไทย
हिन्दी العربية עברית 🚀 👩‍👩‍👧 ½ ﬁne x² C++ f(x)=x+1 https://example.org/a?b=c#d user@example.org 3.14159 1,000,000
`withTaskGroup(of:)` ## --- *** [link](target) <Tag/> \t \u00a0 \u200b \ufeff don't can't U.S.A. e\u0301 a\u0308o\u0308
antidisestablishmentarianism pneumonoultramicroscopicsilicovolcanoconiosis [SEP] [CLS] [MASK] [UNK] [sep]""".split(" ")


def passage(rng: random.Random, words: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(words))


def fuzz(rng: random.Random) -> list[str]:
    texts = ["", " ", "\n\t ", "[CLS][SEP]", "##ing", "a" * 99, "a" * 100, "a" * 101, "é" * 100, "é" * 101, "ﷺ" * 60]
    # Every scalar once, alone between letters and in a crowd of its neighbours.
    scalars = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF and (c < 0x32000 or c > 0xDFFF0) and c < 0xE0200]
    for start in range(0, len(scalars), 64):
        block = scalars[start:start + 64]
        texts.append(" ".join("a" + chr(c) + "b" for c in block))
        texts.append("".join(map(chr, block)))
    ranges = [(0x20, 0x7E)] * 8 + [(0xA0, 0x24F), (0x300, 0x36F), (0x370, 0x5FF), (0x600, 0x6FF), (0x900, 0xDFF),
              (0xE00, 0xEFF), (0x1100, 0x11FF), (0x1E00, 0x206F), (0x3000, 0x30FF), (0x4E00, 0x9FFF),
              (0xAC00, 0xD7A3), (0xF900, 0xFFFD), (0x1D100, 0x1D1FF), (0x1F300, 0x1FAFF), (0x2F800, 0x2FA1F)]
    for _ in range(3500):
        length = rng.randrange(1, 200)
        texts.append("".join(chr(rng.randint(*rng.choice(ranges))) for _ in range(length)))
    texts += [passage(rng, rng.randrange(1, 60)) for _ in range(500)]
    return texts


def byte_ranges(text: str, offsets: list[tuple[int, int]]) -> list[int]:
    places = [0]
    for character in text:
        places.append(places[-1] + len(character.encode()))
    return [places[edge] for pair in offsets for edge in pair]


parser = argparse.ArgumentParser()
parser.add_argument("--model", required=True)
parser.add_argument("--output", required=True)
parser.add_argument("--speed", type=int, default=0)
arguments = parser.parse_args()

import torch
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer

folder = pathlib.Path(arguments.output) / "encoder"
folder.mkdir(parents=True, exist_ok=True)
link = folder / "model"
link.unlink(missing_ok=True)
link.symlink_to(os.path.abspath(arguments.model), target_is_directory=True)

rng = random.Random(7)
model = SentenceTransformer(arguments.model, device="cpu")
texts = ["", " ", "Hello, world!", "[SEP]"] + [passage(rng, rng.choice([1, 3, 8, 20, 60, 150, 400])) for _ in range(196)]
vectors = model.encode(texts, normalize_embeddings=True, convert_to_numpy=True, batch_size=16)
(folder / "texts.json").write_text(json.dumps(texts))
(folder / "vectors.f32").write_bytes(vectors.astype("<f4").tobytes())

tokenizer = Tokenizer.from_file(os.path.join(arguments.model, "tokenizer.json"))
tokenizer.no_truncation()
tokenizer.no_padding()
rows = []
for text in fuzz(rng):
    encoding = tokenizer.encode(text, add_special_tokens=False)
    rows.append({"text": text, "ids": encoding.ids, "ranges": byte_ranges(text, encoding.offsets)})
(folder / "tokens.json").write_text(json.dumps(rows))

# Texts alone and in pairs, cut to all kinds of lengths; an empty second text is still a pair.
cut = []
short = [text for text in fuzz(rng) if len(text) < 400]
for _ in range(3000):
    maximum = rng.choice([3, 4, 5, 6, 7, 8, 11, 16, 33, 64, 128])
    tokenizer.enable_truncation(max_length=maximum, strategy="longest_first")
    first, second = rng.choice(short), rng.choice(short + [""])
    if rng.random() < 0.2:
        encoding, second = tokenizer.encode(first), None
    else:
        encoding = tokenizer.encode(first, second)
    cut.append({"first": first, "second": second, "maximum": maximum, "ids": encoding.ids, "types": encoding.type_ids})
(folder / "pairs.json").write_text(json.dumps(cut))
print(f"{len(texts)} texts, {len(rows)} tokenised texts in {folder}")

if arguments.speed:
    passages = [passage(rng, 100) for _ in range(arguments.speed)]
    (folder / "speed.json").write_text(json.dumps(passages))
    torch.set_num_threads(2)
    model.encode(passages[:64], batch_size=32)
    begin = time.perf_counter()
    model.encode(passages, normalize_embeddings=True, batch_size=32)
    seconds = time.perf_counter() - begin
    print(f"sentence-transformers: {arguments.speed / seconds:.1f} passages/s with 2 threads")
