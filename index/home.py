"""The index folder: which generation of the index is live, and who may write it.

    .hemeroteca/current          the name of the live generation
    .hemeroteca/<generation>/    store.sqlite3 and the Chroma folder of one build of the index
    .hemeroteca/writer.lock      held by the process that is indexing; it dies with that process

A rebuild fills a new generation beside the live one and then switches in one rename.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import HemerotecaError, IndexBusy

_FIRST = "1"


class Home:
    """The folder that holds an index. Nothing is created until it is written to."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def live(self) -> Path:
        """The folder of the live generation, which may not exist yet."""
        pointer = self.path / "current"
        name = pointer.read_text("utf-8").strip() if pointer.is_file() else _FIRST
        return self.path / name

    def exists(self) -> bool:
        """Whether anything was ever indexed here."""
        return (self.live / "store.sqlite3").is_file()

    def next_generation(self) -> Path:
        """An empty folder for a rebuild beside the live generation; what an earlier one left is removed."""
        folder = self.path / str(int(self.live.name) + 1)
        shutil.rmtree(folder, ignore_errors=True)
        return folder

    def switch(self, generation: Path) -> None:
        """Make a generation the live one, at once, and remove the one before.

        Whoever still reads the old one keeps its open files until it looks again.
        """
        before = self.live
        pointer = self.path / "current.new"
        pointer.write_text(generation.name, "utf-8")
        pointer.replace(self.path / "current")
        shutil.rmtree(before, ignore_errors=True)

    @contextmanager
    def writing(self, *, wait: bool = False) -> Iterator[None]:
        """Hold the index for writing. Raises IndexBusy, naming the holder, unless `wait` is set."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise HemerotecaError(
                f"The index folder {self.path} cannot be made ({error.strerror}): name another with --index."
            ) from error
        holder = self.path / "writer.pid"
        lock = FileLock(self.path / "writer.lock")
        try:
            lock.acquire(timeout=-1 if wait else 0)
        except Timeout as error:
            raise IndexBusy(
                f"Process {_read_pid(holder)} is indexing into {self.path}: try again when it has finished, "
                "or wait for it with --wait."
            ) from error
        with lock:
            holder.write_text(str(os.getpid()), "utf-8")
            yield


def _read_pid(holder: Path) -> str:
    return holder.read_text("utf-8") if holder.is_file() else "?"
