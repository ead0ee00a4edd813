"""An archive as a whole, and a document: how much of when, what it says, whom and what it names most."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

from assistant.suggestions import document_questions
from index.document import DateSource, Document, Listed, Span
from index.filters import DocumentFilter
from index.language.mentions import find_names
from index.language.terms import LANGUAGES, fold, is_stop_word, words
from index.store.listing import INDEXED_AT
from index.store.store import Store
from index.text.structure import asks

if TYPE_CHECKING:
    from index.dates import DateExpression, Interval

T = TypeVar("T")
_NEWEST = 5
_SUBJECTS = 8
# The newest documents, and how much of each, that names are taken from.
_READ = 300
_SAMPLE = 8000
_LONGEST_NAME = 50
_SHORTEST_WORD = 3
_DAYS = 6  # of a document that are told
_LONGEST_STRETCH = 31  # days
_SPEAKERS = 5
_KEPT = 500  # documents whose portraits are kept
_SENTENCES = 4  # that stand for a document
_SHARE = 0.5  # of its text at most
# What a line of Markdown or a list begins with before its first word.
_SIGNS = "#>*-•|·0123456789.) \t"
_DATED = f"date IS NOT NULL AND coalesce(date_source, '') <> '{DateSource.FILE_TIME}'"


@dataclass(frozen=True, slots=True)
class Subject:
    """A name as it is mostly written, or a heading, and how many documents hold it."""

    name: str
    documents: int


@dataclass(frozen=True, slots=True)
class Portrait:
    """What there is to tell of an archive; empty for an empty one.

    Only days that documents tell of themselves count: `first` and `last` are the ends of those that the `dated`
    documents tell.
    """

    documents: int = 0
    dated: int = 0
    first: date | None = None
    last: date | None = None
    languages: tuple[str, ...] = ()
    newest: tuple[Listed, ...] = ()
    subjects: tuple[Subject, ...] = ()


class UntilChanged(Generic[T]):
    """What is made of an archive, kept until that has changed. Safe to share between threads."""

    def __init__(self, make: Callable[[Store], T]) -> None:
        self._make, self._lock = make, Lock()
        self._kept: tuple[object, T] | None = None

    def of(self, store: Store) -> T:
        state = (id(store), store.fact(INDEXED_AT), store.counts())
        with self._lock:
            if self._kept is None or self._kept[0] != state:
                self._kept = state, self._make(store)
            return self._kept[1]


@dataclass(frozen=True, slots=True)
class DocumentPortrait:
    """What a document says as a whole; all spans lie in its text.

    `gist` are the sentences that stand for it, in their order, `dates` the days and periods that it speaks of most,
    in the order of the calendar, `speakers` who speaks in a transcript and where first, who says most first.
    `questions` are those that its sentences suggest.
    """

    document: Document
    gist: tuple[Span, ...] = ()
    dates: "tuple[DateExpression, ...]" = ()
    speakers: tuple[tuple[str, Span], ...] = ()
    questions: tuple[str, ...] = ()


class DocumentPortraits:
    """Portraits of documents, each kept until the archive has changed. Safe to share between threads."""

    def __init__(self) -> None:
        self._kept = UntilChanged[dict[str, DocumentPortrait]](lambda _: {})

    def of(self, store: Store, document_id: str) -> DocumentPortrait | None:
        """The portrait of a document, None if there is no such document."""
        kept = self._kept.of(store)
        if (portrait := kept.get(document_id)) is None:
            document = store.document(document_id)
            if document is None:
                return None
            portrait = portray(store, document)
            if len(kept) < _KEPT:
                kept[document_id] = portrait
        return portrait


def draw_portrait(store: Store) -> Portrait:
    """What the documents of a store are as a whole; reads the newest few hundred of them."""
    dated, first, last = store.connection.execute(
        f"SELECT count(*), min(date), max(date) FROM documents WHERE {_DATED}"
    ).fetchone()
    return Portrait(
        documents=store.counts()[0],
        dated=dated,
        first=date.fromisoformat(first) if first else None,
        last=date.fromisoformat(last) if last else None,
        languages=tuple(filter(None, store.languages())),
        newest=_newest(store.catalogue()),
        subjects=subjects_of(islice(store.documents(), _READ)),
    )


def portray(store: Store, document: Document) -> DocumentPortrait:
    """What there is to tell of a document of the store; reads all of it."""
    # With it comes much that no command needs that only looks.
    from assistant.finding.gist import gist

    telling = [item.span for item in gist(store, DocumentFilter(documents=(document.id,)))][:_SENTENCES]
    return DocumentPortrait(
        document,
        gist=tuple(sorted(_shorter(telling, document))),
        dates=_dates(document),
        speakers=_speakers(document),
        questions=document_questions(store, document, telling),
    )


def _shorter(telling: Iterable[Span], document: Document) -> Iterator[Span]:
    """The first of them that are together well shorter than the document itself."""
    room = _SHARE * (len(document.text) - document.body)
    for span in telling:
        if (room := room - (span.end - span.start)) < 0:
            break
        yield span


def _dates(document: Document) -> "tuple[DateExpression, ...]":
    """The days that are told most, but the document's own, each where it is told first."""
    from index.event_dates import dates_within

    told = [
        each
        for each in dates_within(document, Span(document.body, len(document.text)))
        if each.sure and _is_near(each.interval) and each.interval.start != document.published
    ]
    often = Counter(each.interval for each in told)
    first = {each.interval: each for each in reversed(told)}
    chosen = sorted(first.values(), key=lambda each: (-often[each.interval], each.span))[:_DAYS]
    return tuple(sorted(chosen, key=lambda each: (each.interval.start or date.min, each.span)))


def _is_near(interval: "Interval") -> bool:
    """Whether it is a day, a month or a stretch as short: whole years say little of a document."""
    start, end = interval.start, interval.end
    return start is not None and end is not None and (end - start).days <= _LONGEST_STRETCH


def _speakers(document: Document) -> tuple[tuple[str, Span], ...]:
    """Those who have something to say, whose turns are longest; the press that asks is not named."""
    said: Counter[str] = Counter()
    first: dict[str, Span] = {}
    for block in document.blocks:
        if block.speaker and not asks(block.speaker):
            said[block.speaker] += block.span.end - block.span.start
            first.setdefault(block.speaker, block.span)
    return tuple((speaker, first[speaker]) for speaker, _ in said.most_common(_SPEAKERS))


def _newest(catalogue: Iterable[Listed]) -> tuple[Listed, ...]:
    """The newest documents that tell their own day, or where none does, the first that there are."""
    listed = list(catalogue)
    dated = [one for one in listed if one.published]
    return tuple((dated or listed)[:_NEWEST])


def subjects_of(documents: Iterable[Document], most: int = _SUBJECTS) -> tuple[Subject, ...]:
    """What the documents name most, those that most documents name first.

    A name of one word is left out where it is also written small, and where it is part of a fuller one.
    """
    holding: Counter[str] = Counter()
    mentions: Counter[str] = Counter()
    small: set[str] = set()
    texts = [document.text[document.body :][:_SAMPLE] for document in documents]
    for text in texts:
        names = list(names_of(text))
        holding.update(set(names))
        mentions.update(names)
        small.update(filter(str.islower, re.findall(r"\w+", text)))
    ranked = sorted(holding, key=lambda name: (-holding[name], -mentions[name] * len(name.split())))
    chosen: list[Subject] = []
    for name in ranked:
        if len(chosen) == most:
            break
        alone = " " not in name
        if (alone and name.lower() in small) or any(_overlap(name, other.name) for other in chosen):
            continue
        chosen.append(Subject(name, sum(name in text for text in texts)))
    return tuple(chosen)


def names_of(text: str) -> Iterator[str]:
    """The names in a text, none over the end of a line, without months, columns and what is written in capitals."""
    for line in text.splitlines():
        told = line.lstrip(_SIGNS)
        for span in find_names(told, first_counts=False):
            name = span.of(told).strip(" .,-’'")
            # The columns of a row are no names; who speaks in a line of a chat is one.
            if told.count(": ") > 1 and told.startswith(":", span.end):
                continue
            if _SHORTEST_WORD < len(name) <= _LONGEST_NAME and _is_subject(name):
                yield name


def _is_subject(name: str) -> bool:
    parts = name.lower().split()
    shouted = len(parts) > 1 and name.isupper()
    return not shouted and not asks(name) and not is_stop_word(fold(parts[0])) and _months().isdisjoint(parts)


@cache
def _months() -> frozenset[str]:
    # With their accents, or “março” would be the Marco of Marco Rubio.
    # Reading dates is what no command needs that only looks.
    from index.dates import month_names

    return frozenset(month for language in LANGUAGES for month in month_names(language))


def _overlap(one: str, other: str) -> bool:
    first, second = set(words(one)), set(words(other))
    return first <= second or second <= first
