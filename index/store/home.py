"""Where an index is kept: which generation of it is live, and who may write it. Here, in a folder:

    .hemeroteca/current          the number of the live generation
    .hemeroteca/<number>/        store.sqlite3 and the Chroma folder of one build of the index
    .hemeroteca/writer.lock      held by the process that is indexing; it dies with that process

A rebuild fills the next generation beside the live one and then switches in one rename. The generation before
goes when its last reader has let it go.
"""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from index.concurrency import remove_unheld
from index.errors import IndexBusy, IndexDamaged, explained
from index.store.sqlite.database import SqliteDatabase
from index.store.store import Store

STORE = "store.sqlite3"
_FIRST = 1


class Home(Protocol):
    """Where the generations of an index are kept.

    Each has a folder in `path`, whose name is its number, for what this machine keeps of it. Methods raise
    HemerotecaError if the place cannot be used.
    """

    path: Path

    @property
    def live(self) -> Path:
        """The folder of the live generation, which may not exist yet. Raises IndexDamaged."""
        return self.path / str(self._number())

    @property
    def next(self) -> Path:
        """The folder for a rebuild, which goes on with what an interrupted one has built so far."""
        return self.path / str(self._number() + 1)

    def exists(self) -> bool:
        """Whether anything was ever indexed here."""
        return self.has(self.live)

    def has(self, folder: Path) -> bool:
        """Whether the generation of a folder was begun."""
        ...

    def open_store(self, folder: Path) -> Store:
        """The store of a generation, made if there is none. It is held: it stays while anybody reads it."""
        ...

    def switch(self) -> None:
        """Make the next generation the live one, at once."""
        ...

    def repair(self) -> None:
        """Have a live generation again where nothing says which it is; before a rebuild."""
        ...

    def sweep(self) -> None:
        """Remove the generations before the live one that nobody reads any more."""
        ...

    def discard_next(self) -> None:
        """Remove what an interrupted rebuild has left."""
        ...

    def close(self) -> None:
        """Let go of what is held to look; the next call takes it again."""
        ...

    def writing(self, *, wait: bool = False) -> AbstractContextManager[None]:
        """Hold the index for writing. Raises IndexBusy, naming the holder, unless `wait` is set."""
        ...

    def _number(self) -> int:
        """The number of the live generation; the first one's as long as nothing was indexed."""
        ...


class FolderHome(Home):
    """The folder that holds an index. Nothing is created until it is written to."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def has(self, folder: Path) -> bool:
        """Whether the generation of a folder was begun."""
        return (folder / STORE).is_file()

    def open_store(self, folder: Path) -> Store:
        """The store of a generation, made if there is none. Raises IndexDamaged."""
        return Store(SqliteDatabase(folder / STORE))

    def switch(self) -> None:
        """Make the next generation the live one, at once."""
        self._point_to(self._number() + 1)

    def repair(self) -> None:
        """Make the newest generation the live one if nothing says which is."""
        try:
            self._number()
        except IndexDamaged:
            self._point_to(max(self._generations(), default=_FIRST))

    def sweep(self) -> None:
        """Remove the generations before the live one that nobody reads any more."""
        live = self._number()
        for number in self._generations():
            if number < live:
                remove_unheld(self.path / str(number))

    def discard_next(self) -> None:
        """Remove what an interrupted rebuild has left."""
        remove_unheld(self.next)

    def close(self) -> None:
        """Nothing is held."""

    @contextmanager
    def writing(self, *, wait: bool = False) -> Iterator[None]:
        """Hold the index for writing. Raises IndexBusy, naming the holder, unless `wait` is set."""
        with explained(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
        holder = self.path / "writer.pid"
        # Not bound to a thread: a progress callback or a generator may end in another one.
        lock = FileLock(self.path / "writer.lock", thread_local=False)
        try:
            with explained(self.path):
                lock.acquire(timeout=-1 if wait else 0)
        except Timeout as error:
            raise IndexBusy(
                f"Process {_read_pid(holder)} is indexing into {self.path}: try again when it has finished, "
                "or wait for it with --wait."
            ) from error
        try:
            with explained(self.path):
                holder.write_text(str(os.getpid()), "utf-8")
                with suppress(IndexDamaged):  # told by whoever reads what is live
                    self.sweep()
            yield
        finally:
            lock.release()

    def _point_to(self, generation: int) -> None:
        pointer = self.path / "current.new"
        with pointer.open("w", encoding="utf-8") as file:
            file.write(str(generation))
            file.flush()
            os.fsync(file.fileno())
        pointer.replace(self.path / "current")

    def _generations(self) -> list[int]:
        return [int(folder.name) for folder in self.path.iterdir() if folder.name.isdecimal()]

    def _number(self) -> int:
        pointer = self.path / "current"
        try:
            return int(pointer.read_text("utf-8"))
        except FileNotFoundError:
            return _FIRST
        except ValueError as error:
            raise IndexDamaged(
                f"{pointer} does not name a generation of the index: run “hemeroteca index --full” to build it "
                "again from the documents."
            ) from error


def _read_pid(holder: Path) -> str:
    return (holder.is_file() and holder.read_text("utf-8")) or "?"
