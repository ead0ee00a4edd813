"""Which sentence vectors find the sentence that answers, within its article?

Three ways, over questions whose answer stands in their article:
  alone   each sentence embedded by itself (about doubles the cost of indexing)
  pooled  the mean of its tokens' states in the pass over its chunk (free)
  mixed   the mean of both
and, for scale, each sentence with the vector of its whole chunk. `top N` is the share of questions for which
one of the N nearest sentences holds the gold answer; `article N` the share whose article is among the N that
hold the nearest sentences, of the articles in the sample.

    HEMEROTECA_EVAL=FOLDER python benchmarks/sentence_vectors.py [questions]
"""

import json
import os
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.document import Span
from index.embed import Passage, unit
from index.embed.e5.engine import E5Embedder, open_e5
from index.embed.e5.tokenizer import E5Tokenizer
from index.embed.e5.weights import ModelFile, bundled_model

_SENTENCE = re.compile(r"\S.*?(?:[.!?…]+[”\"»)]*(?=\s+[A-ZÁÉÍÓÚÑ¿¡“\"«—\d]|\s*$)|(?=\n)|$)", re.DOTALL)
_CHUNK_TOKENS = 200
_TOPS = (1, 2, 3)
_PREFIX = "passage: "

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Article:
    """An article's sentences, and their vectors in each of the ways, (sentences, dimensions)."""

    sentences: list[str]
    ways: dict[str, Vectors]


@dataclass(frozen=True, slots=True)
class Question:
    article: str
    answers: list[str]
    vector: Vectors


def main() -> None:
    folder = Path(os.environ["HEMEROTECA_EVAL"]) / "quales"
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 250
    embedder = open_e5()
    tokenizer = E5Tokenizer(ModelFile(bundled_model()).vocabulary).whole()
    asked = [q for q in _lines(folder / "questions.jsonl") if q["answerable"] and q["answers"]]
    asked = random.Random(7).sample(asked, min(count, len(asked)))
    wanted = {question["document_id"] for question in asked}
    articles = {
        document["id"]: embed(document["text"], embedder, tokenizer)
        for document in _lines(folder / "documents.jsonl")
        if document["id"] in wanted
    }
    questions = [Question(q["document_id"], q["answers"], embedder.embed_query(q["question"])) for q in asked]
    report(articles, questions)


def embed(text: str, embedder: E5Embedder, tokenizer: Tokenizer) -> Article:
    """An article's sentences with their vectors in every way."""
    passages = list(chunks(text, embedder))
    found = embedder.embed_passages(passages)
    alone = np.concatenate([vectors.sentences for vectors in found])
    pooled = np.concatenate([pool(passage, embedder, tokenizer) for passage in passages])
    whole = np.concatenate([np.tile(v.chunk, (len(v.sentences), 1)) for v in found])
    sentences = [span.of(passage.text) for passage in passages for span in passage.sentences]
    ways = {"alone": alone, "pooled": pooled, "mixed": unit(alone + pooled), "chunk": whole}
    return Article(sentences, ways)


def chunks(text: str, embedder: E5Embedder) -> Iterator[Passage]:
    """Whole sentences, up to about 200 tokens together."""
    spans = [Span(*match.span()) for match in _SENTENCE.finditer(text)]
    held: list[Span] = []
    tokens = 0
    for span, count in zip(spans, embedder.count_tokens([span.of(text) for span in spans]), strict=True):
        if held and tokens + count > _CHUNK_TOKENS:
            yield _passage(text, held)
            held, tokens = [], 0
        held.append(span)
        tokens += count
    if held:
        yield _passage(text, held)


def pool(passage: Passage, embedder: E5Embedder, tokenizer: Tokenizer) -> Vectors:
    """Each sentence as the mean of its tokens' states in the pass over the passage."""
    encoding = tokenizer.encode(_PREFIX + passage.text, add_special_tokens=False)
    states = embedder.token_states(encoding.ids)[1:-1]
    starts, ends = (np.array(encoding.offsets[: len(states)]) - len(_PREFIX)).T
    shares = np.array([(starts < span.end) & (ends > span.start) for span in passage.sentences], np.float32)
    return unit(shares @ states)


def report(articles: dict[str, Article], questions: list[Question]) -> None:
    names = list(articles)
    print(f"{len(questions)} questions, {sum(len(a.sentences) for a in articles.values())} sentences")
    print(
        f"{'':8}"
        + "".join(f"{f'top {n}':>9}" for n in _TOPS)
        + "".join(f"{f'article {n}':>12}" for n in (1, 5))
    )
    for way in next(iter(articles.values())).ways:
        places = [
            place for q in questions if (place := sentence_place(articles[q.article], q, way)) is not None
        ]
        ranks = [article_place(articles, names, q, way) for q in questions]
        tops = "".join(f"{np.mean([place < n for place in places]):9.3f}" for n in _TOPS)
        print(f"{way:8}{tops}" + "".join(f"{np.mean([rank < n for rank in ranks]):12.3f}" for n in (1, 5)))


def sentence_place(article: Article, question: Question, way: str) -> int | None:
    """How many sentences are nearer to the question than the first that holds an answer."""
    order = np.argsort(-(article.ways[way] @ question.vector), kind="stable")
    for place, sentence in enumerate(order):
        if any(answer in article.sentences[sentence] for answer in question.answers):
            return place
    return None


def article_place(articles: dict[str, Article], names: list[str], question: Question, way: str) -> int:
    """How many articles hold a sentence nearer to the question than the article asked about."""
    nearest = np.array([(articles[name].ways[way] @ question.vector).max() for name in names])
    return int((nearest > nearest[names.index(question.article)]).sum())


def _passage(text: str, spans: list[Span]) -> Passage:
    start = spans[0].start
    moved = tuple(Span(span.start - start, span.end - start) for span in spans)
    return Passage(text[start : spans[-1].end], moved)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    main()
