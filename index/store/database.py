"""What the store asks of a database engine. SQL is written once, in what SQLite and PostgreSQL both speak.

Parameters are question marks. What the engines do differently, they do behind these interfaces.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from index.filters import DocumentFilter

# Every engine scores a chunk by BM25 as SQLite's FTS5 counts it, with these numbers.
# A word in the title says more about a document than one in its body.
TITLE_WEIGHT = 2.0
# How soon a repeated word stops telling more, and how much a long chunk is held against it.
SATURATION = 1.2
LENGTH_SHARE = 0.75
# For a word that more than half of the chunks hold, instead of a negative one.
LEAST_RARITY = 1e-6

# Documents by their day, oldest first, undated ones last, and their chunks as they stand in them.
IN_ORDER = 'ORDER BY documents.date IS NULL, documents.date, documents.id, chunks."start"'


class Rows(Protocol):
    """The rows that a statement gave, as tuples."""

    def fetchone(self) -> Any: ...

    def fetchall(self) -> list[Any]: ...

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """Where statements are run: each by itself, or all within the transaction of this thread."""

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Rows: ...

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> object: ...


class FullText(Protocol):
    """The words of chunks. Those of one text are the stems in their order, with spaces between them."""

    def put(self, title: str, bodies: Mapping[int, str]) -> None:
        """Keep the words of a document's title and chunks, the latter by key.

        Call it in the transaction that stores the chunks.
        """
        ...

    def remove(self, keys: Sequence[int]) -> None:
        """Drop the words of chunks. Call it in the transaction that removes them, before they go."""
        ...

    def search(self, terms: Sequence[str], limit: int, wanted: DocumentFilter) -> list[tuple[str, float]]:
        """The ids of chunks that hold any of the terms, best first, with BM25 scores.

        A word in the title counts twice. Every engine gives the same scores.
        """
        ...

    def holding(self, terms: Sequence[str]) -> dict[str, int]:
        """How many chunks hold each term, of those that any holds."""
        ...

    def vocabulary(self) -> dict[str, int]:
        """How many chunks hold each term there is."""
        ...

    def holding_all(self, groups: Sequence[Sequence[str]], wanted: DocumentFilter) -> list[tuple[str, str]]:
        """Every chunk that holds a term of each group: the ids of its document and of itself.

        By the day of the document, the oldest first, undated ones last, and as they stand in it.
        """
        ...


class Database(Protocol):
    """One generation's tables. Safe to share between threads.

    `place` names where the index is kept that this is a generation of.
    """

    @property
    def place(self) -> str: ...

    @property
    def connection(self) -> Connection: ...

    @property
    def full_text(self) -> FullText: ...

    def transaction(self) -> AbstractContextManager[Connection]:
        """All or nothing: commits at the end of the block, rolls back if it or the commit fails."""
        ...

    def reading(self) -> AbstractContextManager[object]:
        """All that this thread reads in the block is of one moment, whatever others write. It must write nothing."""
        ...

    def batches(self, sql: str, parameters: Sequence[Any], size: int) -> Iterator[list[Any]]:
        """The rows of a large result, `size` at a time."""
        ...

    def bytes_of(self, column: str) -> str:
        """The SQL for how many bytes a text takes in UTF-8."""
        ...

    def lock(self, name: str) -> AbstractContextManager[object]:
        """Wait until no other process holds the lock of this name, and keep them from it."""
        ...

    def analyze(self) -> None:
        """Look over the tables, by whose statistics the engine chooses how to find something."""
        ...

    def size(self) -> int:
        """How many bytes it takes on disk."""
        ...

    def close(self) -> None:
        """Let go of everything; it must not be used any more."""
        ...
