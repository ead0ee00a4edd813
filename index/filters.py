"""Which documents, and which parts of them, a question may draw on; resolved in the store, never by Chroma."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from index.document import DateSource

# A sentence that speaks of a longer time than this says little of any day in it.
_LONGEST_EVENT = 31
# Not so of a date that is only the time of a file, as `Document.published` has it.
_PUBLISHED = f"coalesce(documents.date_source, '') <> '{DateSource.FILE_TIME}'"
_DAYS = frozenset({"published_from", "published_to", "happened_from", "happened_to", "as_of"})


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """Bounds on documents; an empty filter admits all. All dates are inclusive.

    `happened_from` and `happened_to` bound events: a chunk passes if a sentence of it speaks of a day between
    them, or its document was published then or on the day after. A document without a date passes no bound
    on publication, since nothing proves that it belongs there; nor does one whose date is only its file's time,
    which tells when it was copied. `as_of` answers as the archive stood on that day, which is also the day of
    asking: what is known to be published later is hidden.
    """

    published_from: date | None = None
    published_to: date | None = None
    documents: tuple[str, ...] = ()
    language: str = ""
    happened_from: date | None = None
    happened_to: date | None = None
    as_of: date | None = None

    def __bool__(self) -> bool:
        return self != EVERYTHING

    def to_dict(self) -> dict[str, Any]:
        """The bounds that are set, as JSON values; the inverse of `from_dict`."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
            if value
        }

    @classmethod
    def from_dict(cls, bounds: Mapping[str, Any]) -> "DocumentFilter":
        """The inverse of `to_dict`."""
        days = {name: date.fromisoformat(value) for name, value in bounds.items() if name in _DAYS}
        return cls(**{**bounds, "documents": tuple(bounds.get("documents", ())), **days})

    def where(self) -> tuple[str, list[str | int]]:
        """An SQL condition on `documents` and `chunks`, and its parameters."""
        conditions: list[str] = ["TRUE"]
        parameters: list[str | int] = []
        if self.published_from is not None:
            conditions.append(f"documents.date >= ? AND {_PUBLISHED}")
            parameters.append(self.published_from.isoformat())
        if self.published_to is not None:
            conditions.append(f"documents.date <= ? AND {_PUBLISHED}")
            parameters.append(self.published_to.isoformat())
        if self.as_of is not None:
            conditions.append(f"(documents.date IS NULL OR documents.date <= ? OR NOT {_PUBLISHED})")
            parameters.append(self.as_of.isoformat())
        if self.documents:
            conditions.append(f"documents.id IN ({', '.join('?' * len(self.documents))})")
            parameters.extend(self.documents)
        if self.language:
            conditions.append("documents.language = ?")
            parameters.append(self.language)
        if self.happened_from is not None or self.happened_to is not None:
            condition, bounds = _happened(self.happened_from or date.min, self.happened_to or date.max)
            conditions.append(condition)
            parameters.extend(bounds)
        return " AND ".join(conditions), parameters


EVERYTHING = DocumentFilter()


def _happened(first: date, last: date) -> tuple[str, list[str | int]]:
    spoken_of = (
        "chunks.key IN (SELECT event_dates.chunk FROM event_dates "
        'WHERE event_dates."from" <= ? AND event_dates."to" >= ? AND event_dates.days <= ?)'
    )
    longest = max(_LONGEST_EVENT, (last - first).days + 1)
    reported = last if last == date.max else last + timedelta(days=1)
    return (
        f"({spoken_of} OR documents.date BETWEEN ? AND ? AND {_PUBLISHED})",
        [last.isoformat(), first.isoformat(), longest, first.isoformat(), reported.isoformat()],
    )
