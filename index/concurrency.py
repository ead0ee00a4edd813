"""Threads that work beside others while a `with` lasts, and folders that processes hold while they use them."""

import contextlib
import fcntl
import os
import shutil
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from typing import Generic, TypeVar

_T = TypeVar("_T")


class Ahead(Generic[_T]):
    """While entered, a thread that takes the items of `source`, one ahead of their use.

    What the source raises is raised to whoever takes the items, in its place.
    """

    def __init__(self, source: Iterator[_T]) -> None:
        self._source = source
        self._made: Queue[tuple[_T] | BaseException | None] = Queue(1)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ahead", daemon=True)

    def __enter__(self) -> Iterator[_T]:
        self._thread.start()
        return self._items()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        while self._thread.is_alive():
            # Room for what the thread waits to hand over, so that it sees that it is to stop.
            with suppress(Empty):
                self._made.get_nowait()
            self._thread.join(0.05)

    def _items(self) -> Iterator[_T]:
        while (made := self._made.get()) is not None:
            if isinstance(made, BaseException):
                raise made
            yield made[0]

    def _run(self) -> None:
        try:
            for item in self._source:
                self._made.put((item,))
                if self._stop.is_set():
                    return
        except BaseException as error:  # noqa: BLE001 (raised again where the items are taken)
            self._made.put(error)
        else:
            self._made.put(None)


class Worker:
    """Runs `work` in a thread while entered; `work` is given the event that asks it to end."""

    def __init__(self, name: str, work: Callable[[threading.Event], None]) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=work, args=(self._stop,), name=name, daemon=True)

    @property
    def alive(self) -> bool:
        """Whether it still works: work may end by itself."""
        return self._thread.is_alive()

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()


class Hold:
    """A shared lock on a folder, which is made if it is not there."""

    def __init__(self, folder: Path) -> None:
        """Raises OSError if the folder cannot be made."""
        descriptor: int | None = None
        while descriptor is None:
            folder.mkdir(parents=True, exist_ok=True)
            # The folder may be removed between these steps, and made again by somebody else.
            with contextlib.suppress(FileNotFoundError):
                descriptor = _locked(folder)
        # Whoever reads the folder may drop it without closing: an answer that outlives a switch does.
        self._release = weakref.finalize(self, os.close, descriptor)

    def close(self) -> None:
        """Let the folder go."""
        self._release()


def _locked(folder: Path) -> int | None:
    """A descriptor that holds the folder, or None if the folder was replaced meanwhile."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    try:
        current = folder.stat().st_ino == os.fstat(descriptor).st_ino
    except FileNotFoundError:
        current = False
    if not current:
        os.close(descriptor)
        return None
    return descriptor


def remove_unheld(folder: Path) -> bool:
    """Remove a folder unless somebody holds it; returns whether it is gone."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True
