"""Indexing beside whatever else a process does: once, or after every change while a switch is on."""

import logging
import threading
from collections.abc import Callable

from index.errors import HemerotecaError
from index.sync import Progress

_log = logging.getLogger(__name__)

Run = Callable[[threading.Event, Callable[[Progress], None]], object]


class _Stopped(BaseException):
    """Raised out of a run that is no longer wanted; what it has stored stays."""


class Background:
    """A thread that indexes while entered, and ends between two steps of it.

    `run` is given the event that ends it and the callback that it has to tell its steps to.
    """

    def __init__(self, run: Run) -> None:
        self._work = run
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="hemeroteca-indexer", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            self._work(self._stop, self._check)
        except HemerotecaError as error:
            _log.warning("%s", error)
        except _Stopped:
            pass

    def _check(self, _: Progress) -> None:
        if self._stop.is_set():
            raise _Stopped


class WatchSwitch:
    """Turns the watching of a folder on and off. Safe to use from several threads."""

    def __init__(self, watch: Run) -> None:
        self._watch = watch
        self._lock = threading.Lock()
        self._running: Background | None = None

    @property
    def on(self) -> bool:
        return self._running is not None

    def turn(self, on: bool) -> None:
        """Watch from now on, or no longer; waits for the step that is under way."""
        with self._lock:
            if on and self._running is None:
                self._running = Background(self._watch)
                self._running.__enter__()
            elif not on and self._running is not None:
                self._running.__exit__()
                self._running = None
