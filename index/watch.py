"""Follows a folder: calls back when what is in it has changed and is still again."""

import threading
from collections.abc import Callable
from pathlib import Path

from watchfiles import watch

# Changes that come closer together than this are one change.
_QUIET_MS = 400
_LONGEST_MS = 5000


def follow(
    root: Path, on_change: Callable[[], None], stop: threading.Event, *, exclude: tuple[Path, ...] = ()
) -> None:
    """Call `on_change` after changes under `root`, until `stop` is set. Blocks.

    Changes in `exclude` do not count. Changes that arrive while `on_change` runs lead to one more call.
    """
    excluded = tuple(path.resolve() for path in exclude)

    def counts(_: object, path: str) -> bool:
        return not any(Path(path).is_relative_to(folder) for folder in excluded)

    for _ in watch(root, watch_filter=counts, stop_event=stop, debounce=_LONGEST_MS, step=_QUIET_MS):
        on_change()
