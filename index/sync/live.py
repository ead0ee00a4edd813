"""The generation that answers: opened once a process, followed when another takes its place, and told in figures."""

import logging
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from watchfiles import watch

from index.concurrency import Worker
from index.errors import HemerotecaError, explained
from index.filters import EVERYTHING
from index.store.home import Home
from index.store.listing import EMBEDDING
from index.store.lookup import vectors
from index.store.store import Store
from index.vectors import DenseIndex, Vectors
from index.vectors.folder import FolderVectors

# What one tick of upkeep, or the opening, may make others wait for: less than a second.
_AT_ONCE = 1000
_log = logging.getLogger(__name__)

# Changes that come closer together than this are one change; after the longest wait they count anyway.
_QUIET_MS = 400
_LONGEST_MS = 5000
_TICK_MS = 500


class OpenIndex:
    """One generation: its store, and its vectors once somebody asks for them. Safe to share between threads.

    The parts of an index that was replaced can still be used; they close when the last user drops them.
    """

    def __init__(self, home: Home, folder: Path, kept: Vectors) -> None:
        self.folder = folder
        self._kept = kept
        self.store = home.open_store(folder)
        self._vectors: DenseIndex | None = None
        self._opening = threading.Lock()

    @property
    def vectors(self) -> DenseIndex:
        """Chroma, or the exact scan while it cannot be had."""
        with self._opening:
            if self._vectors is None:
                self._vectors = self._kept.open(self.folder, self.store)
            return self._vectors

    def is_searchable(self) -> bool:
        """Whether there is anything, and it is found by its vector. Raises HemerotecaError if nothing can be."""
        _, stored = next(vectors(self.store, EVERYTHING, pending=False, size=1), ([], None))
        if stored is None:
            return False
        self.store.database.full_text.search(("prueba",), 1, EVERYTHING)
        return bool(self.vectors.search(stored[0], 1, EVERYTHING))

    def tend(self, limit: int | None = _AT_ONCE) -> DenseIndex:
        """Take Chroma over if it is free or broken, and let it learn about `limit` chunks."""
        with self._opening:
            held = self._vectors
            if held is not None and (held.broken or held.state == "exact"):
                self._vectors = None
                held.close()
        vectors = self.vectors
        vectors.catch_up(limit=limit)
        return vectors

    def needs_care(self) -> bool:
        """Whether Chroma has something to learn, or may be damaged."""
        return self._kept.needs_care(self.folder, self.store)

    def close(self) -> None:
        """Let go of everything, at once."""
        with self._opening:
            if self._vectors is not None:
                self._vectors.close()
                self._vectors = None
            self.store.close()


class Live:
    """Gives the live generation of an index folder to every thread of a process."""

    def __init__(self, home: Home, vectors: Vectors | None = None) -> None:
        """`vectors` is where they are kept: in the index folder, if nothing is said."""
        self.home = home
        self.vectors = vectors or FolderVectors()
        self._open: OpenIndex | None = None
        self._lock = threading.Lock()

    def get(self) -> OpenIndex:
        """The live generation, made if there is none. Raises HemerotecaError if it cannot be opened."""
        with self._lock:
            while self._open is None or self._open.folder != self.home.live:
                # Not closed: answers may be on their way over it.
                self._open = None
                self._open = OpenIndex(self.home, self.home.live, self.vectors)
            return self._open

    def close(self) -> None:
        """Let go of everything, at once."""
        with self._lock:
            if self._open is not None:
                self._open.close()
                self._open = None


def follower(live: Live, seconds: float = 1.0) -> Worker:
    """A thread that keeps up with other processes: new documents, a switch, Chroma set free."""
    return Worker("hemeroteca-follower", lambda stop: _follow(live, stop, seconds))


def _follow(live: Live, stop: threading.Event, seconds: float) -> None:
    told = ""
    while not stop.wait(seconds):
        try:
            with explained(live.home.path):
                if live.home.exists():
                    live.get().tend()
            told = ""
        except HemerotecaError as error:
            # The same trouble is told once, not every second.
            if str(error) != told:
                told = str(error)
                _log.warning("%s", error)


def summary(index: OpenIndex | None) -> dict[str, Any]:
    """Counts by state, what was skipped and why, and bytes on disk. Chroma is not opened for it."""
    if index is None:
        return {
            "documents": 0,
            "chunks": 0,
            "pending": 0,
            "embedding": None,
            "files": {"indexed": 0, "skipped": 0},
            "vectors": {"state": "absent", "count": 0},
            "bytes": {"store": 0, "vectors": 0},
            "skipped": [],
            "partly_read": [],
        }
    store = index.store
    documents, chunks = store.counts()
    skipped = store.ledger.skipped()
    pending = store.outbox.pending()
    return {
        "documents": documents,
        "chunks": chunks,
        "pending": pending,
        "embedding": store.fact(EMBEDDING),
        "files": {
            "indexed": len(store.documents_per_file()),
            "skipped": len({skip.path for skip in skipped}),
        },
        "vectors": {"state": "behind" if pending else "ready", "count": store.outbox.learned()},
        "bytes": {
            "store": store.database.size(),
            "vectors": _bytes(index.folder, "chroma/**/*"),
        },
        "skipped": [skip.to_dict() for skip in skipped],
        "partly_read": [asdict(read) for read in store.partly_read()],
    }


def incomplete(store: Store) -> int:
    """How many documents are without chunks, and chunks without words or sentences; no run leaves any so."""
    [(lacking,)] = store.connection.execute(
        "SELECT (SELECT count(*) FROM documents WHERE text <> '' AND NOT EXISTS "
        "(SELECT 1 FROM chunks WHERE chunks.document = documents.key)) "
        "+ (SELECT count(*) FROM chunks WHERE NOT EXISTS (SELECT 1 FROM sentences WHERE chunk = chunks.key)) "
        "+ abs((SELECT count(*) FROM full_text) - (SELECT count(*) FROM chunks))"
    )
    return int(lacking)


def _bytes(folder: Path, pattern: str) -> int:
    return sum(path.stat().st_size for path in folder.glob(pattern) if path.is_file())


def follow(
    root: Path, on_change: Callable[[], None], stop: threading.Event, *, exclude: tuple[Path, ...] = ()
) -> None:
    """Call `on_change` at once and after changes under `root`, until `stop` is set or on an interrupt. Blocks.

    The first call comes when the folder is already watched, and what changes during a call leads to another:
    no change is missed. Changes in `exclude` do not count.
    """
    excluded = tuple(path.resolve() for path in exclude)

    def counts(_: object, path: str) -> bool:
        return not any(Path(path).is_relative_to(folder) for folder in excluded)

    begun = False
    for changes in watch(
        root,
        watch_filter=counts,
        stop_event=stop,
        debounce=_LONGEST_MS,
        step=_QUIET_MS,
        rust_timeout=_TICK_MS,
        yield_on_timeout=True,
        raise_interrupt=False,
    ):
        if changes or not begun:
            begun = True
            on_change()
