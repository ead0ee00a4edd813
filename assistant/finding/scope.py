"""Where a question looks: the filter that its dates and the asker's ask for, and how that is told."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import compress
from operator import not_

from assistant.answer import Evidence, Searched
from assistant.finding.identifiers import is_within_identifier
from assistant.questions.question_dates import DateFilter, Recency, dates_of_question
from assistant.questions.wording import Wording
from index.dates import Interval
from index.dates.calendar import add_months
from index.document import Document, Span
from index.event_dates import dates_within
from index.filters import EVERYTHING, DocumentFilter
from index.language.lists import any_phrase
from index.language.terms import terms
from index.store.lookup import newest_documents
from index.store.store import Store
from prompts import phrase

# Evidence whose score is this close to the best may change places with it; what alone answers stays on top.
_NEAR_THE_BEST = 0.7
# Of what the best evidence and its title hold of the question's words, what other evidence on the subject holds.
_AS_MUCH = 0.8
# What it is worth to a sentence to speak of the days asked for, in scores of evidence.
_OF_THE_DAYS = 1.0
_DANGLING = re.compile(rf"\s{any_phrase('comparing', 'before_days')}\s*$", re.IGNORECASE)


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
    named = [expression.interval for expression in dates_within(document, span)]
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


@dataclass(frozen=True, slots=True)
class Scope:
    """The filter for one question, and what to tell of it.

    `searched` is None if the question names no days; `named_at` is where it names those of the filter, if it does.
    `asked` is the asker's filter without them. `others` are where else it may look, if the words for its days can
    mean other days too.
    """

    wanted: DocumentFilter
    searched: Searched | None = None
    asked: DocumentFilter = EVERYTHING
    others: tuple["Scope", ...] = ()
    named_at: Span | None = None

    def published(self) -> "Scope":
        """The scope with its days as those of publication, whatever the question says of them."""
        if self.searched is None or self.searched.relaxed or self.searched.about == "publication":
            return self
        wanted = published_in(self.asked, Interval(self.searched.first, self.searched.last))
        return replace(self, wanted=wanted, searched=replace(self.searched, about="publication"), others=())

    def relaxed(self) -> "Scope":
        """The scope without the days that the question names, whose words count as any others."""
        if self.searched is None:
            return self
        return Scope(self.asked, replace(self.searched, relaxed=True), self.asked)


def scope_of(
    question: str, language: str, wanted: DocumentFilter, today: date, store: Store | None = None
) -> Scope:
    """The asker's filter, narrowed to the days that the question names, as seen from the day of asking.

    A day without its year is the one that the archive in `store` has something of.
    """
    named = dates_of_question(question, wanted.as_of or today, language)
    if named is None or is_within_identifier(question, named.span, language):
        return Scope(wanted, asked=wanted)
    scope, *others = (
        _to_days(wanted, replace(named, interval=days)) for days in (named.interval, *named.others)
    )
    if store is not None and named.yearly and not _is_held(scope, store):
        years = (
            _to_days(wanted, replace(named, interval=days)) for days in _other_years(named.interval, store)
        )
        held = next((each for each in (*others, *years) if _is_held(each, store)), scope)
        others = [each for each in (scope, *others) if each != held]
        scope = held
    return replace(scope, others=tuple(others))


def _is_held(scope: Scope, store: Store) -> bool:
    return bool(newest_documents(store, scope.wanted, 1))


def _other_years(days: Interval, store: Store) -> Iterator[Interval]:
    """The same days in the years of an archive, the newest first."""
    oldest, newest, day = store.oldest_day(), store.newest_day(), days.start or days.end
    if oldest is None or newest is None or day is None:
        return
    for year in range(newest.year, oldest.year - 1, -1):
        months = 12 * (year - day.year)
        first, last = (None if end is None else add_months(end, months) for end in (days.start, days.end))
        yield Interval(first, last)


def _to_days(wanted: DocumentFilter, named: DateFilter) -> Scope:
    searched = Searched(named.interval.start, named.interval.end, named.about, named.text)
    return Scope(_narrowed(wanted, named), searched, wanted, named_at=named.span)


def without_days(question: str, named_at: Span | None) -> str:
    """The question without the words at `named_at`, which name the days searched: the filter stands for them.

    What was published on a day seldom names it. The question as it is if no days are searched.
    """
    if named_at is None:
        return question
    before, after = question[: named_at.start], question[named_at.end :]
    return " ".join(f"{_DANGLING.sub(' ', before)} {after}".split())


def _narrowed(wanted: DocumentFilter, named: DateFilter) -> DocumentFilter:
    days = named.interval
    if named.about == "event":
        return replace(wanted, happened_from=days.start, happened_to=days.end)
    return published_in(wanted, days)


def published_in(wanted: DocumentFilter, days: Interval) -> DocumentFilter:
    """The filter with only what was published in these days."""
    return replace(
        wanted,
        published_from=max(filter(None, (days.start, wanted.published_from)), default=None),
        published_to=min(filter(None, (days.end, wanted.published_to)), default=None),
    )


def searched_notice(searched: Searched, language: str) -> str:
    """A sentence that tells the reader which days were searched."""
    first, last = searched.first, searched.last
    if first is None or last is None:
        bound = "from" if first is not None else "to"
        told = phrase(f"searched_{bound}", language, day=first or last)
    elif first == last:
        told = phrase("searched_day", language, day=first)
    else:
        told = phrase("searched_between", language, first=first, last=last)
    return f"{told} {phrase('searched_relaxed', language)}" if searched.relaxed else told
