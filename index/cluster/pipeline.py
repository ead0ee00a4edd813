"""A Ray cluster, reached from here, does the reading and embedding of a run; what it gives is stored here."""

import logging
import os
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from ipaddress import ip_address
from itertools import islice
from typing import TYPE_CHECKING, Any

from index.cluster.stages import (
    DocumentBegins,
    Embed,
    EmbeddedPassage,
    Failure,
    FileBegins,
    FileToRead,
    OpenEmbedder,
    Read,
    Row,
    Split,
    Stage,
    packed,
    unpacked_row,
)
from index.document import Document
from index.embed import Embedder
from index.errors import ClusterFailed
from index.store.store import NewChunk
from index.sync.pipeline import GROUP, Items, LocalPipeline, Preparer, Ready, Work
from index.sync.plan import Claims, FileDone
from index.sync.reading import Refused

if TYPE_CHECKING:
    from ray.data import Dataset

# Files that a node takes at a time, and of the documents that it makes of them, those it splits at a time.
_FILES = 16
# Ray copies its input once; more blocks than this cost more than they spread.
_MOST_BLOCKS = 10_000
# The share of a processor that an actor asks for. Together they fit one processor, or the run would wait for ever.
_PROCESSORS = 0.25

OWN = "local"
_SECONDS = 5  # until a head that does not answer is given up


@dataclass(frozen=True, slots=True)
class RayPipeline:
    """Reads, chunks and embeds with an actor of each stage on every node of the cluster at `address`.

    `open_embedder` is called on the nodes; what it opens must be what `embedder` is here.
    """

    address: str
    open_embedder: OpenEmbedder
    embedder: Embedder

    @property
    def identity(self) -> str:
        return self.embedder.identity

    @contextmanager
    def run(self, work: Work, embedded: Callable[[], None]) -> Iterator[Items]:
        if not work.files and not work.unseen:
            yield iter(())
            return
        with connected(self.address) as nodes:
            yield self._items(work, nodes, embedded)

    def _items(self, work: Work, nodes: int, embedded: Callable[[], None]) -> Items:
        """What the nodes make of files; of those that cannot be read, what the previous index has."""
        claims = Claims(work.store)
        here, preparer = LocalPipeline(self.embedder), Preparer(work, claims, self.embedder.count_tokens)
        rows = _rows(self._dataset(work, nodes), embedded) if work.files else iter(())
        for row in rows:
            if isinstance(row, Refused):
                yield from here.ready(preparer.refused(row.record), embedded)
            else:
                yield from _settled(claims, row, rows)
        yield from here.ready(preparer.take_over(work.unseen), embedded)

    def _dataset(self, work: Work, nodes: int) -> "Dataset":
        import ray.data

        logging.getLogger("ray.data").setLevel(logging.WARNING)
        context = ray.data.DataContext.get_current()
        # An earlier file takes an id before a later one: the order is part of the result.
        context.execution_options.preserve_order = True
        context.enable_progress_bars = False
        blocks = min(_MOST_BLOCKS, -(-len(work.files) // _FILES))
        dataset = ray.data.from_items(_input(work), override_num_blocks=blocks)
        engine = (self.open_embedder, self.identity)
        dataset = _staged(dataset, Read, (work.root.resolve(), work.recipe, date.today()), nodes, _FILES)
        dataset = _staged(dataset, Split, engine, nodes, _FILES)
        return _staged(dataset, Embed, engine, nodes, GROUP)


def _input(work: Work) -> list[dict[str, bytes]]:
    files = (FileToRead(file, known, work.store.versions(file.path)) for file, known in work.unread())
    return [{name: row} for name, rows in packed(files).items() for row in rows]


def _staged(
    dataset: "Dataset", stage: type[Stage], arguments: tuple[Any, ...], nodes: int, batch: int
) -> "Dataset":
    from ray.data import ActorPoolStrategy

    return dataset.map_batches(
        stage,
        fn_constructor_args=arguments,
        batch_size=batch,
        batch_format="pyarrow",
        num_cpus=_PROCESSORS,
        compute=ActorPoolStrategy(min_size=1, max_size=nodes),
    )


def _rows(dataset: "Dataset", embedded: Callable[[], None]) -> Iterator[Row]:
    """The rows that come out of the last stage. Raises ClusterFailed."""
    from ray.exceptions import RayError

    try:
        for entry in dataset.iter_rows():
            row = unpacked_row(entry)
            if isinstance(row, Failure):
                raise ClusterFailed(row.message)
            if isinstance(row, DocumentBegins):
                embedded()
            yield row
    except RayError as error:
        raise ClusterFailed(
            f"The Ray cluster gave up ({str(error).strip().splitlines()[-1]}): run the command again, which goes "
            "on from here."
        ) from error


@dataclass(frozen=True, slots=True)
class _Whole:
    """A document with all its passages."""

    document: Document
    version: str
    chunks: tuple[NewChunk, ...]


def _settled(claims: Claims, row: Row, rows: Iterator[Row]) -> Items:
    """A file with the rows that follow it."""
    if isinstance(row, FileDone):
        yield row
        return
    assert isinstance(row, FileBegins)
    for item in claims.settle(row.record, _documents(rows, row.documents), row.skipped):
        yield item if isinstance(item, FileDone) else _ready(*item)


def _ready(whole: _Whole, owner: str | None) -> Ready:
    return Ready(whole.document, whole.version, whole.chunks, owner)


def _documents(rows: Iterator[Row], count: int) -> Iterator[_Whole]:
    for row in islice(rows, count):
        assert isinstance(row, DocumentBegins)
        yield _Whole(row.document, row.version, tuple(_chunks(islice(rows, row.passages))))


def _chunks(rows: Iterable[Row]) -> Iterator[NewChunk]:
    for row in rows:
        assert isinstance(row, EmbeddedPassage)
        yield NewChunk(row.passage, row.embedded, row.dates)


@contextmanager
def connected(address: str) -> Iterator[int]:
    """While entered, this process drives the cluster; gives the number of its nodes.

    `address` is HOST:PORT of the cluster's head, or "local" for a cluster of this machine, which ends with the
    block. Raises ClusterFailed if Ray is not installed, or does not answer there.
    """
    if find_spec("ray") is None:
        raise ClusterFailed('Ray is not installed here: pip install "hemeroteca[ray]".')
    if address != OWN:
        _require_head(address)
    import ray

    try:
        ray.init(**_options(address))
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise ClusterFailed(
            f"The Ray cluster at {address} cannot be used ({error}): check “ray status” there, and that it runs "
            "the same versions of Python and Ray."
        ) from error
    try:
        yield sum(node["Alive"] for node in ray.nodes())
    finally:
        ray.shutdown()


def _options(address: str) -> dict[str, object]:
    quiet: dict[str, object] = {"log_to_driver": False, "logging_level": logging.ERROR}
    if address != OWN:
        return {"address": address, **quiet}
    return {"address": OWN, "include_dashboard": False, "_node_ip_address": "127.0.0.1", **quiet}


def _require_head(address: str) -> None:
    """Raise ClusterFailed unless something listens there: Ray itself would try for minutes."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal():
        raise ClusterFailed(
            f"“{address}” is no address of a Ray cluster: give HOST:PORT, such as 10.0.0.5:6379."
        )
    try:
        socket.create_connection((host, int(port)), _SECONDS).close()
    except OSError as error:
        raise ClusterFailed(
            f"No Ray cluster answers at {address} ({error.strerror or error}): begin one with “ray start --head”, "
            "or run “hemeroteca index --ray local”."
        ) from error
    if _is_loopback(host):
        # Else Ray takes the machine's outer address instead, where a head bound to loopback does not listen.
        os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
