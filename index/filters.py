"""Which documents a question may draw on; resolved in SQLite, never by Chroma."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """Bounds on documents; an empty filter admits all. Both dates are inclusive.

    A document without a date passes no date bound, since nothing proves that it belongs there.
    """

    published_from: date | None = None
    published_to: date | None = None
    documents: tuple[str, ...] = ()
    language: str = ""

    def __bool__(self) -> bool:
        return self != EVERYTHING

    def where(self) -> tuple[str, list[str]]:
        """An SQL condition on `documents` and its parameters."""
        conditions, parameters = ["1"], []
        if self.published_from is not None:
            conditions.append("documents.date >= ?")
            parameters.append(self.published_from.isoformat())
        if self.published_to is not None:
            conditions.append("documents.date <= ?")
            parameters.append(self.published_to.isoformat())
        if self.documents:
            conditions.append(f"documents.id IN ({', '.join('?' * len(self.documents))})")
            parameters.extend(self.documents)
        if self.language:
            conditions.append("documents.language = ?")
            parameters.append(self.language)
        return " AND ".join(conditions), parameters


EVERYTHING = DocumentFilter()
