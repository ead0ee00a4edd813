"""Where a question looks: the filter that its dates and the asker's ask for, and how that is told."""

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Searched
from assistant.finding.identifiers import is_within_identifier
from assistant.questions.question_dates import DateFilter, dates_of_question
from index.dates import Interval
from index.document import Span
from index.filters import EVERYTHING, DocumentFilter
from prompts import phrase

_DANGLING = re.compile(
    r"\s(?:en|el|la|del?|desde|hasta|entre|durante|in|on|of|from|since|until|during|between|em|no|na|do|da)\s*$",
    re.IGNORECASE,
)


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


def scope_of(question: str, language: str, wanted: DocumentFilter, today: date) -> Scope:
    """The asker's filter, narrowed to the days that the question names, as seen from the day of asking."""
    named = dates_of_question(question, wanted.as_of or today, language)
    if named is None or is_within_identifier(question, named.span, language):
        return Scope(wanted, asked=wanted)
    others = tuple(_to_days(wanted, replace(named, interval=days, others=())) for days in named.others)
    return replace(_to_days(wanted, named), others=others)


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
