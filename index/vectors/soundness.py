"""Whether a Chroma folder can be trusted: untouched since it was whole, or probed in a child process.

The manifest beside the folder lists its files as they were when nothing was being written. A process that is
killed while it writes leaves no manifest; one that is killed at any other time leaves one that still fits.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

_PROBE_SECONDS = 300


class Manifest:
    """The list of a Chroma folder's files, with sizes and times."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder.with_suffix(".manifest")

    def sign(self) -> None:
        """Say that the folder is whole as it is now."""
        fresh = self._path.with_suffix(".manifest.new")
        fresh.write_text(json.dumps(self._listing()), "utf-8")
        fresh.replace(self._path)

    def revoke(self) -> None:
        """Say that the folder is about to be written."""
        self._path.unlink(missing_ok=True)

    def fits(self) -> bool:
        """Whether the folder is as it was when it was signed."""
        try:
            signed = json.loads(self._path.read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            return False
        return bool(signed == self._listing())

    def _listing(self) -> list[list[object]]:
        return sorted(
            [os.fspath(path.relative_to(self._folder)), path.stat().st_size, path.stat().st_mtime_ns]
            for path in self._folder.rglob("*")
            if path.is_file()
        )


def is_sound(folder: Path) -> bool:
    """Whether Chroma can open the folder and find what is in it."""
    return Manifest(folder).fits() or probe(folder)


def probe(folder: Path) -> bool:
    """Open and query the folder in a child process, since a broken one may end the process that tries."""
    packages = os.fspath(Path(__file__).parents[2])
    try:
        child = subprocess.run(
            # -P: a module `index` in the working directory must not stand in for this one.
            [sys.executable, "-P", "-m", "index.vectors.probe", os.fspath(folder)],
            env={**os.environ, "PYTHONPATH": packages},
            capture_output=True,
            timeout=_PROBE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return child.returncode == 0
