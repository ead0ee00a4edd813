"""Work in other threads: indexing beside whatever else a process does, and steps that a closing waits for."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from index.concurrency import Worker
from index.errors import HemerotecaError

if TYPE_CHECKING:
    from index.sync.indexer import Progress


_log = logging.getLogger(__name__)

_EVERY = 5.0  # seconds between two lines of the log about a run
_RECENT = 200  # steps that its speed is told from

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


@dataclass(frozen=True, slots=True)
class UnderWay:
    """How far a run of indexing has come: how many files are done of how many, and the one that was last.

    `rate` is files a second, `left` the seconds that the others will take; 0 where nothing can be told yet.
    """

    done: int
    total: int
    name: str
    rate: float = 0.0
    left: float = 0.0


class Runs:
    """Follows the runs of indexing of this process. Safe to use from several threads."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._count = 0
        self._last: UnderWay | None = None
        self._ended = threading.Event()
        self._ended.set()

    @property
    def under_way(self) -> UnderWay | None:
        """How far the run has come that is under way; None while there is none."""
        return self._last

    def wait(self, seconds: float) -> bool:
        """Wait for the end of what is under way, so long at most; whether nothing is."""
        return self._ended.wait(seconds)

    @contextmanager
    def followed(self, progress: Callable[["Progress"], None]) -> Iterator[Callable[["Progress"], None]]:
        """A run: what it tells its steps to, which passes them on to `progress`."""
        recent: deque[tuple[float, int]] = deque(maxlen=_RECENT)
        told = self._now()

        def follow(step: "Progress") -> None:
            nonlocal told
            recent.append((self._now(), step.done))
            self._last = _under_way(step, recent)
            if self._now() - told >= _EVERY:
                told = self._now()
                _tell(self._last)
            progress(step)

        with self._lock:
            self._count += 1
            self._ended.clear()
            self._last = UnderWay(0, 0, "")
        try:
            yield follow
        finally:
            with self._lock:
                self._count -= 1
                if not self._count:
                    self._last = None
                    self._ended.set()


def _under_way(step: "Progress", recent: deque[tuple[float, int]]) -> UnderWay:
    (began, first), (now, last) = recent[0], recent[-1]
    rate = (last - first) / (now - began) if now > began else 0.0
    left = (step.total - step.done) / rate if rate else 0.0
    return UnderWay(step.done, step.total, step.name, rate, left)


def _tell(state: UnderWay) -> None:
    _log.info(
        "Indexing: %d of %d files, %.1f a second, about %.0f s left (%s)",
        state.done,
        state.total,
        state.rate,
        state.left,
        state.name,
    )


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
