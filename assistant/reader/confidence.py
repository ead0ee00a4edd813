"""How sure it is that a passage answers a question: one calibrated number, 0 to 1.

The weights are fitted by `benchmarks/fit_confidence.py` for the reader that comes with the product.
"""

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from assistant.finding.retrieval import Candidate, Retriever
from assistant.questions.wording import Wording
from assistant.reader.passages import ReadPassage, read_passages
from index.terms import fold, terms, words

FEW_CHUNKS = 10
"""That the answer to one question is chosen from, mostly."""

_LARGEST_LOGIT = 12.0
# Token matches and cosines lie close together: a tenth is a great difference.
_SCALE = 10.0
# e5's cosine of a question and a passage that has little to do with it.
_USUAL_COSINE = 0.8
_FIGURE = re.compile(r"\w*\d[\w./-]*+")


@dataclass(frozen=True, slots=True)
class RatedPassage:
    """A passage with the probability that it answers, and the features that this rests on."""

    passage: ReadPassage
    chance: float
    features: Mapping[str, float]


def read_closely(
    retriever: Retriever, question: Wording, candidates: Sequence[Candidate], *, most: int
) -> list[RatedPassage]:
    """The first `most` candidates read with the question, the likeliest first, and behind them the others unread."""
    reader = retriever.open_reader() if most else None
    text, store = question.question.text, retriever.store
    near = read_passages(reader, store, text, candidates[:most])
    far = read_passages(None, store, text, candidates[most:])
    return [
        *rate(question, near, is_read=reader is not None),
        *rate(question, far, is_read=False),
    ]


def rate(question: Wording, passages: Sequence[ReadPassage], *, is_read: bool) -> list[RatedPassage]:
    """The passages with the probability that each answers, the likeliest first.

    Where no reader read them (`is_read` is false) they stay in the order of the search.
    """
    known = weights("read" if is_read else "unread")
    rated = [
        RatedPassage(passage, _chance(known, features), features)
        for passage, features in zip(passages, confidence_features(question, passages), strict=True)
    ]
    return sorted(rated, key=lambda one: -one.chance) if is_read else rated


def _chance(known: Mapping[str, float], features: Mapping[str, float]) -> float:
    return 1 / (1 + math.exp(-sum(weight * features[name] for name, weight in known.items())))


def confidence_features(question: Wording, passages: Sequence[ReadPassage]) -> list[dict[str, float]]:
    """What speaks for each passage, by name.

    Of a question in another language only names and words that are alike can stand in a passage, so that words
    weigh otherwise there.
    """
    best = max((passage.match for passage in passages), default=0.0)
    return [_features(question, passage, best) for passage in passages]


def _features(question: Wording, passage: ReadPassage, best_match: float) -> dict[str, float]:
    document, proposal = passage.document, passage.candidate.proposal
    above = " ".join((document.title, *passage.headings, document.path))
    held = question.loosely([*terms(above, document.language), *terms(passage.text, document.language)])
    foreign = question.question.language != document.language
    share = question.share(held)
    return {
        "answers": _bounded(passage.answers),
        "span": _bounded(passage.spans[0].score) if passage.spans else 0.0,
        "match": _SCALE * passage.match,
        "match_gap": _SCALE * (passage.match - best_match),
        "similarity": _SCALE * (proposal.similarity - _USUAL_COSINE),
        "words": 0.0 if foreign else share,
        "foreign_words": share if foreign else 0.0,
        "foreign": float(foreign),
        "figures_missing": float(bool(missing_figures(question, passage.all_text))),
        "constant": 1.0,
    }


def missing_figures(question: Wording, text: str) -> list[str]:
    """The question's identifiers, years and numbers, folded, that stand nowhere in a text."""
    figures = [figure.strip("./-") for figure in _FIGURE.findall(fold(question.question.text))]
    known, said = fold(text), set(words(text))
    return [figure for figure in figures if figure not in said and figure not in known]


def _bounded(logit: float) -> float:
    return max(-_LARGEST_LOGIT, min(_LARGEST_LOGIT, logit))


@cache
def weights(table: Literal["read", "unread"]) -> Mapping[str, float]:
    """The weight of each feature by its name, of passages that the reader read or of others."""
    tables = tomllib.loads((files("assistant.reader") / "confidence.toml").read_text("utf-8"))
    return {name: float(value) for name, value in tables[table].items()}
