"""Makes small models with random weights, and writes what sentence-transformers computes with them: vectors with CLS
pooling and prompts, and cross-encoder scores, raw and through a sigmoid. The kinds of models are those of bge and of
the MS MARCO rerankers, whose own weights are not needed to compare the arithmetic.

Usage:
    python random_models_equal_transformers.py --model MODEL_FOLDER --output PEERS_FOLDER
    NEO_PEERS_DIR=PEERS_FOLDER swift test --filter RandomModelPeerTests

MODEL_FOLDER lends its tokenizer. Writes PEERS_FOLDER/encoder/random-{cls,mean,identity,sigmoid}, each with
expected.json. Needs: sentence-transformers, torch==2.13.0.
"""
import argparse
import json
import pathlib
import random
import shutil

import torch
from sentence_transformers import CrossEncoder, SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from transformers import BertConfig, BertForSequenceClassification, BertModel, BertTokenizerFast

WORDS = """a the of swift task actor cancel cancellation isolation compiler naïve café Zürich 東京 北京市 서울 हिन्दी
emoji 🚀 C++ f(x)=x+1 3.14159 antidisestablishmentarianism [SEP] [MASK] don't U.S.A.""".split()
PROMPTS = {"query": "Represent this sentence for searching relevant passages: ", "passage": "passage: "}


def text(rng: random.Random, longest: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(rng.randrange(longest)))


def shape(**more) -> BertConfig:
    return BertConfig(vocab_size=30522, hidden_size=96, num_hidden_layers=3, num_attention_heads=6,
                      intermediate_size=208, max_position_embeddings=160, initializer_range=0.15, **more)


def randomise(model: torch.nn.Module) -> torch.nn.Module:
    # Fresh biases are 0 and fresh norms 1, which would hide a bias that is left out.
    for name, weight in model.named_parameters():
        if name.endswith("bias") or "LayerNorm" in name:
            weight.data += 0.2 * torch.randn_like(weight)
    return model.eval()


def encoder(folder: pathlib.Path, tokenizer, pooling: str, prompts: dict, rng: random.Random) -> None:
    plain = folder / "plain"
    randomise(BertModel(shape())).save_pretrained(plain)
    tokenizer.save_pretrained(plain)
    modules = [Transformer(str(plain), max_seq_length=100), Pooling(96, pooling_mode=pooling), Normalize()]
    model = SentenceTransformer(modules=modules, prompts=prompts, device="cpu")
    model.save(str(folder))
    shutil.rmtree(plain)
    texts = ["", "a"] + [text(rng, 160) for _ in range(60)]
    queries, passages = (
        model.encode(texts, prompt=prompts.get(role, ""), batch_size=7).tolist() for role in ("query", "passage")
    )
    (folder / "expected.json").write_text(json.dumps({"texts": texts, "queries": queries, "passages": passages}))


def cross_encoder(folder: pathlib.Path, tokenizer, activation: torch.nn.Module, rng: random.Random) -> None:
    randomise(BertForSequenceClassification(shape(num_labels=1))).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    model = CrossEncoder(str(folder), device="cpu", activation_fn=activation)
    model.save_pretrained(str(folder))
    cases = []
    for longest in [3, 20, 60, 200]:
        query = text(rng, longest)
        passages = ["", "a"] + [text(rng, 200) for _ in range(20)]
        scores = model.predict([(query, passage) for passage in passages], batch_size=5).tolist()
        cases.append({"query": query, "passages": passages, "scores": scores})
    spread = [score for case in cases for score in case["scores"]]
    assert max(spread) - min(spread) > 0.05, "these weights give all pairs one score, which would compare nothing"
    (folder / "expected.json").write_text(json.dumps(cases))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--output", required=True)
    arguments = parser.parse_args()
    rng = random.Random(11)
    torch.manual_seed(11)
    root = pathlib.Path(arguments.output) / "encoder"
    tokenizer = BertTokenizerFast(tokenizer_file=arguments.model + "/tokenizer.json", model_max_length=160)
    for name, make in {
        "cls": lambda folder: encoder(folder, tokenizer, "cls", PROMPTS, rng),
        "mean": lambda folder: encoder(folder, tokenizer, "mean", {}, rng),
        "identity": lambda folder: cross_encoder(folder, tokenizer, torch.nn.Identity(), rng),
        "sigmoid": lambda folder: cross_encoder(folder, tokenizer, torch.nn.Sigmoid(), rng),
    }.items():
        folder = root / f"random-{name}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        make(folder)
    print(f"4 random models in {root}")


main()
