"""One generation in a SQLite file, and what its folder holds beside it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock

from index.errors import explained
from index.holds import Hold
from index.store.sqlite.file import SqliteFile
from index.store.sqlite.full_text import Fts5
from index.store.sqlite.schema import migrate


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
