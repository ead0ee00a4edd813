"""The same said by several documents, as where five papers print one wire story."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from assistant.answer import Evidence
from assistant.finding.rewording import is_reworded
from assistant.prove.proof import proof_of
from assistant.prove.strict import contradicts
from index.dates import Interval, find_dates
from index.document import Document
from index.language.terms import words

# Fewer words may be the same by chance.
_FEWEST_WORDS = 5
# The longer one may add so much: a dateline, "según informó EFE".
_SHARED = 0.75


def is_reprint(item: Evidence, other: Evidence) -> bool:
    """Whether two documents say the same: in the same words, or in like stories in partly other words.

    The same days are meant: "ayer" in papers of two days is not the same.
    """
    if item.document.id == other.document.id:
        return False
    return (_is_copied(item, other) or is_reworded(item, other)) and _days(item) == _days(other)


def _is_copied(item: Evidence, other: Evidence) -> bool:
    """Whether one's words stand in the other, in their order, with little added.

    What is added holds no figure and denies nothing.
    """
    shorter, longer = sorted((item, other), key=lambda each: len(_words(each.quote)))
    few, many = _words(shorter.quote), _words(longer.quote)
    if len(few) < _FEWEST_WORDS or len(few) < _SHARED * len(many) or not _stands_within(few, many):
        return False
    added = set(many) - set(few)
    if any(word[0].isdigit() for word in added):
        return False
    return not contradicts(longer.quote, longer.document.language, [proof_of(shorter)])


def merged(item: Evidence, other: Evidence) -> Evidence:
    """One place for both: the fuller one is quoted, of equals the newer; the rest is named in `also`."""
    shown = max((item, other), key=_fullness)
    documents = {document.id: document for document in (*_documents(item), *_documents(other))}
    also = tuple(document for id_, document in documents.items() if id_ != shown.document.id)
    return replace(item, document=shown.document, span=shown.span, also=also)


# Each sentence is compared with every other that is chosen.
@lru_cache(maxsize=512)
def _words(text: str) -> tuple[str, ...]:
    return tuple(words(text))


def _documents(item: Evidence) -> tuple[Document, ...]:
    return (item.document, *item.also)


def _fullness(item: Evidence) -> tuple[int, date]:
    return len(_words(item.quote)), item.document.published or date.min


def _stands_within(few: Sequence[str], many: Sequence[str]) -> bool:
    rest = iter(many)
    return all(word in rest for word in few)


def _days(item: Evidence) -> list[Interval]:
    document = item.document
    return [found.interval for found in find_dates(item.quote, document.published, document.language)]
