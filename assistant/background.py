"""Work in other threads: indexing beside whatever else a process does, and steps that a closing waits for."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from index.concurrency import Worker
from index.errors import HemerotecaError

if TYPE_CHECKING:
    from index.sync.indexer import Progress


_log = logging.getLogger(__name__)

Run = Callable[[threading.Event, Callable[["Progress"], None]], object]


class _Stopped(BaseException):
    """Raised out of a run that is no longer wanted; what it has stored stays."""


def background(run: Run) -> Worker:
    """A thread that indexes, and ends between two steps of it.

    `run` is given the event that ends it and the callback that it has to tell its steps to.
    """
    return Worker("hemeroteca-indexer", partial(_work, run))


def _work(run: Run, stop: threading.Event) -> None:
    def check(_: "Progress") -> None:
        if stop.is_set():
            raise _Stopped

    try:
        run(stop, check)
    except HemerotecaError as error:
        _log.warning("%s", error)
    except _Stopped:
        pass


class WatchSwitch:
    """Turns the watching of a folder on and off. Safe to use from several threads."""

    def __init__(self, watch: Run) -> None:
        self._watch = watch
        self._lock = threading.Lock()
        self._running: Worker | None = None

    @property
    def on(self) -> bool:
        running = self._running
        return running is not None and running.alive

    def turn(self, on: bool) -> None:
        """Watch from now on, or no longer; waits for the step that is under way."""
        with self._lock:
            if on == self.on:
                return
            if self._running is not None:
                self._running.__exit__()
                self._running = None
            if on:
                self._running = background(self._watch)
                self._running.__enter__()


class InFlight:
    """Counts the steps on their way. Safe to share between threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count = 0

    @contextmanager
    def step(self) -> Iterator[None]:
        """While it lasts, `over` waits."""
        with self._changed:
            self._count += 1
        try:
            yield
        finally:
            with self._changed:
                self._count -= 1
                self._changed.notify_all()

    @contextmanager
    def over(self, seconds: float) -> Iterator[bool]:
        """Once no step is on its way, or so long later; whether none is. While it lasts, none begins."""
        with self._changed:
            yield self._changed.wait_for(lambda: not self._count, seconds)
