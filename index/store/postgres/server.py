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
    checked = conninfo(url)
    import psycopg

    with failures(url):
        return psycopg.connect(
            checked,
            autocommit=True,
            connect_timeout=PATIENCE,
            application_name=f"hemeroteca {os.getpid()}@{socket.gethostname()}",
        )


def conninfo(url: str) -> str:
    """The URL, which can be connected with. Raises HemerotecaError if there is no driver, or it is no URL."""
    try:
        from psycopg import ProgrammingError
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as error:
        raise HemerotecaError(
            "PostgreSQL needs more packages: pip install hemeroteca[postgres], or keep the index in a folder "
            "by leaving HEMEROTECA_STORE away."
        ) from error
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError:
        parts = {}
    ports = str(parts.get("port", "5432")).split(",")
    # A password with these signs in it would be taken for the rest of the URL, and be shown as that.
    misread = "@" in f"{parts.get('dbname', '')}{parts.get('host', '')}"
    if not parts or misread or not all(port.isdecimal() for port in ports):
        # Neither the URL nor what the driver says of it is told: a password may be in both.
        raise HemerotecaError(
            "The URL of the PostgreSQL database cannot be read: its form is postgresql://USER:PASSWORD@HOST/"
            "DATABASE, with signs such as @ : / # % in the password written as %40 %3A %2F %23 %25."
        ) from None
    return url


@contextmanager
def failures(url: str) -> Iterator[None]:
    """Raise HemerotecaError for what the server cannot do in the block."""
    import psycopg
    from psycopg_pool import PoolTimeout

    try:
        yield
    except (
        psycopg.OperationalError,
        psycopg.errors.InsufficientPrivilege,
        psycopg.errors.ReadOnlySqlTransaction,
        PoolTimeout,
    ) as error:
        reason = " ".join(str(error).split())
        raise HemerotecaError(
            f"The PostgreSQL server at {shown(url)} failed ({reason}): see that it runs, has room, and lets this "
            "user create schemas, and that its URL (HEMEROTECA_STORE) is right."
        ) from error


@contextmanager
def index_failures(url: str) -> Iterator[None]:
    """`failures`, and IndexDamaged for an index that is not as it should be."""
    import psycopg

    try:
        with failures(url):
            yield
    except (psycopg.errors.UndefinedColumn, psycopg.errors.UndefinedTable) as error:
        raise IndexDamaged(
            f"The index in the PostgreSQL server at {shown(url)} is damaged or of another version ({error}): "
            "drop its schemas “hemeroteca” and “hemeroteca_1”, “hemeroteca_2” and so on, and run “hemeroteca "
            "index” to build it again. Keep “hemeroteca_people”: conversations and users are in it."
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
