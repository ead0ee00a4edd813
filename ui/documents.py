"""The documents folder as the page changes it: files put in, files taken out, always within the folder."""

import os
import re
import secrets
import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath

from index.errors import UnreadableDocument
from index.inside import open_inside
from ui.drawing import plain

MAX_FILE = 50 * 1024 * 1024  # bytes
MAX_FILES = 50  # taken in at a time
MAX_NAME = 120  # bytes of a file name in UTF-8, its suffix included
_BIN = ".hemeroteca-bin"
_STAMP = "%Y%m%dT%H%M%S"
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken in: the code of the text that tells why, and its fields."""

    code: str
    fields: dict[str, object]


def safe_name(given: str) -> str:
    """A name for a file of ours: no folders, no signs that mislead, of bounded length, never empty."""
    base = PurePosixPath(given.replace("\\", "/")).name
    shown = plain(unicodedata.normalize("NFC", base)).replace("\N{REPLACEMENT CHARACTER}", "")
    clean = _FORBIDDEN.sub("-", shown).strip(" .-")
    stem, dot, suffix = clean.rpartition(".")
    stem, suffix = (stem, dot + suffix.lower()) if stem and len(suffix) <= 10 else (clean, "")
    return (_cut(stem, MAX_NAME - len(suffix.encode())) or "documento") + suffix


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore").rstrip(" .")


def check(name: str, size: int, suffixes: Sequence[str], quota: int, taken: int) -> Refused | None:
    """Why a file may not come in, or None. `suffixes` are those that documents are read from.

    `quota` is how many MB the folder may hold, `taken` how many bytes it does.
    """
    if Path(name).suffix.lower() not in suffixes:
        return Refused("wrong_type", {"name": name, "types": " ".join(suffixes)})
    if size > MAX_FILE:
        return Refused("too_large", {"name": name, "limit": MAX_FILE // 1024**2})
    if taken + size > quota * 1024**2:
        return Refused("quota_full", {"name": name, "limit": quota})
    return None


def folder_size(folder: Path) -> int:
    """Bytes of the files in `folder` and below, links not followed."""
    return sum(_size(Path(where, name)) for where, _, names in os.walk(folder) for name in names)


def _size(file: Path) -> int:
    # Others may delete a file while the folder is measured.
    with suppress(FileNotFoundError):
        return file.lstat().st_size
    return 0


def store_file(source: Path, name: str, folder: Path) -> Path:
    """Copy `source` into `folder` under `name`, or `name (2)` and so on if other content has that name.

    Returns the path within the folder. An existing file is never written over and no link is followed. Raises
    OSError, with nothing left there, if the folder cannot take it, UnreadableDocument for what is no file of at most
    MAX_FILE bytes.
    """
    content = open_inside(source.parent, source.name, MAX_FILE)
    folder.mkdir(parents=True, exist_ok=True)
    for candidate in _candidates(folder / name):
        try:
            _create(candidate, content)
        except FileExistsError:
            if not _holds(candidate, content):
                continue
        return candidate.relative_to(folder)
    raise FileExistsError(name)


def _candidates(path: Path) -> Sequence[Path]:
    return [path, *(path.with_name(f"{path.stem} ({n}){path.suffix}") for n in range(2, 1000))]


def _holds(path: Path, content: bytes) -> bool:
    """Whether there is a file with that content, and no link to one."""
    try:
        return not path.is_symlink() and open_inside(path.parent, path.name, len(content)) == content
    except UnreadableDocument:
        return False


def _create(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
    except OSError:
        path.unlink(missing_ok=True)  # half a file would be indexed as a whole one
        raise


@dataclass(frozen=True, slots=True)
class Binned:
    """A file in the bin: its number there, where it stood among the documents, until when it can be brought back."""

    number: str
    path: str
    until: datetime


class Bin:
    """Where files stay for some days that were taken from among the documents: hidden in that folder itself.

    With 0 `days` they are deleted at once. `kept` are folders of ours, of which nothing is ever taken.
    """

    def __init__(self, documents: Path, days: int, kept: Sequence[Path] = ()) -> None:
        self._documents, self._days, self._kept = documents, timedelta(days), kept
        self._folder = documents / _BIN

    def put(self, path: str) -> bool:
        """Take the file at `path` from among the documents.

        False if there is none, or one that is never read as a document: outside, hidden, or below one of `kept`.
        Raises OSError if the folder cannot be changed.
        """
        for _ in self._held():
            pass  # room for what comes
        place = self._file(path)
        if place is None:
            return False
        try:
            if not self._days:
                place.unlink()
                return True
            held = self._folder / f"{datetime.now():{_STAMP}}-{secrets.token_hex(4)}"
            binned = held / place.relative_to(self._documents.resolve())
            binned.parent.mkdir(parents=True)
            place.replace(binned)
        except FileNotFoundError:  # another window was first
            return False
        return True

    def may_take(self, path: str) -> bool:
        """Whether `put` would take a file from that path."""
        return self._file(path) is not None

    def files(self) -> tuple[Binned, ...]:
        """What is in the bin, the last removed first."""
        return tuple(sorted(self._files(), key=lambda binned: binned.number, reverse=True))

    def restore(self, number: str) -> str | None:
        """Bring a file back, under another name if its own was taken since; where it stands now, None if it is gone.

        Raises OSError if the folder cannot be changed.
        """
        binned = next((each for each in self._files() if each.number == number), None)
        place = None if binned is None else self._among_documents(binned.path)
        if binned is None or place is None:
            return None
        place.parent.mkdir(parents=True, exist_ok=True)
        free = next(each for each in _candidates(place) if not os.path.lexists(each))
        try:
            (self._folder / number / binned.path).replace(free)
        except FileNotFoundError:
            return None
        shutil.rmtree(self._folder / number)
        return free.relative_to(self._documents.resolve()).as_posix()

    def _files(self) -> Iterator[Binned]:
        for held, until in self._held():
            for where, _, names in os.walk(held):
                for name in names:
                    yield Binned(held.name, Path(where, name).relative_to(held).as_posix(), until)

    def _held(self) -> Iterator[tuple[Path, datetime]]:
        """The folders of ours in the bin, and until when each stays there; those whose time is over are removed."""
        for held in self._folder.iterdir() if self._folder.is_dir() else ():
            until = self._until(held.name)
            if until is not None and until < datetime.now():
                shutil.rmtree(held, ignore_errors=True)
            elif until is not None:
                yield held, until

    def _until(self, number: str) -> datetime | None:
        """When a file of that number is gone for good; None for what is none of ours."""
        try:
            return datetime.strptime(number.partition("-")[0], _STAMP) + self._days
        except ValueError:
            return None

    def _file(self, path: str) -> Path | None:
        place = self._among_documents(path)
        return place if place is not None and (place.is_file() or place.is_symlink()) else None

    def _among_documents(self, path: str) -> Path | None:
        root = self._documents.resolve()
        target = root / path
        place = target.parent.resolve() / target.name
        if not place.is_relative_to(root) or any(place.is_relative_to(each.resolve()) for each in self._kept):
            return None
        return None if any(part.startswith(".") for part in place.relative_to(root).parts) else place
