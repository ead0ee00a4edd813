"""The order of evidence that a question's sense of time asks for: its days first, the newest, the oldest."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import Evidence, Searched
from assistant.question_dates import Recency
from index.dates import Interval
from index.event_dates import dates_of_sentence

# Evidence whose score is this close to the best may change places with it; what alone answers stays on top.
_NEAR_THE_BEST = 0.7


def days_first(evidence: Sequence[Evidence], searched: Searched) -> tuple[Evidence, ...]:
    """Sentences that speak of the days searched before the others, each group in its order."""
    interval = Interval(searched.first, searched.last)
    return _renumbered(sorted(evidence, key=lambda item: not _speaks_of(item, interval)))


def by_recency(evidence: Sequence[Evidence], recency: Recency) -> tuple[Evidence, ...]:
    """The evidence near the best by date, newest or oldest first; the rest behind it as it was."""
    if not evidence:
        return ()
    best = max(item.score for item in evidence)
    near = [item for item in evidence if item.score >= best - _NEAR_THE_BEST]
    rest = [item for item in evidence if item.score < best - _NEAR_THE_BEST]
    undated = date.min if recency == "newest" else date.max
    near.sort(key=lambda item: item.document.published or undated, reverse=recency == "newest")
    return _renumbered([*near, *rest])


def _speaks_of(item: Evidence, interval: Interval) -> bool:
    return any(found.interval.overlaps(interval) for found in dates_of_sentence(item.document, item.span))


def _renumbered(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return tuple(replace(item, number=number) for number, item in enumerate(evidence, 1))
