"""SQLite files copied whole while others read and write them, by SQLite's own backup."""

import sqlite3
from contextlib import closing
from pathlib import Path


def snapshot(source: Path, target: Path) -> None:
    """Copy a database as it is at one moment into a new file.

    Writers go on meanwhile; what they commit after that moment is not in the copy. Raises sqlite3.Error.
    """
    with closing(_opened(source)) as live, closing(sqlite3.connect(target)) as copy:
        # In one step: between steps another process may write, and the copy would begin again.
        live.backup(copy)
        # One file, without a log beside it, even if nobody opens it before it is moved.
        copy.execute("PRAGMA journal_mode = DELETE")


def overwrite(target: Path, source: Path) -> None:
    """Give a database the content of another one, in one transaction; others may have it open.

    A target that does not exist is made. Raises sqlite3.Error; the target is then as it was.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(_opened(source)) as wanted, closing(sqlite3.connect(target, timeout=30)) as live:
        wanted.backup(live)


def damage(database: Path) -> str:
    """What is broken in a database, or an empty string. Raises sqlite3.Error for what is none."""
    with closing(_opened(database)) as opened:
        found = str(opened.execute("PRAGMA quick_check(1)").fetchone()[0])
    return "" if found == "ok" else found


def _opened(path: Path) -> sqlite3.Connection:
    """A connection to a file that must be there."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=30)
