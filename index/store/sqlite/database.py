"""One generation in a SQLite file, its full text by FTS5, and what its folder holds beside it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock

from index.concurrency import Hold
from index.errors import explained
from index.filters import DocumentFilter
from index.store.database import IN_ORDER, TITLE_WEIGHT, Connection
from index.store.sqlite.file import SqliteFile
from index.store.sqlite.schema import migrate


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
