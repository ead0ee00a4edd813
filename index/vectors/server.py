"""Vectors in a Chroma server: a collection for each generation, which every process may ask and feed."""

import hashlib
import uuid
import weakref
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from index.errors import VectorsFailed, explained
from index.store.store import Store
from index.vectors import DenseIndex
from index.vectors.chroma import ChromaIndex, empty_collection, open_collection
from index.vectors.exact import ExactIndex

if TYPE_CHECKING:
    import chromadb
    import httpx
    from chromadb.api.client import Client

# Facts in the store that name its collection: of the index, carried on by a rebuild, and of the generation.
ARCHIVE = "archive"
GENERATION = "generation"
_DEFAULT = ("default_tenant", "default_database")
# Seconds for any call; a batch of 500 vectors takes a fraction of one.
_PATIENCE = 30.0
_LISTED = 1000


@dataclass(frozen=True, slots=True)
class ChromaServer:
    """Where a Chroma server is, and what it is to be sent.

    `url` may name a tenant and a database as its path, /TENANT/DATABASE. https:// is TLS by the system's
    certificates, or by those in the file that SSL_CERT_FILE names.
    """

    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    def connect(self) -> "Client":
        """A client of the server. Raises VectorsFailed if it does not answer."""
        import chromadb
        import httpx
        from chromadb.config import Settings

        parts = urlsplit(self.url)
        tenant, database = parts.path.strip("/").split("/") if parts.path.strip("/") else _DEFAULT
        secure = parts.scheme == "https"
        with self.failures():
            # chromadb itself would wait for ever, and leave connections open when it is refused.
            alive = f"{parts.scheme}://{parts.netloc}/api/v2/heartbeat"
            httpx.get(alive, headers=dict(self.headers), timeout=_PATIENCE).raise_for_status()
            client = chromadb.HttpClient(
                host=parts.hostname or "",
                port=parts.port or (443 if secure else 80),
                ssl=secure,
                headers=dict(self.headers),
                settings=Settings(anonymized_telemetry=False),
                tenant=tenant,
                database=database,
            )
        # Declared as the abstract class, which has no `close`.
        opened = cast("Client", client)
        for session in _sessions(opened):
            session.timeout = httpx.Timeout(_PATIENCE)
        return opened

    @contextmanager
    def failures(self) -> Iterator[None]:
        """Raise VectorsFailed for what the server cannot do, or does not answer."""
        import httpx
        from chromadb.errors import ChromaError

        try:
            yield
        # ValueError is what chromadb makes of a server that cannot be reached.
        except (ChromaError, httpx.HTTPError, OSError, ValueError) as error:
            raise VectorsFailed(
                f"The Chroma server at {self.url} failed ({error}): see that it runs and that "
                "HEMEROTECA_VECTORS and HEMEROTECA_VECTORS_HEADERS are right. What is indexed stays, is found "
                "without it, only slower, and is sent to it by the next “hemeroteca index”."
            ) from error


def disconnect(client: "Client") -> None:
    """Close a client's connections, which its own `close` leaves open."""
    for session in _sessions(client):
        session.close()
    client.close()


def _sessions(client: "Client") -> list["httpx.Client"]:
    """The connections of a client; its inner one for tenants has some of its own."""
    whole = cast(Any, client)
    return [part._server._session for part in (whole, whole._admin_client)]


class ServerVectors:
    """Each generation's vectors in a collection of its own in a Chroma server."""

    def __init__(self, server: ChromaServer) -> None:
        self._server = server

    def open(self, folder: Path, store: Store) -> DenseIndex:
        """Chroma if the server answers, else the exact scan."""
        try:
            with explained(folder):
                return ChromaIndex(_ServerChroma(self._server, store), store)
        except VectorsFailed as error:
            return ExactIndex(store, error)

    def needs_care(self, folder: Path, store: Store) -> bool:
        """Always: only the server knows whether somebody has emptied it."""
        return True

    def forget_others(self, store: Store) -> None:
        """Delete the collections of this index's other generations. Raises VectorsFailed."""
        kept, ours = collection_name(store), _prefix(store)
        client = self._server.connect()
        try:
            with self._server.failures():
                names = [collection.name for collection in _collections(client)]
                for name in names:
                    if name.startswith(ours) and name != kept:
                        client.delete_collection(name)
        finally:
            disconnect(client)


def _collections(client: "Client") -> Iterator["chromadb.Collection"]:
    at = 0
    while page := client.list_collections(limit=_LISTED, offset=at):
        yield from page
        at += len(page)


def collection_name(store: Store) -> str:
    """The collection of a store's generation. A copy of an index, elsewhere, has another."""
    return _prefix(store) + _digest(_fact(store, GENERATION))


def _prefix(store: Store) -> str:
    return f"hemeroteca-{_digest(_fact(store, ARCHIVE), store.database.place)}-"


def _fact(store: Store, key: str) -> str:
    """A fact that is made up once and kept."""
    return store.fact(key) or store.settle_fact(key, uuid.uuid4().hex)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:20]


class _ServerChroma:
    """One collection of a server. The server looks after its files: there is nothing to doubt or trust."""

    def __init__(self, server: ChromaServer, store: Store) -> None:
        self._server, self._name, self._database = server, collection_name(store), store.database
        self._client = server.connect()
        # Answers that outlive a switch of generations drop the index without closing it.
        self.close = weakref.finalize(self, disconnect, self._client)
        self.place = f"the Chroma server at {server.url}"
        with self.failures():
            self.collection = open_collection(self._client, self._name)

    def failures(self) -> AbstractContextManager[None]:
        return self._server.failures()

    def learner(self) -> AbstractContextManager[object]:
        return self._database.lock("learner")

    def doubt(self) -> None: ...

    def trust(self) -> None: ...

    def empty(self) -> None:
        self.collection = empty_collection(self._client, self._name)
