"""Folders that somebody uses, and that nobody may therefore remove. A hold dies with its process."""

import contextlib
import fcntl
import os
import shutil
import weakref
from pathlib import Path


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
