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

from index.errors import IndexDamaged
from index.filters import DocumentFilter
from index.store.database import IN_ORDER, LEAST_RARITY, LENGTH_SHARE, SATURATION, TITLE_WEIGHT
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


MIGRATIONS = (
    """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE files (
    path TEXT COLLATE "C" PRIMARY KEY,
    size BIGINT NOT NULL,
    mtime_ns BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    reason TEXT COLLATE "C",
    depends TEXT NOT NULL DEFAULT ''
);
CREATE TABLE skipped (file TEXT NOT NULL, path TEXT COLLATE "C" NOT NULL, reason TEXT COLLATE "C" NOT NULL);
CREATE INDEX skipped_by_file ON skipped (file);
CREATE TABLE documents (
    key BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id TEXT COLLATE "C" NOT NULL UNIQUE,
    path TEXT COLLATE "C" NOT NULL,
    version TEXT NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    text TEXT NOT NULL,
    language TEXT COLLATE "C" NOT NULL,
    date TEXT COLLATE "C",
    date_source TEXT,
    url TEXT,
    body INTEGER NOT NULL,
    pages TEXT NOT NULL
);
CREATE INDEX documents_by_path ON documents (path);
CREATE INDEX documents_by_date ON documents (date);
CREATE TABLE chunks (
    key BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id TEXT COLLATE "C" NOT NULL UNIQUE,
    document BIGINT NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    vector BYTEA NOT NULL
);
CREATE INDEX chunks_by_document ON chunks (document);
CREATE TABLE sentences (
    chunk BIGINT NOT NULL REFERENCES chunks (key) ON DELETE CASCADE,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    vector BYTEA NOT NULL,
    PRIMARY KEY (chunk, "start")
);
CREATE TABLE event_dates (
    chunk BIGINT NOT NULL REFERENCES chunks (key) ON DELETE CASCADE,
    sentence INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "from" TEXT COLLATE "C" NOT NULL,
    "to" TEXT COLLATE "C" NOT NULL,
    days INTEGER NOT NULL,
    grain TEXT NOT NULL,
    sure BOOLEAN NOT NULL
);
CREATE INDEX event_dates_by_chunk ON event_dates (chunk);
CREATE INDEX event_dates_by_day ON event_dates ("from", "to");
CREATE TABLE outbox (chunk_id TEXT COLLATE "C" PRIMARY KEY, action TEXT NOT NULL);
-- The chunk's key is called rowid, as SQLite calls it, so that one statement asks both.
CREATE TABLE full_text (rowid BIGINT PRIMARY KEY, title TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE postings (
    term TEXT COLLATE "C",
    chunk BIGINT,
    frequency REAL NOT NULL,
    length INTEGER NOT NULL,
    PRIMARY KEY (term, chunk) INCLUDE (frequency, length)
);
CREATE TABLE text_totals (chunks BIGINT NOT NULL, words BIGINT NOT NULL);
INSERT INTO text_totals VALUES (0, 0);
""",
    """
ALTER TABLE documents ADD COLUMN left_out TEXT NOT NULL DEFAULT '[]';
CREATE TABLE blocks (
    document BIGINT NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    kind TEXT NOT NULL,
    rest TEXT NOT NULL,
    PRIMARY KEY (document, "start")
);
""",
    """
CREATE INDEX turns ON blocks (document, "start") WHERE kind = 'turn';
""",
    """
ALTER TABLE sentences DROP COLUMN vector;
CREATE TABLE token_states (
    chunk BIGINT PRIMARY KEY REFERENCES chunks (key) ON DELETE CASCADE,
    states BYTEA NOT NULL
);
""",
    """
ALTER TABLE event_dates ADD COLUMN readings TEXT NOT NULL DEFAULT '';
""",
    # Reasons were sentences: they stay readable as those, and files read again have theirs by code.
    """
UPDATE files SET sha256 = '' WHERE reason IS NOT NULL OR path IN (SELECT file FROM skipped);
UPDATE files SET reason = json_build_object('code', 'other', 'detail', reason)::text WHERE reason IS NOT NULL;
UPDATE skipped SET reason = json_build_object('code', 'other', 'detail', reason)::text;
""",
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


def migrate(connection: "psycopg.Connection[Any]", schema: str, migrations: Sequence[str], what: str) -> None:
    """Bring a schema to the last of `migrations`, made if it is not there.

    Raises IndexDamaged if it is of a newer version; `what` says of what, and where that is.
    """
    from psycopg.sql import SQL, Identifier

    with connection.transaction():
        # Another process may be doing the same.
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (lock_key("migrate", schema),))
        connection.execute(SQL("CREATE SCHEMA IF NOT EXISTS {}").format(Identifier(schema)))
        connection.execute(SQL("SET LOCAL search_path TO {}").format(Identifier(schema)))
        connection.execute("CREATE TABLE IF NOT EXISTS schema_version (number INTEGER NOT NULL)")
        row = connection.execute("SELECT coalesce(max(number), 0) FROM schema_version").fetchone()
        version = 0 if row is None else int(row[0])
        if version > len(migrations):
            raise IndexDamaged(
                f"{what} was written by a newer Hemeroteca (schema {version}, this one knows "
                f"{len(migrations)}): upgrade Hemeroteca, or name another database with HEMEROTECA_STORE."
            )
        for number in range(version, len(migrations)):
            connection.execute(migrations[number].encode())
            connection.execute("INSERT INTO schema_version VALUES (%s)", (number + 1,))
