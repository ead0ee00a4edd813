"""A PostgreSQL server: connections to it, locks in it, and its failures in Hemeroteca's words."""

import hashlib
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from index.errors import HemerotecaError, IndexDamaged

if TYPE_CHECKING:
    import psycopg

# Seconds until a server that does not answer has failed.
PATIENCE = 10


def connect(url: str) -> "psycopg.Connection[tuple[object, ...]]":
    """A connection in autocommit mode. Raises HemerotecaError if there is no driver or no server."""
    try:
        import psycopg
    except ImportError as error:
        raise HemerotecaError(
            "PostgreSQL needs more packages: pip install hemeroteca[postgres], or keep the index in a folder "
            "by leaving HEMEROTECA_STORE away."
        ) from error
    with failures(url):
        return psycopg.connect(
            url,
            autocommit=True,
            connect_timeout=PATIENCE,
            application_name=f"hemeroteca {os.getpid()}@{socket.gethostname()}",
        )


@contextmanager
def failures(url: str) -> Iterator[None]:
    """Raise HemerotecaError for what the server cannot do in the block."""
    import psycopg
    from psycopg_pool import PoolTimeout

    try:
        yield
    except (psycopg.errors.UndefinedColumn, psycopg.errors.UndefinedTable) as error:
        raise IndexDamaged(
            f"The index in the PostgreSQL server at {shown(url)} is damaged or of another version ({error}): "
            "drop its schemas “hemeroteca” and “hemeroteca_…” and run “hemeroteca index” to build it again."
        ) from error
    except (psycopg.OperationalError, psycopg.errors.InsufficientPrivilege, PoolTimeout) as error:
        raise HemerotecaError(
            f"The PostgreSQL server at {shown(url)} failed ({str(error).strip()}): see that it runs, has room, "
            "and lets this user create schemas, and that HEMEROTECA_STORE is right."
        ) from error


def shown(url: str) -> str:
    """A URL without the password in it."""
    from psycopg.conninfo import conninfo_to_dict

    parts = conninfo_to_dict(url)
    return f"{parts.get('host', '')}:{parts.get('port', 5432)}/{parts.get('dbname', '')}"


def lock_key(*name: object) -> int:
    """The number of an advisory lock, which PostgreSQL wants instead of a name."""
    digest = hashlib.sha256(" ".join(map(str, ("hemeroteca", *name))).encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
