"""An archive as a whole: how much of when, what came last, whom and what it names most."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from threading import Lock
from typing import Generic, TypeVar

from index.document import DateSource, Document, Listed
from index.language.mentions import find_names
from index.language.terms import LANGUAGES, fold, is_stop_word, words
from index.store.listing import INDEXED_AT
from index.store.store import Store

T = TypeVar("T")
_NEWEST = 5
_SUBJECTS = 8
# The newest documents, and how much of each, that names are taken from.
_READ = 300
_SAMPLE = 8000
_LONGEST_NAME = 50
_SHORTEST_WORD = 3
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
    for document in documents:
        text = document.text[document.body :][:_SAMPLE]
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
        chosen.append(Subject(name, holding[name]))
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
    return not shouted and not is_stop_word(fold(parts[0])) and _months().isdisjoint(parts)


@cache
def _months() -> frozenset[str]:
    # With their accents, or “março” would be the Marco of Marco Rubio.
    # Reading dates is what no command needs that only looks.
    from index.dates import month_names

    return frozenset(month for language in LANGUAGES for month in month_names(language))


def _overlap(one: str, other: str) -> bool:
    first, second = set(words(one)), set(words(other))
    return first <= second or second <= first
