"""The order of evidence that a question's sense of time asks for: its days first, the newest, the oldest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import compress
from operator import not_

from assistant.answer import Evidence, Searched
from assistant.questions.question_dates import Recency
from assistant.questions.wording import Wording
from index.dates import Interval
from index.document import Document, Span
from index.event_dates import dates_of_sentence
from index.language.terms import terms

# Evidence whose score is this close to the best may change places with it; what alone answers stays on top.
_NEAR_THE_BEST = 0.7
# Of what the best evidence and its title hold of the question's words, what other evidence on the subject holds.
_AS_MUCH = 0.8
# What it is worth to a sentence to speak of the days asked for, in scores of evidence.
_OF_THE_DAYS = 1.0


def days_first(
    evidence: Sequence[Evidence], searched: Searched, *, strictly: bool = False
) -> tuple[Evidence, ...]:
    """The evidence with sentences that speak of the days searched moved up; `strictly`, without any others.

    Then what speaks of a month that the days lie in is left out too, if anything speaks of just these days.
    """
    interval = Interval(searched.first, searched.last)
    nearness = [nearness_to_days(item.document, item.span, interval) for item in evidence]
    least = max(nearness, default=0) if strictly else 0
    kept = [(item, near) for item, near in zip(evidence, nearness, strict=True) if near >= least]
    kept.sort(key=lambda pair: -(pair[0].score + _OF_THE_DAYS * (pair[1] > 0)))
    return _renumbered([item for item, _ in kept])


def nearness_to_days(document: Document, span: Span, interval: Interval) -> int:
    """2 if words of a document speak of days within `interval`, 1 if of a longer time that touches it, else 0."""
    named = [found.interval for found in dates_of_sentence(document, span)]
    if any(interval.holds(days) for days in named):
        return 2
    return int(any(interval.overlaps(days) for days in named))


def by_recency(
    evidence: Sequence[Evidence], recency: Recency, question: Wording, *, by_subject: bool = False
) -> tuple[Evidence, ...]:
    """The evidence that answers as well as the best by date, newest or oldest first; the rest as it was.

    With `by_subject`, for a question that says “the latest on…”, so does what is as much on the subject.
    """
    if not evidence:
        return ()
    bar = _Bar.of(max(evidence, key=lambda item: item.score), question)
    reached = [bar.reached_by(item, question, by_subject) for item in evidence]
    near = list(compress(evidence, reached))
    rest = compress(evidence, map(not_, reached))
    undated = date.min if recency == "newest" else date.max
    near.sort(key=lambda item: item.document.published or undated, reverse=recency == "newest")
    return _renumbered([*near, *rest])


@dataclass(frozen=True, slots=True)
class _Bar:
    """What the best evidence has, and other evidence must have to change places with it."""

    score: float
    is_answer: bool
    subject: float

    @classmethod
    def of(cls, item: Evidence, question: Wording) -> "_Bar":
        return cls(item.score, _names_an_answer(item), _subject(item, question))

    def reached_by(self, item: Evidence, question: Wording, by_subject: bool) -> bool:
        """Whether it names an answer as well, and is near by its score, or as much on the subject."""
        near = item.score >= self.score - _NEAR_THE_BEST
        near = near or (by_subject and _subject(item, question) >= _AS_MUCH * self.subject)
        return near and _names_an_answer(item) >= self.is_answer


def _names_an_answer(item: Evidence) -> bool:
    """Whether the reader takes words of it for the answer."""
    return item.answer is not None and item.answer.score > 0


def _subject(item: Evidence, question: Wording) -> float:
    """The share of the question's words that a quote and its document's title hold."""
    known = terms(f"{item.document.title} {item.quote}", item.document.language)
    return question.share(question.loosely(known))


def _renumbered(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return tuple(replace(item, number=number) for number, item in enumerate(evidence, 1))
