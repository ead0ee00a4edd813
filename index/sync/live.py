"""The live generation, opened once a process; and opened anew when another generation has taken its place."""

import logging
import threading
from pathlib import Path

from index.errors import HemerotecaError, explained
from index.filters import EVERYTHING
from index.store.home import Home
from index.store.lookup import vectors
from index.vectors import DenseIndex, Vectors
from index.vectors.folder import FolderVectors
from index.worker import Worker

# What one tick of upkeep, or the opening, may make others wait for: less than a second.
_AT_ONCE = 1000
_log = logging.getLogger(__name__)


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
