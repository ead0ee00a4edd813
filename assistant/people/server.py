"""All tables of people in a schema of a PostgreSQL database, which several servers of one archive share."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from assistant.errors import HemerotecaError
from assistant.people.database import CLOSED, CONVERSATIONS, SECRETS, SESSIONS
from index.store.database import Rows
from index.store.postgres.database import migrate
from index.store.postgres.server import PostgresSchema, Statements, connect, failures

SCHEMA = "hemeroteca_people"
_KEY = 'TEXT COLLATE "C"'
_MIGRATIONS = (
    "; ".join(each for tables in (CONVERSATIONS, SESSIONS, SECRETS) for each in tables.statements(_KEY)),
    "; ".join(CLOSED.statements(_KEY)),
    "ALTER TABLE conversations ADD COLUMN IF NOT EXISTS pinned INTEGER NOT NULL DEFAULT 0",
)


class ServerDatabase(PostgresSchema):
    """The schema “hemeroteca_people” of the database at `url`, made when it is first used."""

    def __init__(self, url: str) -> None:
        """Raises HemerotecaError for a URL that is none."""
        super().__init__(url, SCHEMA)
        self._making = threading.Lock()
        self._made = False

    @property
    def connection(self) -> "_Texts":
        return _Texts(self)

    @contextmanager
    def reading(self) -> Iterator[Statements]:
        self._make()
        yield self.connection

    @contextmanager
    def writing(self) -> Iterator[Statements]:
        self._make()
        with self.transaction() as statements:
            yield statements

    def json_text(self, column: str, key: str) -> str:
        return f"({column}::json ->> '{key}')"

    @contextmanager
    def failing(self) -> Iterator[None]:
        import psycopg

        try:
            with failures(self._url):
                yield
        except (psycopg.errors.UndefinedColumn, psycopg.errors.UndefinedTable) as error:
            raise HemerotecaError(
                f"The schema “{SCHEMA}” of {self.place} is damaged or of another version ({error}): bring it back "
                "with pg_restore from your last dump, or upgrade Hemeroteca."
            ) from error

    def _make(self) -> None:
        with self._making:
            if self._made:
                return
            with self.failing(), connect(self._url) as connection:
                migrate(connection, SCHEMA, _MIGRATIONS, f"What is kept of people at {self.place}")
            self.open()
            self._made = True


class _Texts(Statements):
    """Statements whose texts may come from anybody: what PostgreSQL cannot hold, a NUL, is left out of them."""

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Rows:
        return super().execute(sql, _storable(parameters))

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> None:
        super().executemany(sql, map(_storable, parameters))


def _storable(parameters: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(value.replace("\0", "") if isinstance(value, str) else value for value in parameters)
