"""What an engineer builds in an afternoon: FastAPI, sentence-transformers, FAISS, bm25s, reciprocal-rank fusion."""

import json
import pathlib
import sys

import bm25s
import faiss
import fastapi
import numpy
import pydantic
import Stemmer
import uvicorn
from sentence_transformers import SentenceTransformer

model_folder, corpus, port = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
with open(corpus, encoding="utf-8") as lines:
    rows = [json.loads(line) for line in lines if line.strip()]
texts = [f"{row['title']}\n{row['text']}".strip() for row in rows]
model = SentenceTransformer(model_folder, device="cpu")
vectors = model.encode(texts, batch_size=32, normalize_embeddings=True, show_progress_bar=False)
dense = faiss.IndexFlatIP(vectors.shape[1])
dense.add(vectors)
stemmer = Stemmer.Stemmer("english")
lexical = bm25s.BM25(k1=1.2, b=0.75)
lexical.index(bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False), show_progress=False)
app = fastapi.FastAPI()


class Query(pydantic.BaseModel):
    query: str
    limit: int = 10


@app.get("/healthz")
def health():
    return "ok"


# Not async: FastAPI then answers several clients at once from its pool of threads.
@app.post("/v1/retrieve")
def retrieve(query: Query):
    vector = model.encode([query.query], normalize_embeddings=True, show_progress_bar=False)
    _, near = dense.search(numpy.asarray(vector), 100)
    tokens = bm25s.tokenize([query.query], stopwords="en", stemmer=stemmer, show_progress=False)
    found, _ = lexical.retrieve(tokens, k=100, show_progress=False)
    scores = {}
    for ranking in (near[0], found[0]):
        for rank, position in enumerate(ranking):
            scores[int(position)] = scores.get(int(position), 0) + 1 / (60 + rank + 1)
    best = sorted(scores, key=scores.get, reverse=True)[: query.limit]
    return {"passages": [{"document": rows[i]["_id"], "text": texts[i], "score": scores[i]} for i in best]}


uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", access_log=False)
