"""Checks of the servers that an archive stands on: PostgreSQL databases and a Chroma server."""

from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from assistant.archive import chroma_server
from assistant.assistant import Assistant
from assistant.diagnosis import Finding
from index.errors import VectorsFailed
from index.store.postgres.server import connect, failures, shown
from index.vectors.server import disconnect

if TYPE_CHECKING:
    import psycopg

# The first with primary keys that include other columns.
_OLDEST_POSTGRES = 11
_ASKED = """
SELECT current_setting('server_version_num')::int / 10000, pg_encoding_to_char(encoding),
current_setting('transaction_read_only') = 'on', has_database_privilege(datname, 'CREATE'), datname, current_user
FROM pg_database WHERE datname = current_database()
"""


def check_database(assistant: Assistant) -> Finding:
    """Whether each database can be reached, is of a known version and can be written. Raises HemerotecaError."""
    found = []
    for setting in assistant.settings.databases():
        url = setting.get_secret_value()
        with failures(url), connect(url) as connection:
            told, advice = _judged(_state(connection))
        found.append(f"{shown(url)}, {told}")
        if advice:
            return Finding("database", "failed", found[-1], advice)
    return Finding("database", "ok", "; ".join(found) or "none: everything is in files")


@dataclass(frozen=True, slots=True)
class _State:
    """What a database says of itself, and of what its user may do."""

    version: int
    encoding: str
    read_only: bool
    may_create: bool
    name: str
    user: str


def _state(connection: "psycopg.Connection[tuple[object, ...]]") -> _State:
    from psycopg.rows import args_row

    with connection.cursor(row_factory=args_row(_State)) as cursor:
        (state,) = cursor.execute(_ASKED).fetchall()
        return state


def _judged(state: _State) -> tuple[str, str]:
    """What to tell of a database, and what to do; nothing if it is as it should be."""
    told = f"PostgreSQL {state.version}"
    if state.version < _OLDEST_POSTGRES:
        return told, f"Move the database to PostgreSQL {_OLDEST_POSTGRES} or later."
    if state.encoding != "UTF8":
        advice = "Make another database with createdb --encoding=UTF8 --template=template0, and name that."
        return f"{told} in {state.encoding}, which lacks letters of some documents", advice
    if state.read_only:
        advice = "Name the primary server; of several, “target_session_attrs=read-write” in the URL finds it."
        return f"{told}, which takes no changes now", advice
    if not state.may_create:
        grant = f'GRANT CREATE ON DATABASE "{state.name}" TO "{state.user}";'
        return f"{told}, in which “{state.user}” may not create schemas", f"Let it: {grant}"
    return told, ""


def check_vectors(assistant: Assistant) -> Finding:
    """Whether a Chroma server can be reached, is of this version and holds the index."""
    address = assistant.settings.vectors
    if address is None:
        return Finding("vectors", "ok", "beside the index")
    try:
        client = chroma_server(assistant.settings).connect()
        served = client.get_version()
        disconnect(client)
        state = assistant.retriever().vectors.state if assistant.is_indexed() else "chroma"
    except VectorsFailed as error:
        state, served = str(error), ""
    if state != "chroma":
        advice = (
            "Questions are answered by comparing all vectors meanwhile: start the server, or correct its URL "
            "and headers."
        )
        return Finding("vectors", "failed", f"the Chroma server {address} cannot be used ({state})", advice)
    told = f"in the Chroma server {address}, version {served}"
    known = version("chromadb")
    if served.split(".")[0] != known.split(".")[0]:
        return Finding("vectors", "warning", told, f"Run a server of this version: chroma {known}.")
    return Finding("vectors", "ok", told)
