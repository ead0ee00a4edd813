"""One generation in a PostgreSQL database: a schema of its own, held while it is read."""

import contextlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

from index.store.postgres.full_text import Postings
from index.store.postgres.pool import PostgresSchema, translated
from index.store.postgres.schema import MIGRATIONS, migrate
from index.store.postgres.server import connect, index_failures, lock_key

if TYPE_CHECKING:
    import psycopg

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
