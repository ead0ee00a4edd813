"""A thread that works beside the others for as long as a `with` lasts."""

import threading
from collections.abc import Callable


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
