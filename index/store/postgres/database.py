"""One generation in a PostgreSQL database: a schema of its own, held while it is read, and its full text.

PostgreSQL's own ranking knows neither how rare a word is nor BM25, and its parser would split words otherwise
than the index does. So full text is a table of which chunk holds which term how often; the terms are folded and
stemmed before they come here, so that a plain index finds them.
"""

import contextlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

from index.filters import DocumentFilter
from index.store.database import IN_ORDER, LEAST_RARITY, LENGTH_SHARE, SATURATION, TITLE_WEIGHT
from index.store.postgres.schema import MIGRATIONS, migrate
from index.store.postgres.server import PostgresSchema, connect, index_failures, lock_key, translated

if TYPE_CHECKING:
    import psycopg

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

# The server looks at these by itself, but a minute or so later: until then it takes each word for a rare one, and
# questions for one that stands everywhere take seconds.
_SEARCHED = (
    "documents",
    "blocks",
    "chunks",
    "sentences",
    "token_states",
    "event_dates",
    "full_text",
    "postings",
    "text_totals",
)


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

    def vocabulary(self) -> dict[str, int]:
        connection = self._database.connection
        return dict(connection.execute("SELECT term, count(*) FROM postings GROUP BY term").fetchall())

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


class PostgresDatabase(PostgresSchema):
    """The tables of one schema, made if they are not there. The schema is held: it stays while it is read."""

    def __init__(self, url: str, schema: str) -> None:
        """Raises HemerotecaError if the server cannot be reached or used."""
        hold = connect(url)
        super().__init__(url, schema)
        self._closing.callback(_let_go, hold)
        with self.failing():
            hold.execute("SELECT pg_advisory_lock_shared(%s)", (hold_key(schema),))
            migrate(hold, schema, MIGRATIONS, f"The index at {self.place}")
            self.open()

    # Made anew each time: kept, it would tie a circle, and a dropped database would stay open.
    @property
    def full_text(self) -> Postings:
        return Postings(self)

    def failing(self) -> AbstractContextManager[None]:
        return index_failures(self._url)

    @contextmanager
    def reading(self) -> Iterator[None]:
        if getattr(self._local, "transaction", None) is not None:
            yield
            return
        with self.transaction() as statements:
            statements.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield

    def batches(self, sql: str, parameters: Sequence[Any], size: int) -> Iterator[list[Any]]:
        with (
            self.lent() as connection,
            connection.transaction(),
            connection.cursor(name="batches", binary=True) as rows,
        ):
            rows.execute(translated(sql), parameters)
            while batch := rows.fetchmany(size):
                yield batch

    def bytes_of(self, column: str) -> str:
        return f"octet_length({column})"

    @contextmanager
    def lock(self, name: str) -> Iterator[None]:
        with self.failing(), connect(self._url) as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", (lock_key(name, self._schema),))
            yield

    def analyze(self) -> None:
        self.connection.execute(f"ANALYZE {', '.join(_SEARCHED)}")

    def size(self) -> int:
        row = self.connection.execute(
            "SELECT coalesce(sum(pg_total_relation_size(pg_class.oid)), 0)::bigint FROM pg_class "
            "JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE nspname = ? AND relkind = 'r'",
            (self._schema,),
        ).fetchone()
        return int(row[0])


def hold_key(schema: str) -> int:
    """The lock that everybody shares who reads a schema."""
    return lock_key("hold", schema)


def _let_go(hold: "psycopg.Connection[Any]") -> None:
    import psycopg

    # Said before it is closed, since the server takes its time to notice that.
    with contextlib.suppress(psycopg.Error):
        hold.execute("SELECT pg_advisory_unlock_all()")
    hold.close()
