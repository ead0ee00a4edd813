"""Full text in PostgreSQL: BM25 from a table of which chunk holds which term how often.

PostgreSQL's own ranking knows neither how rare a word is nor BM25, and its parser would split words otherwise
than the index does. The terms are folded and stemmed before they come here, so that a plain index finds them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from index.filters import DocumentFilter
from index.store.text import IN_ORDER, LEAST_RARITY, LENGTH_SHARE, SATURATION, TITLE_WEIGHT

if TYPE_CHECKING:
    from index.store.postgres.database import PostgresDatabase

_SEARCH = f"""
WITH total AS (SELECT chunks, words / greatest(chunks, 1.0)::float8 AS mean FROM text_totals),
rarity AS (
    SELECT term, times * greatest(
        ln((chunks - count(*) + 0.5) / (count(*) + 0.5)::float8), {LEAST_RARITY}
    ) AS rarity
    FROM unnest(?::text[], ?::int[]) AS asked (term, times) JOIN postings USING (term), total
    GROUP BY term, times, chunks
),
scores AS (
    SELECT chunk, sum(rarity * frequency::float8 * {SATURATION + 1} / (
        frequency + {SATURATION} * ({1 - LENGTH_SHARE} + {LENGTH_SHARE} * length / mean)
    )) AS score FROM postings JOIN rarity USING (term), total GROUP BY chunk
)
SELECT chunks.id, score FROM scores JOIN chunks ON chunks.key = scores.chunk
JOIN documents ON documents.key = chunks.document
WHERE {{condition}} ORDER BY score DESC, chunks.key LIMIT ?
"""


class Postings:
    """The words of chunks, and for each term the chunks that hold it."""

    def __init__(self, database: "PostgresDatabase") -> None:
        self._database = database

    def put(self, title: str, bodies: Mapping[int, str]) -> None:
        connection = self._database.connection
        lengths = {key: _length(title, body) for key, body in bodies.items()}
        connection.executemany(
            "INSERT INTO full_text VALUES (?, ?, ?)", [(key, title, body) for key, body in bodies.items()]
        )
        postings = [
            (term, key, frequency, lengths[key])
            for key, body in bodies.items()
            for term, frequency in _frequencies(title, body).items()
        ]
        # Columns instead of rows: one statement, however many there are.
        columns = [list(column) for column in zip(*postings, strict=True)] or [[], [], [], []]
        connection.execute(
            "INSERT INTO postings SELECT * FROM unnest(?::text[], ?::bigint[], ?::real[], ?::int[])", columns
        )
        connection.execute(
            "UPDATE text_totals SET chunks = chunks + ?, words = words + ?",
            (len(lengths), sum(lengths.values())),
        )

    def remove(self, keys: Sequence[int]) -> None:
        connection = self._database.connection
        rows = connection.execute(
            "DELETE FROM full_text WHERE rowid = ANY(?) RETURNING title, body", (list(keys),)
        ).fetchall()
        held = {word for title, body in rows for word in (*_words(title), *_words(body))}
        connection.execute(
            "DELETE FROM postings WHERE term = ANY(?) AND chunk = ANY(?)", (list(held), list(keys))
        )
        words = sum(_length(title, body) for title, body in rows)
        connection.execute(
            "UPDATE text_totals SET chunks = chunks - ?, words = words - ?", (len(rows), words)
        )

    def search(self, terms: Sequence[str], limit: int, wanted: DocumentFilter) -> list[tuple[str, float]]:
        condition, parameters = wanted.where()
        asked = Counter(_words(" ".join(terms)))
        return self._database.connection.execute(
            _SEARCH.format(condition=condition), (list(asked), list(asked.values()), *parameters, limit)
        ).fetchall()

    def holding(self, terms: Sequence[str]) -> dict[str, int]:
        rows = self._database.connection.execute(
            "SELECT term, count(*) FROM postings WHERE term = ANY(?) GROUP BY term", (list(terms),)
        )
        return dict(rows.fetchall())

    def holding_all(self, groups: Sequence[Sequence[str]], wanted: DocumentFilter) -> list[tuple[str, str]]:
        condition, parameters = wanted.where()
        held = " AND ".join(["chunks.key IN (SELECT chunk FROM postings WHERE term = ANY(?))"] * len(groups))
        return self._database.connection.execute(
            "SELECT documents.id, chunks.id FROM chunks JOIN documents ON documents.key = chunks.document "
            f"WHERE {held} AND {condition} {IN_ORDER}",
            (*(_words(" ".join(group)) for group in groups), *parameters),
        ).fetchall()


def _frequencies(title: str, body: str) -> dict[str, float]:
    """How often each term stands in a chunk, those in its title weighed."""
    found = {term: float(count) for term, count in Counter(_words(body)).items()}
    for term, count in Counter(_words(title)).items():
        found[term] = found.get(term, 0) + TITLE_WEIGHT * count
    return found


def _length(title: str, body: str) -> int:
    return len(_words(title)) + len(_words(body))


def _words(terms: str) -> list[str]:
    """Terms as FTS5 sees them, to which an underscore is a space."""
    return terms.replace("_", " ").split()
