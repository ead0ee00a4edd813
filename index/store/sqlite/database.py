"""One generation in a SQLite file: its tables, by numbered migrations, its full text by FTS5, what is beside it."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock

from index.concurrency import Hold
from index.errors import IndexDamaged, explained
from index.filters import DocumentFilter
from index.store.database import IN_ORDER, TITLE_WEIGHT, Connection
from index.store.sqlite.file import SqliteFile

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


class Fts5:
    """The words of chunks, in a virtual table whose rows have the chunks' keys."""

    def __init__(self, database: "SqliteDatabase") -> None:
        self._database = database

    def put(self, title: str, bodies: Mapping[int, str]) -> None:
        self._database.connection.executemany(
            "INSERT INTO full_text (rowid, title, body) VALUES (?, ?, ?)",
            [(key, title, body) for key, body in bodies.items()],
        )

    def remove(self, keys: Sequence[int]) -> None:
        self._database.connection.executemany(
            "DELETE FROM full_text WHERE rowid = ?", [(key,) for key in keys]
        )

    def search(self, terms: Sequence[str], limit: int, wanted: DocumentFilter) -> list[tuple[str, float]]:
        condition, parameters = wanted.where()
        return self._database.connection.execute(
            f"SELECT chunks.id, -bm25(full_text, {TITLE_WEIGHT}, 1.0) AS score FROM full_text "
            "JOIN chunks ON chunks.key = full_text.rowid JOIN documents ON documents.key = chunks.document "
            f"WHERE full_text MATCH ? AND {condition} ORDER BY score DESC LIMIT ?",
            (" OR ".join(f'"{term}"' for term in terms), *parameters, limit),
        ).fetchall()

    def holding(self, terms: Sequence[str]) -> dict[str, int]:
        rows = self._vocabulary().execute(
            f"SELECT term, doc FROM temp.vocabulary WHERE term IN ({', '.join('?' * len(terms))})", terms
        )
        return dict(rows.fetchall())

    def vocabulary(self) -> dict[str, int]:
        return dict(self._vocabulary().execute("SELECT term, doc FROM temp.vocabulary").fetchall())

    def _vocabulary(self) -> Connection:
        connection = self._database.connection
        connection.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'full_text', 'row')"
        )
        return connection

    def holding_all(self, groups: Sequence[Sequence[str]], wanted: DocumentFilter) -> list[tuple[str, str]]:
        condition, parameters = wanted.where()
        terms = " AND ".join("(" + " OR ".join(f'"{term}"' for term in group) + ")" for group in groups)
        return self._database.connection.execute(
            "SELECT documents.id, chunks.id FROM full_text JOIN chunks ON chunks.key = full_text.rowid "
            "JOIN documents ON documents.key = chunks.document "
            f"WHERE full_text MATCH ? AND {condition} {IN_ORDER}",
            (terms, *parameters),
        ).fetchall()


class SqliteDatabase(SqliteFile):
    """One SQLite file of the current schema. Its folder is held: it stays while anybody reads it."""

    def __init__(self, path: Path) -> None:
        """Open or create the file. Raises IndexDamaged if it is no database or of a newer schema."""
        super().__init__(path)
        with explained(path.parent):
            self._hold = Hold(path.parent)
            try:
                migrate(self.connection, str(path))
            except BaseException:
                self.close()
                raise

    @property
    def place(self) -> str:
        return str(self.path.resolve().parents[1])

    # Made anew each time: kept, it would tie a circle, and a dropped database would stay open.
    @property
    def full_text(self) -> Fts5:
        return Fts5(self)

    @contextmanager
    def reading(self) -> Iterator[None]:
        connection = self.connection
        if connection.in_transaction:
            yield
            return
        connection.execute("BEGIN")
        try:
            yield
        finally:
            # SQLite has already ended it by itself after some failures.
            if connection.in_transaction:
                connection.execute("COMMIT")

    def batches(self, sql: str, parameters: Sequence[Any], size: int) -> Iterator[list[Any]]:
        rows = self.connection.execute(sql, parameters)
        while batch := rows.fetchmany(size):
            yield batch

    def bytes_of(self, column: str) -> str:
        # SQLite before 3.43 has no octet_length.
        return f"length(CAST({column} AS BLOB))"

    def lock(self, name: str) -> FileLock:
        return FileLock(self.path.with_name(f"{name}.lock"), thread_local=False)

    def analyze(self) -> None:
        """Nothing: with statistics SQLite finds no other way, since full text has its own and the rest goes by keys."""

    def size(self) -> int:
        files = self.path.parent.glob(f"{self.path.name}*")
        return sum(file.stat().st_size for file in files)

    def close(self) -> None:
        super().close()
        self._hold.close()
