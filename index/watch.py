"""Follows a folder: calls back when what is in it has changed and is still again."""

import threading
from collections.abc import Callable
from pathlib import Path

from watchfiles import watch

# Changes that come closer together than this are one change; after the longest wait they count anyway.
_QUIET_MS = 400
_LONGEST_MS = 5000
_TICK_MS = 500


def follow(
    root: Path, on_change: Callable[[], None], stop: threading.Event, *, exclude: tuple[Path, ...] = ()
) -> None:
    """Call `on_change` at once and after changes under `root`, until `stop` is set or on an interrupt. Blocks.

    The first call comes when the folder is already watched, and what changes during a call leads to another:
    no change is missed. Changes in `exclude` do not count.
    """
    excluded = tuple(path.resolve() for path in exclude)

    def counts(_: object, path: str) -> bool:
        return not any(Path(path).is_relative_to(folder) for folder in excluded)

    begun = False
    for changes in watch(
        root,
        watch_filter=counts,
        stop_event=stop,
        debounce=_LONGEST_MS,
        step=_QUIET_MS,
        rust_timeout=_TICK_MS,
        yield_on_timeout=True,
        raise_interrupt=False,
    ):
        if changes or not begun:
            begun = True
            on_change()
