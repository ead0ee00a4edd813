"""A generation's tables in PostgreSQL, and the numbered migrations that lead to them.

Text is compared byte by byte, as SQLite does.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from index.errors import IndexDamaged
from index.store.postgres.server import lock_key

if TYPE_CHECKING:
    import psycopg

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
