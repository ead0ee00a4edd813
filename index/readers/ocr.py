"""Words of scanned pages, by the tesseract program of the system, where it is installed."""

import os
import shutil
import subprocess
from functools import cache

from index.errors import UnreadableDocument

NEEDED = "install tesseract-ocr and tesseract-ocr-spa to have it read"
_WANTED_LANGUAGES = ("spa", "eng", "por", "fra")
_SECONDS_PER_PAGE = 60
# Finds the direction of the page first, which needs tesseract's `osd` data; 3 goes without.
_TURNED, _UPRIGHT = "1", "3"


def available() -> bool:
    """Whether scanned pages can be read on this machine."""
    return bool(_languages())


def recognise(picture: bytes) -> str:
    """The words on a page, given as a PNG picture. Raises UnreadableDocument when tesseract fails."""
    installed = _languages()
    wanted = [language for language in _WANTED_LANGUAGES if language in installed] or sorted(installed)[:1]
    layout = _TURNED if "osd" in installed else _UPRIGHT
    done = _tesseract(["stdin", "stdout", "-l", "+".join(wanted), "--psm", layout], picture)
    if done.returncode and layout == _TURNED:
        # Too few letters to tell the direction by.
        done = _tesseract(["stdin", "stdout", "-l", "+".join(wanted), "--psm", _UPRIGHT], picture)
    if done.returncode:
        raise UnreadableDocument(f"tesseract failed: {done.stderr.decode(errors='replace').strip()[:200]}")
    return done.stdout.decode("utf-8", "replace")


@cache
def _languages() -> frozenset[str]:
    if shutil.which("tesseract") is None:
        return frozenset()
    listed = _tesseract(["--list-langs"], b"").stdout.decode(errors="replace").splitlines()
    return frozenset(line.strip() for line in listed[1:] if line.strip())


def _tesseract(arguments: list[str], picture: bytes) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["tesseract", *arguments],
            input=picture,
            capture_output=True,
            timeout=_SECONDS_PER_PAGE,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise UnreadableDocument(f"tesseract failed: {error}") from error
