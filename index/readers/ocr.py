"""Words of scanned pages, by the tesseract program of the system, where it is installed."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from index.errors import Outside, UnreadableDocument
from index.reasons import SkipReason

_WANTED_LANGUAGES = ("spa", "eng", "por", "fra")
_SECONDS_PER_PAGE = 60
# Finds the direction of the page first, which needs tesseract's `osd` data; 3 goes without.
_TURNED, _UPRIGHT = "1", "3"
# What a line of its table has, and the level in it that is a word.
_FIELDS, _WORD_LEVEL = 12, "5"


def languages() -> frozenset[str]:
    """The languages, by tesseract's names, in which scanned pages can be read here; none without tesseract."""
    return frozenset(_used(_installed()))


def available() -> bool:
    """Whether scanned pages can be read on this machine."""
    return bool(_used(_known()))


@dataclass(frozen=True, slots=True)
class SeenWord:
    """A word on a picture, the line that it stands on, and its box in pixels."""

    text: str
    line: tuple[str, ...]
    left: int
    top: int
    right: int
    bottom: int


def recognise(picture: bytes) -> tuple[SeenWord, ...]:
    """The words on a page, given as a PNG picture. Raises UnreadableDocument when tesseract fails."""
    installed = _known()
    languages = "+".join(_used(installed))
    layout = _TURNED if "osd" in installed else _UPRIGHT
    done = _tesseract(["stdin", "stdout", "-l", languages, "--psm", layout, "tsv"], picture)
    if done.returncode and layout == _TURNED:
        # Too few letters to tell the direction by.
        done = _tesseract(["stdin", "stdout", "-l", languages, "--psm", _UPRIGHT, "tsv"], picture)
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip()[:200]
        raise _failure(words)
    return tuple(_seen(done.stdout.decode("utf-8", "replace")))


def _seen(table: str) -> Iterator[SeenWord]:
    for row in table.splitlines()[1:]:
        fields = row.split("\t")
        if len(fields) == _FIELDS and fields[0] == _WORD_LEVEL and fields[-1].strip():
            left, top, width, height = map(int, fields[6:10])
            yield SeenWord(fields[-1].strip(), tuple(fields[1:5]), left, top, left + width, top + height)


def _used(installed: frozenset[str]) -> list[str]:
    named = installed - {"osd"}
    return [language for language in _WANTED_LANGUAGES if language in named] or sorted(named)[:1]


@cache
def _known() -> frozenset[str]:
    """What is installed, asked once: a process that reads lives no longer than a run."""
    return _installed()


def _installed() -> frozenset[str]:
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
        raise _failure(str(error)) from error


def _failure(detail: str) -> UnreadableDocument:
    return UnreadableDocument(SkipReason("tesseract_failed", detail=detail), {Outside.OCR, Outside.MOMENT})
