"""The store's tables, and the numbered migrations that lead to them."""

import sqlite3

from index.errors import IndexDamaged

MIGRATIONS = (
    """
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE files (
        path TEXT PRIMARY KEY,
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        reason TEXT
    ) WITHOUT ROWID;
    CREATE TABLE documents (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        path TEXT NOT NULL,
        version TEXT NOT NULL,
        title TEXT NOT NULL,
        text TEXT NOT NULL,
        language TEXT NOT NULL,
        date TEXT,
        date_source TEXT,
        url TEXT,
        body INTEGER NOT NULL,
        pages TEXT NOT NULL
    );
    CREATE INDEX documents_by_path ON documents (path);
    CREATE INDEX documents_by_date ON documents (date);
    CREATE TABLE chunks (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
        "start" INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        vector BLOB NOT NULL
    );
    CREATE INDEX chunks_by_document ON chunks (document);
    CREATE TABLE sentences (
        chunk INTEGER NOT NULL REFERENCES chunks (key) ON DELETE CASCADE,
        "start" INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        vector BLOB NOT NULL,
        PRIMARY KEY (chunk, "start")
    ) WITHOUT ROWID;
    CREATE VIRTUAL TABLE full_text USING fts5 (title, body, tokenize = 'unicode61 remove_diacritics 0');
    CREATE TABLE outbox (chunk_id TEXT PRIMARY KEY, action TEXT NOT NULL) WITHOUT ROWID;
    """,
    """
    CREATE TABLE skipped (file TEXT NOT NULL, path TEXT NOT NULL, reason TEXT NOT NULL);
    CREATE INDEX skipped_by_file ON skipped (file);
    """,
    """
    CREATE TABLE event_dates (
        chunk INTEGER NOT NULL REFERENCES chunks (key) ON DELETE CASCADE,
        sentence INTEGER NOT NULL,
        "start" INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        "from" TEXT NOT NULL,
        "to" TEXT NOT NULL,
        days INTEGER NOT NULL,
        grain TEXT NOT NULL,
        sure INTEGER NOT NULL
    );
    CREATE INDEX event_dates_by_chunk ON event_dates (chunk);
    CREATE INDEX event_dates_by_day ON event_dates ("from", "to");
    """,
    """
    ALTER TABLE files ADD COLUMN depends TEXT NOT NULL DEFAULT '';
    UPDATE files SET sha256 = '' WHERE reason IS NOT NULL OR path IN (SELECT file FROM skipped);
    """,
    """
    ALTER TABLE documents ADD COLUMN left_out TEXT NOT NULL DEFAULT '[]';
    CREATE TABLE blocks (
        document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
        "start" INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        kind TEXT NOT NULL,
        rest TEXT NOT NULL,
        PRIMARY KEY (document, "start")
    ) WITHOUT ROWID;
    """,
    """
    CREATE INDEX turns ON blocks (document, "start") WHERE kind = 'turn';
    """,
    """
    ALTER TABLE sentences DROP COLUMN vector;
    CREATE TABLE token_states (
        chunk INTEGER PRIMARY KEY REFERENCES chunks (key) ON DELETE CASCADE,
        states BLOB NOT NULL
    );
    """,
    """
    ALTER TABLE event_dates ADD COLUMN readings TEXT NOT NULL DEFAULT '';
    """,
    # Reasons were sentences: they stay readable as those, and files read again have theirs by code.
    """
    UPDATE files SET sha256 = '' WHERE reason IS NOT NULL OR path IN (SELECT file FROM skipped);
    UPDATE files SET reason = json_object('code', 'other', 'detail', reason) WHERE reason IS NOT NULL;
    UPDATE skipped SET reason = json_object('code', 'other', 'detail', reason);
    """,
)
VERSION = len(MIGRATIONS)


def migrate(connection: sqlite3.Connection, where: str) -> None:
    """Bring the store at `where` to this version. Raises IndexDamaged if it is of a newer one."""
    if _version(connection, where) == VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have migrated while this one waited for the lock.
        for number in range(_version(connection, where), VERSION):
            for statement in MIGRATIONS[number].split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number + 1}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection, where: str) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > VERSION:
        raise IndexDamaged(
            f"The index at {where} was written by a newer Hemeroteca (schema {version}, this one knows "
            f"{VERSION}): upgrade Hemeroteca, or choose another folder with --index."
        )
    return version
