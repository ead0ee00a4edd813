"""The documents as a list that can be long: one page of it, and what there is in all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from index.document import DateSource, Listed
from index.language.terms import fold
from index.reasons import Skipped
from index.store.store import Store

# Facts in the store: what embedded it and how that is opened, that a first run went through to its end, and when the
# last one did.
EMBEDDING = "embedding"
SOURCE = "embedding source"
COMPLETE = "complete"
INDEXED_AT = "indexed at"
# The documents with the day that each tells of itself: when a file was written says nothing about what it tells.
_DOCUMENTS = (
    "(SELECT id, path, title, language, "
    f"CASE WHEN date_source = '{DateSource.FILE_TIME}' THEN NULL ELSE date END AS date FROM documents) AS listed"
)


class Order(StrEnum):
    """How a list is sorted; documents without a day of their own come last by date."""

    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"


_ORDERS = {
    Order.NEWEST: "date IS NULL, date DESC, id",
    Order.OLDEST: "date IS NULL, date, id",
    Order.TITLE: "lower(title), id",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """Which documents to list: with all these words in title or path, from day to day, in this language."""

    words: str = ""
    first: date | None = None
    last: date | None = None
    language: str = ""
    order: Order = Order.NEWEST

    def where(self) -> tuple[str, list[str]]:
        """An SQL condition for all but the words, and its parameters."""
        bounds = [
            ("date >= ?", self.first and self.first.isoformat()),
            ("date <= ?", self.last and self.last.isoformat()),
            ("language = ?", self.language),
        ]
        set_ = [(condition, value) for condition, value in bounds if value]
        return " AND ".join(["TRUE", *(condition for condition, _ in set_)]), [value for _, value in set_]


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list, how long the whole is, and how many documents share each of its files."""

    documents: tuple[Listed, ...]
    total: int
    per_file: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Overview:
    """What is in an index: how many documents by month, the days and languages, what was skipped.

    `months` are told by their first days, and leave out documents without a day of their own. `indexed` is when a run
    was last finished, in UTC.
    """

    documents: int = 0
    first: date | None = None
    last: date | None = None
    months: tuple[tuple[date, int], ...] = ()
    languages: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    indexed: datetime | None = None


def list_documents(store: Store, wish: Wish, offset: int = 0, limit: int = 50) -> Listing:
    """The documents from `offset` on that a wish asks for, at most `limit`."""
    condition, parameters = wish.where()
    chosen = f"FROM {_DOCUMENTS} WHERE {condition}"
    ordered = f"SELECT * {chosen} ORDER BY {_ORDERS[wish.order]}"
    connection = store.connection
    if words := fold(wish.words).split():
        rows = [row for row in connection.execute(ordered, parameters) if _holds(row, words)]
        total, rows = len(rows), rows[offset : offset + limit]
    else:
        total = connection.execute(f"SELECT count(*) {chosen}", parameters).fetchone()[0]
        rows = connection.execute(f"{ordered} LIMIT ? OFFSET ?", [*parameters, limit, offset]).fetchall()
    return Listing(tuple(map(_listed, rows)), total, _per_file(store, {row[1] for row in rows}))


def overview(store: Store) -> Overview:
    """What is in the index as a whole."""
    count, first, last = store.connection.execute(
        f"SELECT count(*), min(date), max(date) FROM {_DOCUMENTS}"
    ).fetchone()
    months = store.connection.execute(
        f"SELECT substr(date, 1, 7) AS month, count(*) FROM {_DOCUMENTS} "
        "WHERE date IS NOT NULL GROUP BY month ORDER BY month"
    )
    indexed = store.fact(INDEXED_AT)
    return Overview(
        documents=count,
        first=_day(first),
        last=_day(last),
        months=tuple((date.fromisoformat(f"{row[0]}-01"), row[1]) for row in months),
        languages=tuple(language for language in store.languages() if language),
        skipped=tuple(store.ledger.skipped()),
        indexed=datetime.fromisoformat(indexed) if indexed else None,
    )


def _holds(row: tuple[str, ...], words: list[str]) -> bool:
    folded = fold(f"{row[2]} {row[1]}")
    return all(word in folded for word in words)


def _per_file(store: Store, paths: set[str]) -> dict[str, int]:
    if not paths:
        return {}
    places = ", ".join("?" * len(paths))
    rows = store.connection.execute(
        f"SELECT path, count(*) FROM documents WHERE path IN ({places}) GROUP BY path", list(paths)
    )
    return dict(rows.fetchall())


def _listed(row: tuple[str, str, str, str, str | None]) -> Listed:
    return Listed(*row[:4], _day(row[4]))


def _day(stored: str | None) -> date | None:
    return None if stored is None else date.fromisoformat(stored)
