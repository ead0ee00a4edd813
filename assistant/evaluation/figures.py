"""The figures of a run, and of two runs over the same questions: how much better, and whether that could be luck.

Each figure is a weighted mean or ratio over questions, so that it can be resampled.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import EvaluationError
from assistant.evaluation.data import Outcome

Values = NDArray[np.float64]
# A number a question; not-a-number where the question tells nothing of it.
Columns = dict[str, Values]
Figures = dict[str, dict[str, float | None]]

MEANS: dict[tuple[str, str], Callable[[Outcome], float | None]] = {
    ("retrieval", "recall_at_1"): lambda o: _within(o.document_rank, 1, o.gold_document),
    ("retrieval", "recall_at_5"): lambda o: _within(o.document_rank, 5, o.gold_document),
    ("retrieval", "recall_at_10"): lambda o: _within(o.document_rank, 10, o.gold_document),
    ("retrieval", "mrr_at_10"): lambda o: _reciprocal(o.document_rank, o.gold_document),
    ("chunks", "recall_at_1"): lambda o: _within(o.chunk_rank, 1, o.span_in_quotes is not None),
    ("chunks", "recall_at_5"): lambda o: _within(o.chunk_rank, 5, o.span_in_quotes is not None),
    ("chunks", "recall_at_10"): lambda o: _within(o.chunk_rank, 10, o.span_in_quotes is not None),
    ("evidence", "span_in_quotes"): lambda o: o.span_in_quotes,
    ("evidence", "span_in_2_quotes"): lambda o: o.span_in_2_quotes,
    ("evidence", "quotes_mean"): lambda o: len(o.quotes),
    ("evidence", "quote_chars_mean"): lambda o: _mean_length(o),
    ("answers", "token_recall"): lambda o: o.token_recall,
    ("answers", "f1"): lambda o: o.f1,
    ("answers", "exact"): lambda o: o.exact,
}
"""Figures that are plain means over the answerable questions."""


def columns(outcomes: Sequence[Outcome]) -> Columns:
    """The outcomes as columns of numbers, (questions,) each."""
    answerable = [outcome for outcome in outcomes if outcome.answerable]
    table = {}
    for (group, name), value in MEANS.items():
        table[f"{group}.{name}"] = np.full(len(outcomes), np.nan)
        table[f"{group}.{name}"][[o.answerable for o in outcomes]] = _column(answerable, value)
    table["answerable"] = _column(outcomes, lambda o: o.answerable)
    table["refused"] = _column(outcomes, lambda o: not o.answered)
    table["confidence"] = _column(outcomes, lambda o: o.confidence)
    table["written"] = _column(outcomes, lambda o: o.written)
    table["unsupported"] = _column(outcomes, lambda o: o.unsupported)
    table["fell_back"] = _column(outcomes, lambda o: o.fell_back)
    table["tokens_in"] = _column(outcomes, lambda o: o.tokens_in)
    table["tokens_out"] = _column(outcomes, lambda o: o.tokens_out)
    table["citations"] = _column(outcomes, lambda o: o.citations)
    table["citations_verified"] = _column(outcomes, lambda o: o.citations_verified)
    table["cites_gold_document"] = _column(outcomes, lambda o: o.cites_gold_document)
    table["language_right"] = _column(outcomes, lambda o: o.language_right)
    return table


def figures(table: Columns, weights: Values | None = None) -> Figures:
    """The figures over questions that count `weights` times each, (questions,); once if not given.

    A figure is None where no question tells of it.
    """
    counts = np.ones(len(table["answerable"])) if weights is None else weights
    groups: Figures = {}
    for group, name in MEANS:
        groups.setdefault(group, {})[name] = _mean(table[f"{group}.{name}"], counts)
    groups["refusal"] = _refusal(table, counts)
    groups["citations"] = {
        "verified": _ratio(counts @ table["citations_verified"], counts @ table["citations"]),
        "from_gold_document": _mean(table["cites_gold_document"], counts),
    }
    groups["model"] = {
        "sentences_mean": _mean(table["written"], counts),
        "unsupported": _ratio(counts @ table["unsupported"], counts @ table["written"]),
        "fell_back": _mean(table["fell_back"], counts),
        "tokens_in_mean": _mean(table["tokens_in"], counts),
        "tokens_out_mean": _mean(table["tokens_out"], counts),
    }
    groups["language"] = {"right": _mean(table["language_right"], counts)}
    return groups


def latency(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Milliseconds a question, half of the questions and 95 % of them stay below.

    The first sentence is counted where there is one.
    """
    stages = {
        "retrieve": [o.retrieve_ms for o in outcomes],
        "first": [o.first_ms for o in outcomes if o.first_ms] or [0.0],
        "total": [o.total_ms for o in outcomes],
    }
    return {
        f"{stage}_p{share}": float(np.percentile(values, share))
        for stage, values in stages.items()
        for share in (50, 95)
    }


def auc(positive: Values, scores: Values, weights: Values) -> float | None:
    """The chance that a positive scores higher than a negative, ties counting half; None without both."""
    order = np.argsort(scores, kind="stable")
    _, level = np.unique(scores[order], return_inverse=True)
    levels = int(level[-1]) + 1 if len(level) else 0
    right = np.bincount(level, (weights * positive)[order], levels)
    wrong = np.bincount(level, (weights * (1 - positive))[order], levels)
    below = np.cumsum(wrong) - wrong
    return _ratio(float(right @ (below + wrong / 2)), right.sum() * wrong.sum())


def _refusal(table: Columns, counts: Values) -> dict[str, float | None]:
    """Of refusing: an unanswerable question that was refused is a hit."""
    unanswerable = 1 - table["answerable"]
    hits = float(counts @ (unanswerable * table["refused"]))
    refused, refusable = float(counts @ table["refused"]), float(counts @ unanswerable)
    return {
        "precision": _ratio(hits, refused),
        "recall": _ratio(hits, refusable),
        "f1": _ratio(2 * hits, refused + refusable),
        "auc": auc(table["answerable"], table["confidence"], counts),
    }


def _column(outcomes: Sequence[Outcome], value: Callable[[Outcome], Any]) -> Values:
    values = [value(outcome) for outcome in outcomes]
    return np.array([np.nan if v is None else float(v) for v in values])


def _mean(values: Values, counts: Values) -> float | None:
    known = ~np.isnan(values)
    return _ratio(float(counts[known] @ values[known]), counts[known].sum())


def _ratio(part: Any, whole: Any) -> float | None:
    return float(part / whole) if whole else None


def _within(rank: int | None, limit: int, known: object) -> float | None:
    return float(rank is not None and rank <= limit) if known else None


def _reciprocal(rank: int | None, known: object) -> float | None:
    return (1 / rank if rank else 0.0) if known else None


def _mean_length(outcome: Outcome) -> float | None:
    lengths = [quote.end - quote.start for quote in outcome.quotes]
    return sum(lengths) / len(lengths) if lengths else None


_RESAMPLES = 1000
_SEED = 20260116


@dataclass(frozen=True, slots=True)
class Difference:
    """This run's figure less the other's, with a paired bootstrap interval of 95 %."""

    group: str
    name: str
    this: float
    other: float
    low: float
    high: float

    def to_dict(self) -> dict[str, float]:
        return {
            "this": self.this,
            "other": self.other,
            "difference": self.this - self.other,
            "low": self.low,
            "high": self.high,
        }


def compare(these: Sequence[Outcome], others: Sequence[Outcome]) -> list[Difference]:
    """Every figure that both runs have, over the questions that both asked.

    Raises EvaluationError if they have no question in common.
    """
    by_id = {outcome.id: outcome for outcome in others}
    shared = [outcome for outcome in these if outcome.id in by_id]
    if not shared:
        raise EvaluationError("The two runs have no question in common: compare runs over the same folder.")
    ours, theirs = columns(shared), columns([by_id[outcome.id] for outcome in shared])
    random = np.random.default_rng(_SEED)
    everything = np.ones(len(shared))
    draws = random.multinomial(len(shared), everything / len(shared), _RESAMPLES).astype(np.float64)
    resampled = [(figures(ours, draw), figures(theirs, draw)) for draw in draws]
    return list(_differences(figures(ours), figures(theirs), resampled))


def _differences(
    ours: Figures, theirs: Figures, resampled: Sequence[tuple[Figures, Figures]]
) -> Iterator[Difference]:
    for group, named in ours.items():
        for name, this in named.items():
            other = theirs[group][name]
            if this is None or other is None:
                continue
            pairs = [(a[group][name], b[group][name]) for a, b in resampled]
            gaps = [a - b for a, b in pairs if a is not None and b is not None]
            low, high = np.percentile(gaps, (2.5, 97.5))
            yield Difference(group, name, this, other, float(low), float(high))
