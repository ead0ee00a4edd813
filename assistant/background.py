"""Indexing beside whatever else a process does: once, or after every change while a switch is on."""

import logging
import threading
from collections.abc import Callable
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
