"""The embedded Chroma: opening its folder, and its failures in Hemeroteca's words."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from index.errors import HemerotecaError, VectorsFailed
from index.failures import disk_full

if TYPE_CHECKING:
    import chromadb
    from chromadb.api.client import Client

_COLLECTION = "chunks"
# What Chroma's errors say of a disk without room, if they say it; they have no type of their own.
_FULL = ("database or disk is full", "No space left", "disk I/O error", "File too large")
# With less than this free, in bytes, any failure is put down to it.
_ROOM = 1_000_000


def open_client(folder: Path) -> "Client":
    """A client of the Chroma in a folder, which is made if it is not there. Raises HemerotecaError."""
    # Takes half a second, which commands that need no vectors should not pay.
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings
    from chromadb.errors import ChromaError

    # Resolved, since chromadb keeps its clients by path for as long as the process lives.
    path = os.fspath(folder.resolve())
    try:
        client = chromadb.PersistentClient(path=path, settings=Settings(anonymized_telemetry=False))
    except (ChromaError, AttributeError, ValueError) as error:
        # chromadb 1.5 keeps what a failed start left, and would hand it out again or stumble over it.
        SharedSystemClient.clear_system_cache()
        raise _explained(error, folder) from error
    # Declared as the abstract class, which has no `close`.
    return cast("Client", client)


def open_collection(client: "Client") -> "chromadb.Collection":
    """The collection of chunk vectors, made if it is not there."""
    return client.get_or_create_collection(
        _COLLECTION, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
    )


def empty_collection(client: "Client") -> "chromadb.Collection":
    """The collection, after all that was in it is gone."""
    client.delete_collection(_COLLECTION)
    return open_collection(client)


@contextmanager
def chroma_failures(folder: Path) -> Iterator[None]:
    """Raise VectorsFailed, or the sentence for a full disk, for what Chroma cannot do in a folder."""
    from chromadb.errors import ChromaError

    try:
        yield
    except ChromaError as error:
        raise _explained(error, folder) from error


def _explained(error: BaseException, folder: Path) -> HemerotecaError:
    if any(sign in str(error) for sign in _FULL) or shutil.disk_usage(folder.parent).free < _ROOM:
        return disk_full(folder.parent)
    return VectorsFailed(
        f"The vector index in {folder} failed ({error}): run “hemeroteca index”, which builds it again from "
        "the stored vectors."
    )
