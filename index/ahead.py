"""Working ahead: what an iterator makes, made in a thread while the one before is used."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from queue import Empty, Queue
from typing import Generic, TypeVar

_T = TypeVar("_T")


class Ahead(Generic[_T]):
    """While entered, a thread that takes the items of `source`, `count` ahead of their use.

    What the source raises is raised to whoever takes the items, in its place.
    """

    def __init__(self, source: Iterator[_T], count: int = 1) -> None:
        self._source = source
        self._made: Queue[tuple[_T] | BaseException | None] = Queue(count)
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
